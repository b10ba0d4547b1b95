//! What commands print: results to standard output, everything else to standard error.

use std::io::{self, Write as _};

use anyhow::Context as _;

/// Prints text to standard output. A reader that closed it early, as `head` does, has seen enough: that is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

/// Prints a line to standard output.
pub fn print_line(line: &str) -> anyhow::Result<()> {
    print(&format!("{line}\n"))
}

/// Prints a line to standard error. If that fails, only the exit code is left to report anything.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints an error with its causes, outermost first.
pub fn error(error: &anyhow::Error) {
    let causes = error.chain().skip(1).map(|cause| format!("\n  caused by: {cause}"));
    note(&format!("error: {error}{}", causes.collect::<String>()));
}
