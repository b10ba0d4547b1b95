//! What can be wrong with a help feed, and where.

use std::fmt;

use crate::page::one_line;

/// A help feed that could not be read: what is wrong, in which entry, at which byte.
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
    /// The document is something else; holds what it looks like.
    NotAFeed(String),
    /// The XML is broken; holds what the parser says.
    Malformed(String),
    /// The feed is empty.
    NoOperation,
    /// No entry links a help page, so nothing tells the base of the templates.
    NoBase,
    /// Two links disagree about the address of the service.
    Bases {
        /// The base found first.
        first: String,
        /// The base that differs.
        second: String,
    },
    /// The entry's id is not `http://tmpuri.org/{Operation}`; holds the id.
    Id(String),
    /// The operation's name would not do as a file name; holds the name.
    Name(String),
    /// The title is not `{Contract}: {Operation}` with the name of the id.
    Title {
        /// The name that the id gives.
        name: String,
        /// The title of the entry.
        title: String,
    },
    /// A row that every entry needs is missing; holds its label.
    MissingRow(&'static str),
    /// A row stands twice in one entry; holds its label.
    RowTwice(String),
    /// Two entries describe one operation; holds its name.
    OperationTwice(String),
    /// The template does not start with the base.
    Template {
        /// The template as it stands in the feed.
        template: String,
        /// The base that the links give.
        base: String,
    },
    /// A link does not lead to the help page that its row is about.
    Link {
        /// The link as it stands in the feed.
        link: String,
        /// What it should end with.
        expected: String,
    },
}

impl FeedError {
    pub(super) fn new(problem: FeedProblem, entry: Option<String>, offset: u64) -> Self {
        Self { problem, entry, offset }
    }

    /// What is wrong.
    pub fn problem(&self) -> &FeedProblem {
        &self.problem
    }

    /// The title of the entry at fault, or its id if it has no title.
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// The byte at which the entry at fault starts, or at which the XML breaks.
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

impl std::error::Error for FeedError {}

impl fmt::Display for FeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "help feed: {}", self.problem)?;
        match &self.entry {
            Some(entry) => write!(f, " (entry \"{}\", byte {})", shown(entry), self.offset),
            None => write!(f, " (byte {})", self.offset),
        }
    }
}

/// What the feed says, short enough for an error.
fn shown(text: &str) -> String {
    one_line(text, 200)
}

impl fmt::Display for FeedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFeed(what) => write!(
                f,
                "this is not an Atom feed but {what}; give the base URL whose /help answers the service's feed"
            ),
            Self::Malformed(what) => write!(f, "the XML is broken: {}; fetch the feed again", shown(what)),
            Self::NoOperation => write!(f, "the feed lists no operation; check the base URL"),
            Self::NoBase => write!(f, "no entry links a help page, so the base of the templates is unknown"),
            Self::Bases { first, second } => write!(
                f,
                "links disagree about the address of the service: {} and {}",
                shown(first),
                shown(second)
            ),
            Self::Id(id) => write!(
                f,
                "the id is \"{}\", expected http://tmpuri.org/{{Operation}}",
                shown(id)
            ),
            Self::Name(name) => write!(
                f,
                "\"{}\" is no name for an operation, expected ASCII letters, digits and _",
                shown(name)
            ),
            Self::Title { name, title } => write!(
                f,
                "the title is \"{}\", but the id names the operation {}",
                shown(title),
                shown(name)
            ),
            Self::MissingRow(label) => write!(f, "there is no row \"{label}\""),
            Self::RowTwice(label) => write!(f, "the row \"{}\" stands there twice", shown(label)),
            Self::OperationTwice(name) => write!(f, "a second entry describes the operation {}", shown(name)),
            Self::Template { template, base } => write!(
                f,
                "the template {} does not start with the base of the links, {}",
                shown(template),
                shown(base)
            ),
            Self::Link { link, expected } => {
                write!(f, "the link {} does not end with {}", shown(link), shown(expected))
            }
        }
    }
}
