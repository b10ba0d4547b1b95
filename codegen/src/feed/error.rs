//! The error of a help feed that cannot be read.

use std::fmt;

use crate::printable::one_line;

/// How many characters of each string of the feed an error shows.
const MAX_QUOTED: usize = 200;

/// The error of a help feed: what is wrong, in which entry, at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedError {
    problem: FeedProblem,
    entry: Option<String>,
    offset: u64,
}

/// What is wrong with a help feed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeedProblem {
    /// The document is not an Atom feed. Holds a description of what it is.
    NotAFeed(String),
    /// The XML is not well-formed. Holds the message of the parser.
    Malformed(String),
    /// The feed has no entries.
    NoOperation,
    /// No entry links a help page, so the base of the templates is unknown.
    NoBase,
    /// Two links have different bases.
    DifferentBases {
        /// The base found first.
        first: String,
        /// The base that differs.
        second: String,
    },
    /// The id of the entry is not `http://tmpuri.org/{Operation}`. Holds the id.
    Id(String),
    /// The name of the operation is not usable as a file name. Holds the name.
    Name(String),
    /// No folder can have the name of the operation on every system.
    FileName(String),
    /// The title is not `{Contract}: {Operation}` with the operation of the id.
    Title {
        /// The operation of the id.
        name: String,
        /// The title.
        title: String,
    },
    /// The entry lacks a row that every entry must have. Holds the label of the row.
    MissingRow(&'static str),
    /// The entry has a row twice. Holds the label of the row.
    DuplicateRow(String),
    /// Two entries describe the same operation. Holds its name.
    DuplicateOperation(String),
    /// The template does not start with the base.
    Template {
        /// The template in the feed.
        template: String,
        /// The base of the links.
        base: String,
    },
    /// A link does not lead to the help page that its row describes.
    Link {
        /// The link in the feed.
        link: String,
        /// What it must end with.
        expected: String,
    },
}

impl FeedError {
    pub(super) fn new(problem: FeedProblem, entry: Option<String>, offset: u64) -> Self {
        Self { problem, entry, offset }
    }

    /// Returns what is wrong.
    pub fn problem(&self) -> &FeedProblem {
        &self.problem
    }

    /// Returns the title of the entry, or its id if it has no title.
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// Returns the byte at which the entry starts, or at which the XML is malformed.
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

impl std::error::Error for FeedError {}

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "help feed: {}", self.problem)?;
        match &self.entry {
            Some(entry) => write!(f, " (entry \"{}\", byte {})", quoted(entry), self.offset),
            None => write!(f, " (byte {})", self.offset),
        }
    }
}

impl fmt::Display for FeedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFeed(what) => write!(
                f,
                "expected an Atom feed, found {what}. Give the base URL of which /help is the feed of the service"
            ),
            Self::Malformed(problem) => write!(f, "malformed XML: {}. Fetch the feed again", quoted(problem)),
            Self::NoOperation => f.write_str("the feed has no operations. Check the base URL"),
            Self::NoBase => f.write_str(
                "no entry links a help page, and the templates have no host in common, so their base is unknown",
            ),
            Self::DifferentBases { first, second } => write!(
                f,
                "two links have different base addresses: {} and {}",
                quoted(first),
                quoted(second)
            ),
            Self::Id(id) => write!(
                f,
                "the id is \"{}\", expected http://tmpuri.org/{{Operation}}",
                quoted(id)
            ),
            Self::Name(name) => write!(
                f,
                "\"{}\" is not a valid operation name, expected ASCII letters, digits and _",
                quoted(name)
            ),
            Self::FileName(name) => write!(
                f,
                "no folder can be called \"{}\" on every system: Windows reserves the name, or it is too long. Ask \
                 the developers of the service",
                quoted(name)
            ),
            Self::Title { name, title } => write!(
                f,
                "the title is \"{}\", but the id names the operation {}",
                quoted(title),
                quoted(name)
            ),
            Self::MissingRow(label) => write!(f, "the row \"{label}\" is missing"),
            Self::DuplicateRow(label) => write!(f, "the row \"{}\" occurs twice", quoted(label)),
            Self::DuplicateOperation(name) => write!(f, "a second entry describes the operation {}", quoted(name)),
            Self::Template { template, base } => write!(
                f,
                "the template {} does not start with the base of the links, {}",
                quoted(template),
                quoted(base)
            ),
            Self::Link { link, expected } => {
                write!(f, "the link {} does not end with {}", quoted(link), quoted(expected))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    one_line(text, MAX_QUOTED)
}
