//! The project's own commands, a module each; `main.rs` lists them for the command line.

pub mod api;
pub mod cargo;
pub mod cases;
pub mod codegen;
#[cfg(feature = "runtime")]
pub mod decode;
pub mod drift;
pub mod ensure;
pub mod features;
pub mod fetch;
pub mod help_pages;
pub mod key_material;
pub mod msrv;
pub mod output;
pub mod preview;
#[cfg(feature = "runtime")]
pub mod sandbox;
#[cfg(test)]
mod workflows;
pub mod workspace;
