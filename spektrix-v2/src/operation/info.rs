//! What is known about an operation apart from its types.

use std::fmt;

use super::BodyRequirement;
use crate::runtime::BodyNames;

/// What is known about an operation: from the help feed, from its schemas and from the overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Not `non_exhaustive`: code that is generated from other help pages makes them too.
pub struct OperationInfo {
    /// The name on the help feed: `GetEvents`.
    pub name: &'static str,
    /// How it is sent.
    pub method: Method,
    /// The path below `{client}/api/v2/`: `events`.
    pub path: &'static str,
    /// The names of its query parameters, in the order of the template.
    pub parameters: &'static [&'static str],
    /// What must hold for its parameters, by the service's documentation.
    pub requirements: &'static [Requirement],
    /// What must stand in its request body, by the service's documentation.
    pub body_requirements: &'static [BodyRequirement],
    /// The element names of the request body.
    pub request: BodyNames,
    /// The element names of the response body.
    pub response: BodyNames,
    /// Whether it only reads, or changes something.
    pub effect: Effect,
    /// Whether it needs a session.
    pub session: SessionUse,
    /// Whether the service still offers it.
    pub lifecycle: Lifecycle,
}

/// An HTTP method of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Patch,
    Put,
    Delete,
    /// Any other. No operation of this API has one; one generated from other help pages may.
    Other(&'static str),
}

impl Method {
    /// The method as it stands in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Other(name) => name,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether an operation changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It only reads: sending it twice does no harm.
    Read,
    /// It changes something: it is sent once.
    Write,
}

/// What an operation has to do with a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionUse {
    /// Nothing.
    None,
    /// It begins one when there is none yet.
    Begins,
    /// It begins one when there is none yet, if its body asks for it.
    MayBegin,
    /// It needs a live one.
    Needs,
}

/// Whether the service still offers an operation, as far as its documentation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lifecycle {
    /// It is maintained for legacy integrations.
    Maintained,
    /// It is deprecated: it may go on working, without a promise.
    Deprecated,
    /// It no longer works: since 2025 these objects can be read, but not created, changed or deleted.
    Retired,
}

/// What must hold for the parameters of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Requirement {
    /// Each of them must be set.
    All(&'static [&'static str]),
    /// At least one of them must be set.
    AnyOf(&'static [&'static str]),
    /// No two of them may be set together.
    AtMostOne(&'static [&'static str]),
}
