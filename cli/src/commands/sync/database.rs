//! Where the URL of the database comes from. It may have a password, so it is not only an argument.

use spektrix_v2_sync::Store;

use crate::commands::store_url;
use crate::config::Config;
use crate::connection::Target;
use crate::failure::{Failure, Result};

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
        if let Some(url) = store_url::find(self.to.as_deref(), VARIABLE, "the URL of the database")? {
            return Ok(url);
        }
        let configured = match target.file() {
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
