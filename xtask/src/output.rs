//! The output of commands: results to standard output, everything else to standard error. And the layout of their help.

use std::io::{self, Write as _};

use anyhow::Context as _;

/// The layout of `--help`: the purpose, examples, and then the arguments.
pub const HELP: &str = "{about}\n\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Prints a string to standard output.
///
/// If the reader closed it, as `head` does after some lines, the rest is dropped without an error.
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

/// Prints a line to standard error. Failures are ignored: there is no other place to report them.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints an error and its causes to standard error, outermost first.
pub fn error(error: &anyhow::Error) {
    let causes = error.chain().skip(1).map(|cause| format!("\n  caused by: {cause}"));
    note(&format!("error: {error}{}", causes.collect::<String>()));
}
