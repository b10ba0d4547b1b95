//! Faults on demand: what goes wrong, for which requests, how often, and how an answer is spoilt.
//!
//! A `service::Fault` is something else: a refusal, which the service means.

mod content;
mod delivery;
mod fault;
mod inject_error;
mod injection;
mod listed;
mod millis;
mod plan;
mod registry;
mod target;
mod unknown_parts;

pub(crate) use delivery::{Delivery, Ending};
#[cfg(test)]
pub(crate) use delivery::{Drip, Padding};
pub use fault::{Fault, RetryAfter};
pub use inject_error::InjectError;
pub use injection::Injection;
pub use listed::{FaultId, InjectedFault};
pub(crate) use plan::{Outcome, Plan};
pub(crate) use registry::Faults;
pub(crate) use target::Target;
