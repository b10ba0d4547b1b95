//! Parameters of a request, in the query and in the path, checked before anything is sent.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{OperationInfo, Requirement};
use crate::runtime::Text;

/// What is escaped in a segment of a path: everything but the unreserved characters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What is escaped in the rest of a path, which may have several segments.
const REST: &AsciiSet = &SEGMENT.remove(b'/');

/// The parameters of a request, in order. The API key is not among them: it is added when the request is built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    query: Vec<(&'static str, String)>,
    /// The values for `{name}` in the path.
    path: Vec<(&'static str, String)>,
}

impl Parameters {
    /// Creates an empty set of parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a query parameter, if there is a value. For implementations of [`Operation`](crate::Operation).
    #[doc(hidden)]
    pub fn set<T: Text>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            let mut text = String::new();
            value.print(&mut text);
            self.add(name, text);
        }
    }

    /// Sets the value of `{name}` or `{*name}` in the path. For implementations of [`Operation`](crate::Operation).
    #[doc(hidden)]
    pub fn set_path<T: Text>(&mut self, name: &'static str, value: &T) {
        let mut text = String::new();
        value.print(&mut text);
        self.path.push((name, text));
    }

    fn add(&mut self, name: &'static str, value: String) {
        self.query.push((name, value));
    }

    /// Returns the query parameters.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.query.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Returns the path with its parameters filled in.
    pub fn path_of(&self, template: &str) -> String {
        let mut path = template.to_owned();
        for (name, value) in &self.path {
            let escape = |set| {
                // A segment that consists of dots would lead to another path.
                if value.bytes().all(|byte| byte == b'.') {
                    value.replace('.', "%2E")
                } else {
                    utf8_percent_encode(value, set).to_string()
                }
            };
            path = path.replace(format!("{{{name}}}").as_str(), &escape(SEGMENT));
            path = path.replace(format!("{{*{name}}}").as_str(), &escape(REST));
        }
        path
    }

    /// Checks what the service's documentation requires of the parameters.
    pub fn check(&self, info: &OperationInfo) -> Result<(), InvalidParameters> {
        let unmet = info.requirements.iter().find(|requirement| !self.satisfy(requirement));
        unmet.map_or(Ok(()), |requirement| Err(InvalidParameters(*requirement)))
    }

    fn satisfy(&self, requirement: &Requirement) -> bool {
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

/// Parameters that the service would refuse, or ignore.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_parameters_are_escaped() {
        let cases = [
            ("events", "7", "events"),
            ("events/{x}/seats", "7", "events/7/seats"),
            ("events/{x}", "a/b?c=é", "events/a%2Fb%3Fc%3D%C3%A9"),
            ("events/{x}", "..", "events/%2E%2E"),
            ("files/{*x}", "a/b c", "files/a/b%20c"),
        ];
        for (template, value, expected) in cases {
            let mut parameters = Parameters::new();
            parameters.set_path("x", &value.to_owned());
            assert_eq!(parameters.path_of(template), expected);
        }
    }
}
