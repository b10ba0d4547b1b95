//! `spektrix record`: saves the bodies of lists, for tests that replay them and for the sandbox.

mod customers;
mod pseudonyms;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use spektrix_v2::{Client, CustomerId};

use super::public_lists;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::new_file::{self, Readers};
use crate::output::{self, Progress};

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix record --out recorded
  spektrix record --out recorded --only GetEvents,GetInstances
  spektrix record --out recorded --customers 9001,9002      # without their names, addresses, emails and numbers")]
pub struct Args {
    /// The folder to create, with a file for each list: `GetEvents.xml`
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only these operations, separated by commas [default: every list without customers, orders and baskets]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    only: Vec<String>,
    /// Also these customers, their addresses and orders. Names, addresses, emails and telephone numbers are replaced, equal
    /// values by equal ones; user-defined attributes, and everything that the schemas do not have, are left out
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    customers: Vec<CustomerId>,
}

/// Reads the lists, and then writes all of them.
///
/// # Errors
///
/// If a list cannot be read, in which case nothing is written; or if the folder has files, or cannot be written to.
pub async fn run(args: &Args, client: &Client) -> Result<()> {
    args.check()?;
    refuse_files(&args.out)?;
    let mut bodies = Vec::new();
    let lists: Vec<_> = public_lists::all().filter(|info| args.includes(info.name)).collect();
    let progress = Progress::new(lists.len() + args.customers.len());
    for info in lists {
        progress.begin(info.name);
        bodies.push((info.name, public_lists::read(client, info).await?));
    }
    bodies.extend(customers::read(client, &args.customers, &progress).await?);
    drop(progress);
    fs::create_dir_all(&args.out)
        .map_err(|error| Failure::io(format!("cannot create {}", args.out.display()), &error))?;
    for (name, body) in &bodies {
        new_file::write(&args.out.join(format!("{name}.xml")), body, Readers::Everyone)?;
    }
    output::note(&format!(
        "{} lists are in {}. They are the venue's data: think before you publish them.",
        bodies.len(),
        args.out.display()
    ));
    Ok(())
}

impl Args {
    fn includes(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }

    fn check(&self) -> Result<()> {
        let names: Vec<_> = public_lists::all().map(|info| info.name).collect();
        match self.only.iter().find(|only| !names.contains(&only.as_str())) {
            Some(other) => Err(Failure::usage(format!("`{other}` cannot be recorded"))
                .with_hint(format!("what can be recorded: {}", names.join(", ")))),
            None => Ok(()),
        }
    }
}

/// Another recording would be mixed with this one.
fn refuse_files(folder: &Path) -> Result<()> {
    match fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
        Ok(false) => Ok(()),
        Ok(true) => Err(
            Failure::new(Exit::Failure, format!("{} is not empty", folder.display())).with_hint("name a new folder"),
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::io(format!("cannot write to {}", folder.display()), &error)),
    }
}
