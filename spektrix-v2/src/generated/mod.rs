pub(crate) mod ids;
pub mod operations;
pub(crate) mod types;
mod xml;
