//! The error for a request body without required parts. Generated code checks bodies, and collects here what is missing.

use std::fmt;

/// A request body without parts that the service requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidBody {
    missing: Vec<Missing>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Missing {
    path: String,
    /// If set, the part is required because the element has this child with this value.
    when: Option<(&'static str, &'static str)>,
}

impl InvalidBody {
    /// Returns the paths of all missing parts, in the order of the body: `BasketItems/Ticket[2]/Plan`.
    pub fn missing(&self) -> impl ExactSizeIterator<Item = &str> {
        self.missing.iter().map(|missing| missing.path.as_str())
    }
}

/// The number of missing parts that a message names. A body may contain many tickets.
const MOST_SHOWN: usize = 20;

impl fmt::Display for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, missing) in self.missing.iter().take(MOST_SHOWN).enumerate() {
            f.write_str(if at == 0 { "" } else { ", " })?;
            f.write_str(&missing.path)?;
            if let Some((name, value)) = missing.when {
                write!(f, " (because {name} is {value})")?;
            }
        }
        match self.missing.len().saturating_sub(MOST_SHOWN) {
            0 => f.write_str(" must be set"),
            more => write!(f, " and {more} more must be set"),
        }
    }
}

impl std::error::Error for InvalidBody {}

/// The missing parts of a request body, while generated code checks it.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct MissingParts(Vec<Missing>);

impl MissingParts {
    /// Starts a check.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part that is always required.
    pub fn push(&mut self, path: impl Into<String>) {
        let path = path.into();
        self.0.push(Missing { path, when: None });
    }

    /// Adds a part that is required because an element has a value.
    pub fn push_when(&mut self, path: impl Into<String>, name: &'static str, value: &'static str) {
        let (path, when) = (path.into(), Some((name, value)));
        self.0.push(Missing { path, when });
    }

    /// Ends the check.
    pub fn check(self) -> Result<(), InvalidBody> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(InvalidBody { missing: self.0 })
        }
    }
}
