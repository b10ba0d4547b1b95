//! The help feed: reads an Atom entry per operation.

mod entries;
mod error;
mod operation;
mod stable;

use std::collections::BTreeSet;

pub use error::{FeedError, FeedProblem};
pub use operation::{FeedBody, FeedOperation};
pub use stable::stable_text;

use entries::RawEntry;

/// Every operation of the help feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The operations, in the order of the feed.
    pub operations: Vec<FeedOperation>,
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

/// Returns what precedes `/help/{Operation}/` in the links. It must be the same in all of them. If there are no links, the
/// folder that all templates have in common is the best guess.
fn common_base(entries: &[RawEntry]) -> Result<String, FeedError> {
    let mut found: Option<String> = None;
    for entry in entries {
        for base in operation::bases(entry)? {
            match &found {
                None => found = Some(base),
                Some(first) if *first == base => {}
                Some(first) => {
                    let (first, second) = (first.clone(), base);
                    return Err(entry.error(FeedProblem::DifferentBases { first, second }));
                }
            }
        }
    }
    let problem = if entries.is_empty() {
        FeedProblem::NoOperation
    } else {
        FeedProblem::NoBase
    };
    let base = found.or_else(|| operation::common_folder(entries));
    base.ok_or_else(|| FeedError::new(problem, None, 0))
}

/// Also refuses names that differ only by case: some file systems would store their pages in one folder.
fn refuse_duplicates(entries: &[RawEntry], operations: &[FeedOperation]) -> Result<(), FeedError> {
    let mut seen = BTreeSet::new();
    for (entry, operation) in entries.iter().zip(operations) {
        if !seen.insert(operation.name.to_ascii_lowercase()) {
            return Err(entry.error(FeedProblem::DuplicateOperation(operation.name.clone())));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
