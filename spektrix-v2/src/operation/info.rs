//! Facts about an operation: its method, its path, its requirements, its effect.

use std::fmt;

use crate::runtime::BodyNames;

/// Facts about an operation, from the help feed, its schemas and the overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Not `non_exhaustive`: code that is generated from other help pages creates it, too.
pub struct OperationInfo {
    /// The name on the help feed: `GetEvents`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below `{client}/api/v2/`: `events`.
    pub path: &'static str,
    /// The names of the query parameters, in the order of the template.
    pub parameters: &'static [&'static str],
    /// The requirements of the service's documentation for the parameters.
    pub requirements: &'static [Requirement],
    /// The requirements of the service's documentation for the request body.
    ///
    /// `A/B` means that each `A` must contain a `B`, and `A/@id` that it must have the attribute `id`. Of parts that are
    /// joined by ` or `, one must be set. The suffix ` when C is true` names the sibling on which the requirement depends.
    /// [`Operation::check_body`](crate::Operation::check_body) checks all of it.
    pub body_requirements: &'static [&'static str],
    /// The element names of the request body.
    pub request: BodyNames,
    /// The element names of the response body.
    pub response: BodyNames,
    /// Whether it reads or writes.
    pub effect: Effect,
    /// Whether and how it uses a session.
    pub session: SessionUse,
    /// Whether the service still offers it.
    pub lifecycle: Lifecycle,
}

/// An HTTP method of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Post,
    Patch,
    Put,
    Delete,
    /// Any other method. No operation of this API uses one; an operation generated from other help pages may.
    Other(&'static str),
}

impl Method {
    /// Returns the method as it is in a request line.
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

/// Whether an operation reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// It reads: sending it twice does no harm.
    Read,
    /// It writes: it is sent once.
    Write,
}

/// How an operation uses a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionUse {
    /// It does not use a session.
    None,
    /// It starts a session if there is none.
    Begins,
    /// It starts a session if there is none and its body requests one.
    MayBegin,
    /// It needs a session that has not expired.
    Needs,
}

/// Whether the service still offers an operation, according to its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lifecycle {
    /// It is maintained for legacy integrations.
    Maintained,
    /// It is deprecated: it may continue to work, without a guarantee.
    Deprecated,
    /// It no longer works: since 2025 these objects can be read, but not created, changed or deleted.
    Retired,
}

/// What the parameters of an operation must satisfy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Requirement {
    /// All of them must be set.
    All(&'static [&'static str]),
    /// At least one of them must be set.
    AnyOf(&'static [&'static str]),
    /// At most one of them may be set.
    AtMostOne(&'static [&'static str]),
}
