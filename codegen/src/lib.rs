//! Generates the types and operations of `spektrix-v2` from the vendored help pages of the Spektrix API v2.
//!
//! A pure library: no network, no clock, no files. Each stage is a module with a function from one plain structure to
//! the next:
//!
//! ```text
//! Sources --load--> operations --lower--> pages --unify--> Model --overlay--> Model --collisions--> Model --render--> files
//! ```
//!
//! Modules depend only on modules in the rows above theirs:
//!
//! | layer | modules |
//! |---|---|
//! | text | [`printable`], [`names`] |
//! | data | [`error`], [`mod@model`], [`report`] |
//! | input | [`page`], [`feed`], [`template`] |
//! | stages | [`load`], [`lower`], [`unify`], [`overlay`], `collisions`, [`render`], each on the one before |
//! | tools | [`examples`], [`diff`] |

mod collisions;
pub mod diff;
pub mod error;
pub mod examples;
pub mod feed;
pub mod load;
pub mod lower;
pub mod model;
pub mod names;
pub mod overlay;
pub mod page;
mod pipeline;
pub mod printable;
pub mod render;
pub mod report;
pub mod template;
pub mod unify;

pub use error::{Error, Result};
pub use load::Sources;
pub use pipeline::{generate, model, preview};
pub use render::{GeneratedFile, Target};
pub use report::Report;
