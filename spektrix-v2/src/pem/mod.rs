//! PEM files: reads their sections, and explains what is wrong with a file without quoting it.
//!
//! Client certificates, private keys and trusted roots are all read here. A PEM library would do for intact files, but the
//! errors of the common ones quote the damaged line, which may be a line of a private key, and they skip sections whose
//! BEGIN line does not start a line of the file.

mod certificates;
mod diagnostics;
mod reader;
mod source;

pub(crate) use certificates::certificates;
pub(crate) use diagnostics::no_private_key;
pub(crate) use reader::{Label, Section};
pub(crate) use source::{Purpose, Source};
