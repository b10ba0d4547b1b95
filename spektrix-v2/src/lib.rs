//! A typed client for the Spektrix API v2.

mod attributes;
mod client;
mod enumeration;
mod error;
#[rustfmt::skip]
mod generated;
mod id;
mod identity;
mod operation;
mod secret;
mod session;
mod transport;
pub mod xml;

pub use attributes::{Attribute, Attributes};
pub use client::{Call, Client, ClientBuilder, ItemStream, Paging};
pub use error::Error;
pub use generated::ids::*;
pub use generated::operations;
pub use generated::types::*;
pub use identity::Identity;
pub use operation::{
    Effect, InvalidParameters, Lifecycle, Method, Operation, OperationInfo, OperationVisitor, Page, Paged, Parameters,
    QueryDate, Requirement, SessionUse,
};
pub use secret::Secret;
pub use session::{Session, SessionId};
pub use transport::{BodyStream, Transport, TransportError, TransportFault, TransportFuture, TransportResponse};
