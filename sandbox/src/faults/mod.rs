//! Faults on demand: which faults there are, for which requests and how often they fire, and how they change a response.
//!
//! A refusal is not a fault: it is what the service itself returns for a request that it does not accept.

mod affinity;
mod body_bytes;
mod certificate_page;
mod check;
mod fault;
mod injection;
mod kinds;
mod outcome;
mod plan;
mod registry;
mod replacements;
mod response_body;

pub(crate) use affinity::Affinity;
pub use certificate_page::CertificatePage;
pub use check::InjectError;
pub use fault::{Fault, RetryAfter};
pub use injection::Injection;
pub(crate) use kinds::kinds;
pub(crate) use outcome::{Outcome, compress};
pub(crate) use plan::FaultPlan;
pub use registry::{FaultId, InjectedFault};
pub(crate) use registry::{Faults, RequestTarget};
pub(crate) use response_body::{Drip, Ending, Padding, ResponseBody};
