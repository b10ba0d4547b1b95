//! The project's own commands, a module each; `main.rs` lists them for the command line.

pub mod fetch;
