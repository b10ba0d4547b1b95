//! PEM files: reads their sections, and explains what is wrong with a file without quoting it.
//!
//! Client certificates, private keys and trusted roots are all read here. PEM libraries can read intact files, too. But
//! their errors quote a damaged line, which may be a line of a private key, and they skip a section that does not begin
//! at the start of a line.

mod certificates;
mod diagnostics;
mod reader;
mod source;

pub(crate) use certificates::certificates;
pub(crate) use diagnostics::no_private_key;
pub(crate) use reader::{Label, Section};
pub(crate) use source::{Purpose, Source};
