//! Interprets the rows of an entry as an operation.

use super::entries::{RawEntry, RawRow};
use super::error::{FeedError, FeedProblem};

const ID_PREFIX: &str = "http://tmpuri.org/";

/// The longest name of an operation, in bytes. Its pages are in a folder of that name.
const MAX_NAME: usize = 128;

/// An operation, as its entry of the feed describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedOperation {
    /// The name, such as `GetEvents`. Only ASCII letters, digits and `_`, so that it is a safe file name.
    pub name: String,
    /// The service contract that declares the operation, such as `ApiV2`.
    pub contract: String,
    /// The address of the service as the service itself writes it, without a slash at the end. It may differ from the
    /// address that the feed was read from.
    pub base: String,
    /// The template relative to [`base`](Self::base), without a slash at the start.
    pub template: String,
    /// The HTTP method.
    pub method: String,
    /// The description by the author of the service, if there is one.
    pub description: Option<String>,
    /// The request body. `None` if the entry has no row about a request.
    pub request: Option<FeedBody>,
    /// The response body. `None` if the entry has no row about a response.
    pub response: Option<FeedBody>,
    /// The rows that are not interpreted, as `label: value`.
    pub unknown_rows: Vec<String>,
}

/// A body, as an entry of the feed describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedBody {
    /// The format as the feed writes it: `Xml`, `Json`, `xml or json`, `binary`.
    pub format: String,
    /// The schema page, relative to the base: `help/GetEvents/response/schema`.
    pub schema: Option<String>,
    /// The example page, relative to the base.
    pub example: Option<String>,
}

/// The request or the response, with the labels of its rows.
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

/// Interprets an entry. All links of the feed have the same base.
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

/// Returns what precedes `/help/{Operation}/…` in each link of the entry.
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

/// Returns the address of the folder that all templates are in, up to the first variable, if it has a host.
pub(super) fn common_folder(entries: &[RawEntry]) -> Option<String> {
    let templates = entries
        .iter()
        .flat_map(|entry| entry.rows.iter().filter(|row| row.label == TEMPLATE));
    let folders = templates.filter_map(|row| {
        let path = row.value.split(['?', '{']).next()?;
        Some(path.rsplit_once('/')?.0.split('/').collect::<Vec<_>>())
    });
    let common = folders.reduce(|common, folder| {
        let same = common.iter().zip(&folder).take_while(|(one, other)| one == other);
        same.map(|(segment, _)| *segment).collect()
    })?;
    // `http:`, nothing, and the host.
    (common.len() >= 3 && !common[2].is_empty()).then(|| common.join("/"))
}

fn page_path(operation: &str, side: &Side, page: &str) -> String {
    format!("help/{operation}/{}/{page}", side.name)
}

/// Returns the names of the contract and of the operation. The id and the title must contain the same operation.
fn names(entry: &RawEntry) -> Result<(String, String), FeedError> {
    let Some(name) = entry.id.strip_prefix(ID_PREFIX) else {
        return Err(entry.error(FeedProblem::Id(entry.id.clone())));
    };
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return Err(entry.error(FeedProblem::Name(name.to_owned())));
    }
    if name.len() > MAX_NAME || is_device(name) {
        return Err(entry.error(FeedProblem::FileName(name.to_owned())));
    }
    match entry.title.split_once(": ") {
        Some((contract, title)) if title == name => Ok((contract.to_owned(), name.to_owned())),
        _ => Err(entry.error(FeedProblem::Title {
            name: name.to_owned(),
            title: entry.title.clone(),
        })),
    }
}

/// Returns whether Windows reserves a name for a device, so that no folder can have it.
fn is_device(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let is_numbered = |device: &str| {
        let number = name.strip_prefix(device);
        number.is_some_and(|number| matches!(number.as_bytes(), [b'1'..=b'9']))
    };
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL") || is_numbered("COM") || is_numbered("LPT")
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
    // `bases` has checked the links, so only the path is needed.
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

/// Returns the target of the link in a row. A plain address in the cell counts as a link.
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
        Some(_) => Err(entry.error(FeedProblem::DuplicateRow(label.to_owned()))),
        None => Ok(first),
    }
}
