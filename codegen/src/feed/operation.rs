//! From the rows of one entry to one operation.

use super::entries::{RawEntry, RawRow};
use super::error::{FeedError, FeedProblem};
use super::{FeedBody, FeedOperation};

const ID_PREFIX: &str = "http://tmpuri.org/";

/// A body of an operation, and the labels of the rows about it.
struct Side {
    name: &'static str,
    format: &'static str,
    schema: &'static str,
    example: &'static str,
}

const REQUEST: Side = Side {
    name: "request",
    format: "Request Format",
    schema: "Request Schema",
    example: "Request Example",
};
const RESPONSE: Side = Side {
    name: "response",
    format: "Response Format",
    schema: "Response Schema",
    example: "Response Example",
};

const TEMPLATE: &str = "UriTemplate";
const METHOD: &str = "Method";
const DESCRIPTION: &str = "Description";

/// Interprets an entry, given the base that all links of the feed share.
pub(super) fn read(entry: &RawEntry, base: &str) -> Result<FeedOperation, FeedError> {
    let (contract, name) = names(entry)?;
    Ok(FeedOperation {
        base: base.to_owned(),
        template: template(entry, base)?,
        method: required(entry, METHOD)?.to_owned(),
        description: row(entry, DESCRIPTION)?
            .map(|row| row.value.clone())
            .filter(|text| !text.is_empty()),
        request: body(entry, &REQUEST, &name)?,
        response: body(entry, &RESPONSE, &name)?,
        unknown_rows: unknown_rows(entry),
        contract,
        name,
    })
}

/// What precedes `/help/{Operation}/…` in each link of the entry.
pub(super) fn bases(entry: &RawEntry) -> Result<Vec<String>, FeedError> {
    let (_, name) = names(entry)?;
    let mut bases = Vec::new();
    for side in [REQUEST, RESPONSE] {
        for (label, page) in [(side.schema, "schema"), (side.example, "example")] {
            let Some(link) = link(entry, label)? else {
                continue;
            };
            let tail = format!("/{}", page_path(&name, &side, page));
            let Some(base) = link.strip_suffix(&tail) else {
                return Err(entry.error(FeedProblem::Link { link, expected: tail }));
            };
            bases.push(base.to_owned());
        }
    }
    Ok(bases)
}

fn page_path(operation: &str, side: &Side, page: &str) -> String {
    format!("help/{operation}/{}/{page}", side.name)
}

/// The contract and the operation's name, on which id and title must agree.
fn names(entry: &RawEntry) -> Result<(String, String), FeedError> {
    let Some(name) = entry.id.strip_prefix(ID_PREFIX) else {
        return Err(entry.error(FeedProblem::Id(entry.id.clone())));
    };
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err(entry.error(FeedProblem::Name(name.to_owned())));
    }
    match entry.title.split_once(": ") {
        Some((contract, title)) if title == name => Ok((contract.to_owned(), name.to_owned())),
        _ => Err(entry.error(FeedProblem::Title {
            name: name.to_owned(),
            title: entry.title.clone(),
        })),
    }
}

fn template(entry: &RawEntry, base: &str) -> Result<String, FeedError> {
    let template = required(entry, TEMPLATE)?;
    match template.strip_prefix(base) {
        Some("") => Ok(String::new()),
        Some(rest) if rest.starts_with('?') => Ok(rest.to_owned()),
        Some(rest) if rest.starts_with('/') => Ok(rest[1..].to_owned()),
        _ => {
            let (template, base) = (template.to_owned(), base.to_owned());
            Err(entry.error(FeedProblem::Template { template, base }))
        }
    }
}

fn body(entry: &RawEntry, side: &Side, operation: &str) -> Result<Option<FeedBody>, FeedError> {
    let labels = [side.format, side.schema, side.example];
    if !entry.rows.iter().any(|row| labels.contains(&row.label.as_str())) {
        return Ok(None);
    }
    // The links were checked when the base was taken from them: only the path is left to say.
    let page = |label, page| Ok(link(entry, label)?.map(|_| page_path(operation, side, page)));
    Ok(Some(FeedBody {
        format: required(entry, side.format)?.to_owned(),
        schema: page(side.schema, "schema")?,
        example: page(side.example, "example")?,
    }))
}

fn unknown_rows(entry: &RawEntry) -> Vec<String> {
    let known = [TEMPLATE, METHOD, DESCRIPTION]
        .into_iter()
        .chain(
            [REQUEST, RESPONSE]
                .into_iter()
                .flat_map(|side| [side.format, side.schema, side.example]),
        )
        .collect::<Vec<_>>();
    let unknown = entry.rows.iter().filter(|row| !known.contains(&row.label.as_str()));
    unknown.map(|row| format!("{}: {}", row.label, row.value)).collect()
}

/// The target of a row's link; a bare address in the cell counts as one.
fn link(entry: &RawEntry, label: &'static str) -> Result<Option<String>, FeedError> {
    Ok(row(entry, label)?.map(|row| row.link.as_ref().unwrap_or(&row.value).clone()))
}

fn required<'e>(entry: &'e RawEntry, label: &'static str) -> Result<&'e str, FeedError> {
    match row(entry, label)? {
        Some(row) if !row.value.is_empty() => Ok(&row.value),
        _ => Err(entry.error(FeedProblem::MissingRow(label))),
    }
}

fn row<'e>(entry: &'e RawEntry, label: &'static str) -> Result<Option<&'e RawRow>, FeedError> {
    let mut found = entry.rows.iter().filter(|row| row.label == label);
    let first = found.next();
    match found.next() {
        Some(_) => Err(entry.error(FeedProblem::RowTwice(label.to_owned()))),
        None => Ok(first),
    }
}
