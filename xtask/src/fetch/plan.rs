//! Which pages to fetch: those that the feed links, of the operations that were asked for.

use std::fmt;

use anyhow::bail;
use spektrix_v2_codegen::feed::{Feed, FeedBody, FeedOperation};

/// How alike two names must be for one to be suggested in place of the other.
const ALIKE: f64 = 0.8;

/// How many names are suggested at most.
const MOST_SUGGESTED: usize = 3;

/// The request or the response of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Request,
    Response,
}

/// What a page is linked as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Schema,
    Example,
}

/// A page that the feed links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageRef {
    pub(super) operation: String,
    pub(super) side: Side,
    pub(super) role: Role,
    /// Relative to the base: `help/GetEvents/response/schema`.
    pub(super) path: String,
}

/// The pages of the operations in `only`, or of all operations when it is empty.
pub(super) fn wanted(feed: &Feed, only: &[String]) -> anyhow::Result<Vec<PageRef>> {
    refuse_unknown(feed, only)?;
    let chosen = feed
        .operations
        .iter()
        .filter(|op| only.is_empty() || only.contains(&op.name));
    Ok(chosen.flat_map(pages_of).collect())
}

fn pages_of(operation: &FeedOperation) -> Vec<PageRef> {
    let sides = [
        (Side::Request, &operation.request),
        (Side::Response, &operation.response),
    ];
    let links = sides.into_iter().flat_map(|(side, body)| links_of(side, body.as_ref()));
    let page = |(side, role, path): (Side, Role, &str)| PageRef {
        operation: operation.name.clone(),
        side,
        role,
        path: path.to_owned(),
    };
    links.map(page).collect()
}

fn links_of(side: Side, body: Option<&FeedBody>) -> Vec<(Side, Role, &str)> {
    let Some(body) = body else { return Vec::new() };
    let links = [(Role::Schema, &body.schema), (Role::Example, &body.example)];
    links
        .into_iter()
        .filter_map(|(role, link)| Some((side, role, link.as_deref()?)))
        .collect()
}

fn refuse_unknown(feed: &Feed, only: &[String]) -> anyhow::Result<()> {
    let names: Vec<&str> = feed.operations.iter().map(|op| op.name.as_str()).collect();
    let unknown = only.iter().filter(|name| !names.contains(&name.as_str()));
    let complaints: Vec<String> = unknown.map(|name| complaint(name, &names)).collect();
    if complaints.is_empty() {
        return Ok(());
    }
    bail!("--only: {}", complaints.join("; "))
}

fn complaint(name: &str, names: &[&str]) -> String {
    match close_to(name, names).as_slice() {
        [] => format!("the feed has no operation {name}, but these: {}", names.join(", ")),
        close => format!("the feed has no operation {name}; close to it are {}", close.join(", ")),
    }
}

/// The most alike names, best first.
fn close_to<'n>(name: &str, names: &[&'n str]) -> Vec<&'n str> {
    let wanted = name.to_ascii_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&other.to_ascii_lowercase(), &wanted);
    let rated = names.iter().map(|other| (likeness(other), *other));
    let mut close: Vec<(f64, &str)> = rated.filter(|(likeness, _)| *likeness >= ALIKE).collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0));
    close.into_iter().take(MOST_SUGGESTED).map(|(_, other)| other).collect()
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl Role {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Example => "example",
        }
    }
}

impl fmt::Display for PageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.operation, self.side.name(), self.role.name())
    }
}
