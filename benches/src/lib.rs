//! What the benchmarks share: the bodies, and the kinds of work that are measured.

mod bodies;
mod lists;
pub mod local_server;
mod process;
mod run;
mod synthetic;
mod variants;
pub mod work;

pub use bodies::{Bodies, scaled};
pub use lists::{ListVisitor, OPERATIONS, visit};
pub use process::{memory, memory_of, processor_time};
pub use run::{Kind, item_count, run};
pub use synthetic::{instances, statuses};
pub use variants::{Variant, in_variant};
