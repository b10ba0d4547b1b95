//! The lists that are measured: those of which there are recorded bodies.

use std::fmt::Debug;

use spektrix_v2::Operation;
use spektrix_v2::operations::{GetEvents, GetInstanceStatus, GetInstances};
use spektrix_v2::runtime::Element;

/// The names of the operations that are measured.
pub const OPERATIONS: [&str; 3] = ["GetInstances", "GetInstanceStatus", "GetEvents"];

/// Something to do with a list whose type is only known by the name of its operation.
pub trait ListVisitor {
    /// The result.
    type Output;

    /// Is called with the operation and the type of its items.
    fn visit<O, T>(self) -> Self::Output
    where
        O: Operation<Response = Vec<T>>,
        T: Element + Debug;
}

/// Calls a visitor with the list of an operation. Returns `None` if the operation is not measured.
pub fn visit<V: ListVisitor>(operation: &str, visitor: V) -> Option<V::Output> {
    match operation {
        "GetInstances" => Some(visitor.visit::<GetInstances, _>()),
        "GetInstanceStatus" => Some(visitor.visit::<GetInstanceStatus, _>()),
        "GetEvents" => Some(visitor.visit::<GetEvents, _>()),
        _ => None,
    }
}
