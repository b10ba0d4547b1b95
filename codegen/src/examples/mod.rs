//! Predicts the result of reading each example page, from its schema page alone, so that a test can expect exactly that.
//!
//! The generator of the help pages makes mistakes. Each is reported as a [`Fault`] with its path.

mod element_tree;
mod expectation;
mod walk;

pub use expectation::{Expectation, ExpectedError, Fault, FaultKind, is_unreported};

use crate::model::{Body, Model};

/// Predicts the result of reading the example of a body.
pub fn expect(model: &Model, body: &Body, example: &str) -> Expectation {
    let Some(root) = element_tree::read(example) else {
        return Expectation {
            faults: vec![Fault {
                path: String::new(),
                kind: FaultKind::Unreadable,
            }],
            ..Expectation::default()
        };
    };
    let mut walk = walk::Walk::new(model);
    // An error ends the walk, as it ends reading. Faults after it are not found.
    let error = walk.body(&root, body).err();
    let mut expected = walk.expected;
    expected.error = error;
    expected.faults.sort();
    expected.faults.dedup();
    expected
}
