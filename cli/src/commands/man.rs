//! `spektrix man`: writes the manual pages.

use std::path::PathBuf;

use clap::CommandFactory;

use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder to write the pages to: spektrix.1 and one page for each command
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes a page for the command line `C` and for each of its commands.
///
/// # Errors
///
/// If the folder cannot be created or written to.
pub fn run<C: CommandFactory>(args: &Args) -> Result<()> {
    let folder = &args.folder;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(C::command(), folder))
        .map_err(|error| Failure::io(format!("cannot write manual pages to {}", folder.display()), &error))?;
    output::note(&format!("The manual pages are in {}.", folder.display()));
    Ok(())
}
