//! One schema page becomes model types: wrappers and references are lowered away.
//!
//! [`interpret`](interpret::interpret) leaves XML Schema behind, [`shape`](shape::shape) the habits of .NET's exporters.

mod content;
mod fields;
pub mod interpret;
pub mod page_types;
mod schema;
pub mod shape;
mod simple;
mod split;

use crate::error::Result;
use shape::PageModel;

/// Lowers the schema page of one side of an operation. Of several root elements, the one of the example counts.
pub fn lower(page: &str, schemas: &str, example_root: Option<&str>) -> Result<PageModel> {
    let types = interpret::interpret(page, schemas, example_root)?;
    shape::shape(page, &types)
}
