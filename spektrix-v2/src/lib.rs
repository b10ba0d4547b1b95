//! A typed client for the Spektrix API v2.

mod attributes;
mod enumeration;
#[rustfmt::skip]
mod generated;
mod id;
mod operation;
mod secret;
pub mod xml;

pub use attributes::{Attribute, Attributes};
pub use generated::ids::*;
pub use generated::operations;
pub use generated::types::*;
pub use operation::{
    Effect, InvalidParameters, Lifecycle, Method, Operation, OperationInfo, OperationVisitor, Page, Paged, Parameters,
    QueryDate, Requirement, SessionUse,
};
pub use secret::Secret;
