//! The predicted result of reading an example page.

use std::collections::BTreeSet;
use std::fmt;

/// The predicted result of reading an example page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The paths of the parts that are not kept: those that the types do not have, and details of others, such as
    /// `A/B/offset()` for the offset of a time.
    pub skipped: BTreeSet<String>,
    /// The error, if the example cannot be read.
    pub error: Option<ExpectedError>,
    /// The faults of the example.
    pub faults: Vec<Fault>,
}

/// The error of an example that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedError {
    /// `missing` or `value`.
    pub kind: &'static str,
    /// The path of the element.
    pub path: String,
}

/// A fault of an example.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The path of the element.
    pub path: String,
    /// The kind of fault.
    pub kind: FaultKind,
}

/// The kinds of faults in the examples of help pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The example is not XML, or has more levels than help pages have.
    Unreadable,
    /// The element is nil, which its page does not allow. Help pages write this at the third level of recursion.
    NilRequired,
    /// The element is nil and has content. Help pages write this for an attribute whose type has no constant.
    NilWithContent,
    /// The element has an abstract type and no `xsi:type`.
    AbstractWithoutType,
    /// The name in `xsi:type` has no prefix, but the type is in a namespace.
    UnprefixedType,
    /// The type in `xsi:type` is not one of those that may occur.
    UnknownType,
    /// The text is not a value of the type.
    Value,
}

/// Returns whether a decoder does not report a part that is not kept: text between elements, that an element was empty and
/// its value the default, that there was a wrapper around no items, the offset of a time in an attribute.
pub fn is_unreported(skipped: &str) -> bool {
    let is_detail = ["/text()", "/default()", "/items()"]
        .iter()
        .any(|detail| skipped.ends_with(detail));
    is_detail || skipped.ends_with("/offset()") && skipped.contains("/@")
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "not well-formed XML, or too deep",
            Self::NilRequired => "is nil, which the page does not allow",
            Self::NilWithContent => "is nil and has content",
            Self::AbstractWithoutType => "has an abstract type and no xsi:type",
            Self::UnprefixedType => "has an xsi:type without the namespace of the type",
            Self::UnknownType => "has an xsi:type that may not occur here",
            Self::Value => "has text that is not a value of its type",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}
