//! Operations as values: what is asked for, and everything that is known about it.

mod body;
mod info;
mod page;
mod parameters;
mod path;
mod query_date;

pub use body::{BodyRequirement, InvalidBody};
pub use info::{Effect, Lifecycle, Method, OperationInfo, Requirement, SessionUse};
pub use page::{Page, Paged};
pub use parameters::{InvalidParameters, Parameters};
pub use query_date::QueryDate;

use crate::xml::Body;

/// One operation of the API with its parameters and body: a value that a [`Client`](crate::Client) can send.
///
/// Every operation of the help feed has a type in [`operations`](crate::operations) that implements it.
///
/// ```
/// use spektrix_v2::operations::GetEvents;
/// use spektrix_v2::{EventId, Operation, Parameters};
///
/// let operation = GetEvents::new().event(EventId::new(14));
/// let mut parameters = Parameters::new();
/// operation.parameters(&mut parameters);
/// assert_eq!(GetEvents::INFO.path, "events");
/// assert_eq!(parameters.iter().collect::<Vec<_>>(), [("event_id", "14")]);
/// ```
pub trait Operation: Send + Sync {
    /// What is known about the operation.
    const INFO: OperationInfo;

    /// What its request body holds; `()` when it has none.
    type Request: Body + serde::Serialize + Send + Sync;

    /// What its response body holds; `()` when it is empty.
    type Response: Body + serde::Serialize + Send;

    /// Lists the query parameters that are set, in the order of the template.
    fn parameters(&self, parameters: &mut Parameters);

    /// The request body.
    fn request(&self) -> &Self::Request;
}

/// Something to be done with an operation whose type is only known by its name.
///
/// See [`operations::visit`](crate::operations::visit).
pub trait OperationVisitor {
    /// What comes of it.
    type Output;

    /// Does it.
    fn visit<O: Operation>(self) -> Self::Output;
}
