//! Why some bytes are not a help page.

use std::fmt;

use super::excerpt::{excerpt, one_line};

/// Bytes that are not a help page, with how they start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    problem: PageProblem,
    start: String,
}

/// What is wrong with some bytes that should be a help page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageProblem {
    /// An HTML page, usually one for logging in or one about an error.
    Html,
    /// XML that is not well-formed, often cut short; holds what is wrong.
    Malformed(String),
    /// Bytes that are not UTF-8, from this offset on.
    NotUtf8(usize),
    /// Text of no known kind.
    Unrecognised,
}

impl PageError {
    pub(super) fn new(problem: PageProblem, text: &str) -> Self {
        Self {
            problem,
            start: excerpt(text),
        }
    }

    pub(super) fn not_utf8(bytes: &[u8], offset: usize) -> Self {
        let head = bytes.get(..bytes.len().min(400)).unwrap_or_default();
        Self::new(PageProblem::NotUtf8(offset), &String::from_utf8_lossy(head))
    }

    /// What is wrong.
    pub fn problem(&self) -> &PageProblem {
        &self.problem
    }
}

impl std::error::Error for PageError {}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.problem {
            PageProblem::Html => f.write_str("not a help page but an HTML page")?,
            PageProblem::Malformed(what) => write!(f, "not a help page but broken XML ({})", one_line(what, 200))?,
            PageProblem::NotUtf8(offset) => {
                write!(f, "not a help page: not UTF-8 (byte {offset})")?;
            }
            PageProblem::Unrecognised => f.write_str("not a help page")?,
        }
        if self.start.is_empty() {
            f.write_str(": it is empty")
        } else {
            write!(f, ": \"{}\"", self.start)
        }
    }
}
