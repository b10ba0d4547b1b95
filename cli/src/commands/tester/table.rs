//! A decoded list as a table: a row for each object, a column for each field that is set anywhere.

use serde::Deserialize;

use super::limits::shortened;
use crate::output::Row;

/// A list as a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    /// The number of objects, of which `rows` may have fewer.
    pub(super) objects: usize,
}

/// Returns a JSON list as a table of at most so many rows; `None` if it is no list of objects, or an empty one.
pub(super) fn of(json: &str, most: usize) -> Option<Table> {
    let objects: Vec<Row> = serde_json::from_str(json)
        .ok()
        .filter(|objects: &Vec<Row>| !objects.is_empty())?;
    let shown = &objects[..objects.len().min(most)];
    let columns = columns(shown);
    let rows: Vec<Vec<_>> = shown
        .iter()
        .map(|row| {
            row.select(&columns)
                .cells()
                .iter()
                .map(|cell| shortened(&readable(cell)).into_owned())
                .collect()
        })
        .collect();
    let is_set = |at: &usize| rows.iter().any(|row: &Vec<String>| !row[*at].is_empty());
    let kept: Vec<_> = (0..columns.len()).filter(is_set).collect();
    Some(Table {
        columns: kept.iter().map(|at| columns[*at].clone()).collect(),
        rows: rows
            .iter()
            .map(|row| kept.iter().map(|at| row[*at].clone()).collect())
            .collect(),
        objects: objects.len(),
    })
}

/// Returns all names, in the order in which a person looks for them. An object without a value for a field does not have the
/// field.
fn columns(rows: &[Row]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for row in rows {
        for name in row.names() {
            if !columns.iter().any(|known| known == name) {
                columns.push(name.to_owned());
            }
        }
    }
    // The sort is stable: the others stay in the order of their type.
    columns.sort_by_key(|name| match name.as_str() {
        "id" => 0,
        "name" => 1,
        // Long.
        "attributes" => 3,
        _ => 2,
    });
    columns
}

/// An attribute that the venue has defined.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attribute {
    name: String,
    value: String,
}

/// Returns a cell without the JSON of attributes and of empty values.
fn readable(cell: &str) -> String {
    if matches!(cell, "[]" | "{}") {
        return String::new();
    }
    match serde_json::from_str::<Vec<Attribute>>(cell) {
        Ok(attributes) => {
            let set = attributes.iter().filter(|attribute| !attribute.value.is_empty());
            let pairs = set.map(|attribute| format!("{}: {}", attribute.name, attribute.value));
            pairs.collect::<Vec<_>>().join("; ")
        }
        Err(_) => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_become_tables_without_empty_columns() {
        let json = r#"[{"id": 2, "name": "B", "tags": []}, {"id": 1, "note": "x"},
            {"id": 3, "attributes": [{"name": "Genre", "value": "Drama"}, {"name": "Note", "value": ""}], "parts": [{"a": 1}]}]"#;
        let table = |columns: &[&str], rows: &[&[&str]]| Table {
            columns: columns.iter().map(ToString::to_string).collect(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(ToString::to_string).collect())
                .collect(),
            objects: 3,
        };
        assert_eq!(of(json, 1), Some(table(&["id", "name"], &[&["2", "B"]])));
        let all = table(
            &["id", "name", "note", "parts", "attributes"],
            &[
                &["2", "B", "", "", ""],
                &["1", "", "x", "", ""],
                &["3", "", "", r#"[{"a": 1}]"#, "Genre: Drama"],
            ],
        );
        assert_eq!(of(json, 9), Some(all));
    }

    #[test]
    fn other_values_are_no_tables() {
        for json in ["[]", "{}", "[1]", "x"] {
            assert_eq!(of(json, 1), None, "{json}");
        }
    }
}
