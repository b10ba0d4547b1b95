//! What reading an example must give, judged by its pages alone: so that a test can expect exactly that.
//!
//! The help pages' own generator makes mistakes. Each is named here with its place, and with what comes of it.

mod node;
mod simple;
mod walk;

use std::collections::BTreeSet;
use std::fmt;

use crate::model::{Body, Model};

/// What reading an example must give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectation {
    /// The paths of what the types have no place for.
    pub passed_over: BTreeSet<String>,
    /// Why it cannot be read, if it cannot.
    pub refusal: Option<Refusal>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// Why an example cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `missing`, or `value`.
    pub kind: &'static str,
    /// The path of the element in question.
    pub path: String,
}

/// Something wrong with an example.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The path of the element.
    pub place: String,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// What help pages get wrong in their examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// It is no XML, or deeper than anything that a help page would write.
    Unreadable,
    /// It says that it has no value, which its page does not allow: written at the third recursion.
    NilRequired,
    /// It says that it has no value, and has one: written where an attribute's type has no constant.
    NilWithContent,
    /// It is of an abstract type, and does not say of which that extends it.
    AbstractWithoutType,
    /// It says to be of a type in no namespace, where the type is in one.
    UnprefixedType,
    /// It says to be of a type that nothing on the page may stand for here.
    UnknownType,
    /// Its text is not of its type.
    Value,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable => "it is no well-formed XML, or too deep",
            Self::NilRequired => "says that it has no value, which its page does not allow",
            Self::NilWithContent => "says that it has no value, and has one",
            Self::AbstractWithoutType => "is of an abstract type, and does not say of which that extends it",
            Self::UnprefixedType => "says its type without the type's namespace",
            Self::UnknownType => "says to be of a type that may not stand here",
            Self::Value => "holds a text that is not of its type",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.kind)
    }
}

/// What reading the example of a body must give.
pub fn expect(model: &Model, body: &Body, example: &str) -> Expectation {
    let Some(root) = node::read(example) else {
        return Expectation {
            faults: vec![Fault {
                place: String::new(),
                kind: FaultKind::Unreadable,
            }],
            ..Expectation::default()
        };
    };
    let mut walk = walk::Walk::new(model);
    // A refusal ends the walk; what is wrong behind it stays untold, as when reading.
    let refusal = walk.body(&root, body).err();
    let mut expected = walk.expected;
    expected.refusal = refusal;
    expected.faults.sort();
    expected.faults.dedup();
    expected
}
