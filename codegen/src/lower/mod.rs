//! One schema page becomes model types: wrappers and references are lowered away.
//!
//! [`interpret`](interpret::interpret) leaves XML Schema behind, [`shape`](shape::shape) the habits of .NET's exporter.

pub mod interpret;
pub mod shape;
mod split;

use crate::error::Result;
use shape::PageModel;

/// Lowers the schema page of one side of an operation.
pub fn lower(page: &str, schemas: &str) -> Result<PageModel> {
    let types = interpret::interpret(page, schemas)?;
    shape::shape(page, &types)
}
