//! Faults on demand: which faults there are, for which requests and how often they fire, and how they change a response.
//!
//! A refusal is not a fault: it is what the service itself returns for a request that it does not accept.

mod check;
mod fault;
mod plan;
mod registry;
mod response_body;

pub use check::InjectError;
pub use fault::{Fault, Injection, RetryAfter};
pub(crate) use plan::{FaultPlan, Outcome};
pub use registry::{FaultId, InjectedFault};
pub(crate) use registry::{Faults, RequestTarget};
#[cfg(test)]
pub(crate) use response_body::{Drip, Padding};
pub(crate) use response_body::{Ending, ResponseBody};
