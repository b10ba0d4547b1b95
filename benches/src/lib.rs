//! What the measurements share: the bodies, and the kinds of work that are done with them.

mod bodies;
mod list;
mod run;
mod shapes;
mod synthetic;
pub mod work;

pub use bodies::{Bodies, scaled};
pub use list::{ListVisitor, OPERATIONS, visit};
pub use run::{Kind, item_count, run};
pub use shapes::{Shape, shaped};
pub use synthetic::instances;
