//! How a command that failed says so.

use std::io::Write as _;

/// Prints the whole chain, outermost first. A standard error that cannot be written to leaves only the exit code to
/// tell.
pub fn error(error: &anyhow::Error) {
    let causes = error.chain().skip(1).map(|cause| format!("\n  caused by: {cause}"));
    let _ = writeln!(std::io::stderr(), "error: {error}{}", causes.collect::<String>());
}
