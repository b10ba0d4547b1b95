//! `spektrix completions`: prints a script that completes commands in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::failure::Result;
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the script for the command line `C`.
///
/// # Errors
///
/// If standard output cannot be written to.
pub fn run<C: CommandFactory>(args: &Args) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut C::command(), "spektrix", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}
