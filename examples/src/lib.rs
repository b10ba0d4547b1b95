//! Code that the example programs share.

mod service;

pub use service::Service;
