//! One schema page becomes model types: wrappers and references are lowered away.
//!
//! [`interpret`](interpret::interpret) leaves XML Schema behind, [`shape`](shape::shape) the habits of .NET's exporters.

mod content;
mod derive;
mod fields;
pub mod interpret;
pub mod page_types;
mod root;
mod schema;
pub mod shape;
mod simple;
mod split;
mod twins;

use crate::error::Result;
use shape::PageModel;
pub use twins::Twins;

/// Lowers the schema page of one side of an operation. Of several root elements, the one of the example counts.
pub fn lower(page: &str, schemas: &str, example_root: Option<&str>) -> Result<PageModel> {
    lower_among(page, schemas, example_root, &Twins::of(std::iter::once(schemas)))
}

/// The same for one page among others, whose types are called alike on all of them.
pub fn lower_among(page: &str, schemas: &str, example_root: Option<&str>, twins: &Twins) -> Result<PageModel> {
    let types = interpret::interpret(page, schemas, example_root, twins)?;
    shape::shape(page, &types)
}
