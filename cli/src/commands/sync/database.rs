//! Where the URL of the database comes from. It may have a password, so it is not only an argument.

use std::path::Path;

use spektrix_v2_sync::Store;

use crate::config::Config;
use crate::connection::Target;
use crate::failure::{Failure, Result};
use crate::secret_source::SecretSource;

/// The environment variable with the URL of the database.
const VARIABLE: &str = "SPEKTRIX_DATABASE_URL";

const TO: &str = "\
The database: sqlite:FILE, postgres://USER@HOST/NAME or mysql://USER@HOST/NAME

The default is the environment variable SPEKTRIX_DATABASE_URL, or else `database` in the configuration file. Both may have a \
password in the URL.";

/// Which database to use.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Database {
    /// The database, which must not have a password here [default: the variable in the environment, or the configuration]
    #[arg(long, value_name = "URL", long_help = TO)]
    to: Option<String>,
}

impl Database {
    /// Opens the database.
    pub(super) async fn open(&self, target: &Target) -> Result<Store> {
        Ok(Store::open(&self.url(target)?).await?)
    }

    fn url(&self, target: &Target) -> Result<String> {
        if let Some(url) = &self.to {
            if Store::url_has_password(url) {
                return Err(Failure::usage(
                    "the URL of the database has a password, which other users of this machine can see",
                )
                .with_hint(format!(
                    "set the environment variable {VARIABLE} to the URL instead, or write where it is into the \
                         configuration file: database = {{ file = \"PATH\" }}"
                )));
            }
            return Ok(url.clone());
        }
        let variable = SecretSource::Env(VARIABLE.to_owned());
        if std::env::var_os(VARIABLE).is_some() {
            return Ok(variable
                .read("the URL of the database", Path::new(""))?
                .expose()
                .to_owned());
        }
        let configured = match target.file().filter(|_| !target.sandbox) {
            Some(path) => Config::read(&path)?.database()?,
            None => None,
        };
        configured.ok_or_else(|| {
            Failure::usage("no database is named").with_hint(format!(
                "name one with --to sqlite:season.db, or set the environment variable {VARIABLE}"
            ))
        })
    }
}
