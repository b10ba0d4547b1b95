//! Query parameters: gathered in order, checked before anything is sent.

use std::fmt;

use super::{OperationInfo, Requirement};
use crate::runtime::Text;

/// The query parameters of a request, in order. The API key is none of them: it is added when sending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    query: Vec<(&'static str, String)>,
    /// What stands in the path instead of `{name}`.
    pub(super) path: Vec<(&'static str, String)>,
}

impl Parameters {
    /// No parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a parameter, if there is a value.
    pub fn set<T: Text>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            let mut text = String::new();
            value.print(&mut text);
            self.add(name, text);
        }
    }

    fn add(&mut self, name: &'static str, value: String) {
        self.query.push((name, value));
    }

    /// The parameters that are set.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.query.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Checks what the service's documentation asks of the parameters.
    pub fn check(&self, info: &OperationInfo) -> Result<(), InvalidParameters> {
        let broken = info.requirements.iter().find(|requirement| !self.fulfil(requirement));
        broken.map_or(Ok(()), |requirement| Err(InvalidParameters(*requirement)))
    }

    fn fulfil(&self, requirement: &Requirement) -> bool {
        match requirement {
            Requirement::All(names) => self.count(names) == names.len(),
            Requirement::AnyOf(names) => self.count(names) > 0,
            Requirement::AtMostOne(names) => self.count(names) <= 1,
        }
    }

    fn count(&self, names: &[&str]) -> usize {
        names
            .iter()
            .filter(|name| self.iter().any(|(set, _)| set == **name))
            .count()
    }
}

/// Parameters that the service would refuse, or not understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidParameters(Requirement);

impl fmt::Display for InvalidParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Requirement::All(names) => write!(f, "{} must be set", names.join(" and ")),
            Requirement::AnyOf(names) => write!(f, "one of {} must be set", names.join(", ")),
            Requirement::AtMostOne(names) => write!(f, "only one of {} may be set", names.join(" and ")),
        }
    }
}

impl std::error::Error for InvalidParameters {}
