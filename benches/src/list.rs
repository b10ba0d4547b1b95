//! The lists that are measured: those of which real bodies were recorded.

use std::fmt::Debug;

use spektrix_v2::Operation;
use spektrix_v2::operations::{GetEvents, GetInstanceStatus, GetInstances};
use spektrix_v2::runtime::Element;

/// The names of the operations that are measured.
pub const OPERATIONS: [&str; 3] = ["GetInstances", "GetInstanceStatus", "GetEvents"];

/// Something to be done with a list whose type is only known by its operation's name.
pub trait ListVisitor {
    /// What comes of it.
    type Output;

    /// Does it.
    fn visit<O, T>(self) -> Self::Output
    where
        O: Operation<Response = Vec<T>>,
        T: Element + Debug;
}

/// Does something with the list of an operation; none if the operation is not measured.
pub fn visit<V: ListVisitor>(operation: &str, visitor: V) -> Option<V::Output> {
    match operation {
        "GetInstances" => Some(visitor.visit::<GetInstances, _>()),
        "GetInstanceStatus" => Some(visitor.visit::<GetInstanceStatus, _>()),
        "GetEvents" => Some(visitor.visit::<GetEvents, _>()),
        _ => None,
    }
}
