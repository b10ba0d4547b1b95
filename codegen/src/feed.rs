//! The help feed: one Atom entry per operation, read into plain operations.

mod entries;
mod error;
mod operation;
mod stable;

use std::collections::BTreeSet;

pub use error::{FeedError, FeedProblem};
pub use stable::stable_text;

use entries::RawEntry;

/// Every operation that the help feed lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The operations, in the order of the feed.
    pub operations: Vec<FeedOperation>,
}

/// One operation, as its feed entry describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedOperation {
    /// The name, `GetEvents`; ASCII letters, digits and `_` only, so it is safe as a file name.
    pub name: String,
    /// The service contract that declares the operation, `ApiV2`.
    pub contract: String,
    /// The service's own idea of its address, without a slash at the end. It need not be the
    /// address that the feed was read from.
    pub base: String,
    /// The template relative to [`base`](Self::base), without a leading slash.
    pub template: String,
    /// The HTTP method.
    pub method: String,
    /// What the author of the service wrote about the operation, if anything.
    pub description: Option<String>,
    /// The request body; `None` when the entry has no row about a request.
    pub request: Option<FeedBody>,
    /// The response body; `None` when the entry has no row about a response.
    pub response: Option<FeedBody>,
    /// Rows that mean nothing to us, as `label: value`, so that nothing is lost silently.
    pub unknown_rows: Vec<String>,
}

/// What an entry says about one body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedBody {
    /// The format, in the words of the feed: `Xml`, `Json`, `xml or json`, `binary`.
    pub format: String,
    /// The schema page, relative to the base: `help/GetEvents/response/schema`.
    pub schema: Option<String>,
    /// The example page, relative to the base.
    pub example: Option<String>,
}

/// Reads the text of `GET {base}/help`.
pub fn parse(feed: &str) -> Result<Feed, FeedError> {
    let entries = entries::read(feed)?;
    let base = common_base(&entries)?;
    let operations = entries
        .iter()
        .map(|entry| operation::read(entry, &base))
        .collect::<Result<Vec<_>, _>>()?;
    refuse_duplicates(&entries, &operations)?;
    Ok(Feed { operations })
}

/// What precedes `/help/{Operation}/` in the links, which must be the same in all of them.
fn common_base(entries: &[RawEntry]) -> Result<String, FeedError> {
    let mut found: Option<String> = None;
    for entry in entries {
        for base in operation::bases(entry)? {
            match &found {
                None => found = Some(base),
                Some(first) if *first == base => {}
                Some(first) => {
                    let (first, second) = (first.clone(), base);
                    return Err(entry.error(FeedProblem::Bases { first, second }));
                }
            }
        }
    }
    let problem = if entries.is_empty() {
        FeedProblem::NoOperation
    } else {
        FeedProblem::NoBase
    };
    found.ok_or_else(|| FeedError::new(problem, None, 0))
}

/// Names that differ in case alone are refused too: they would be one folder on some systems.
fn refuse_duplicates(entries: &[RawEntry], operations: &[FeedOperation]) -> Result<(), FeedError> {
    let mut seen = BTreeSet::new();
    for (entry, operation) in entries.iter().zip(operations) {
        if !seen.insert(operation.name.to_ascii_lowercase()) {
            return Err(entry.error(FeedProblem::OperationTwice(operation.name.clone())));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
