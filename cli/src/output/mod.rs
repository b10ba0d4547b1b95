//! What commands print: results to standard output, everything else to standard error.

mod format;
mod progress;
mod rows;
mod table;

use std::io::{self, IsTerminal as _, Write as _};

pub use format::{Format, Listing};
pub use progress::Progress;
pub use rows::Row;

use crate::failure::{Failure, Result};

/// Prints a string to standard output.
///
/// If the reader closed it, as `head` does after some lines, the rest is dropped without an error.
///
/// # Errors
///
/// If standard output cannot be written to, such as a file on a full disk.
pub fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

/// Prints bytes to standard output, as [`print()`] does.
///
/// # Errors
///
/// As for [`print()`].
pub fn print_bytes(bytes: &[u8]) -> Result<()> {
    write(bytes).map(drop)
}

/// Prints a string to standard output, for a command that runs for long. Returns whether the reader is still there, also if the
/// string is empty.
///
/// # Errors
///
/// As for [`print()`].
pub fn print_to_reader(text: &str) -> Result<bool> {
    Ok(write(text.as_bytes())? && has_reader())
}

/// Returns whether something may still read standard output. Without something to write, no error would show it.
#[cfg(unix)]
fn has_reader() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let stdout = io::stdout();
    let mut polled = [PollFd::new(&stdout, PollFlags::empty())];
    let failed = poll(&mut polled, Some(&Timespec::default())).is_err();
    failed || !polled[0].revents().intersects(PollFlags::ERR | PollFlags::HUP)
}

/// The next string that is not empty shows it.
#[cfg(not(unix))]
fn has_reader() -> bool {
    true
}

fn write(bytes: &[u8]) -> Result<bool> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::io("cannot write to standard output", &error)),
        Ok(()) => Ok(true),
    }
}

/// Prints a line to standard error. Failures are ignored: there is no other place to report them.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Prints an error and its hint to standard error.
pub fn error(failure: &Failure) {
    note(&format!("error: {failure}"));
    if let Some(hint) = failure.hint() {
        note(&format!("hint: {hint}"));
    }
}

/// Returns whether a person reads standard output.
pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Returns the text without control characters, so that a value of the service cannot control the terminal.
pub fn printable(text: &str) -> String {
    let replaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    replaced.collect()
}
