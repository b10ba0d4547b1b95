//! The maintainers' commands, one module each. `main.rs` lists them for the command line.

pub mod api;
pub mod codegen;
pub mod drift;
pub mod features;
pub mod fetch;
pub mod generated_files;
pub mod help_pages;
pub mod key_material;
pub mod learn;
pub mod msrv;
pub mod output;
pub mod preview;
pub mod service;
pub mod staging;
pub mod workspace;
