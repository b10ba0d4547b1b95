//! Tables for people, and lines for other programs.

use comfy_table::{ContentArrangement, Table, presets};

use super::printable;

/// Returns a table with a header, as wide as the terminal.
pub(super) fn aligned(columns: &[String], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(columns.iter().map(|name| name.replace('_', " ").to_uppercase()));
    // The terminal of a container may report no width. Lines of a letter each are not readable.
    if table.width() == Some(0) {
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| printable(cell)));
    }
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

/// Returns a line for each row, with tabs between the values and no header.
pub(super) fn tab_separated(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<_> = row.iter().map(|cell| printable(cell)).collect();
        cells.join("\t") + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let rows = [vec!["\u{1b}[31mred\u{7}".to_owned(), "two\nlines".to_owned()]];
        let columns = ["name".to_owned(), "start_utc".to_owned()];
        let table = aligned(&columns, &rows);
        assert_eq!(tab_separated(&rows), " [31mred \ttwo lines\n");
        assert!(table.starts_with(" NAME"), "{table}");
        assert!(table.contains("START UTC"), "{table}");
        assert!(!table.contains('\u{1b}'), "{table}");
    }
}
