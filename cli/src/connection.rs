//! The client that a command uses: of a venue, of the environment, or of the sandbox.

use std::path::PathBuf;

use spektrix_v2::Client;
use spektrix_v2_sandbox::{Sandbox, StartError};

use crate::config::{self, Config};
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// Which service a command reads from.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Venue")]
pub struct Target {
    /// Read from the built-in sandbox, a fictional venue on this machine: no certificate and no API key are needed
    #[arg(long, global = true, conflicts_with_all = ["venue", "config"])]
    pub sandbox: bool,
    /// The name of a venue in the configuration file
    #[arg(long, global = true, value_name = "NAME", env = "SPEKTRIX_VENUE")]
    pub venue: Option<String>,
    /// The configuration file [default: spektrix.toml here or in the user's configuration folder]
    #[arg(long, global = true, value_name = "FILE", env = "SPEKTRIX_CONFIG")]
    pub config: Option<PathBuf>,
}

/// A client, and the sandbox that it uses. The sandbox ends when this is dropped.
pub struct Connection {
    client: Client,
    sandbox: Option<Sandbox>,
}

impl Connection {
    /// Returns the client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Ends the sandbox, if there is one.
    pub async fn close(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.stop().await;
        }
    }
}

impl Target {
    /// Returns the configuration file that is used, if there is one.
    pub fn file(&self) -> Option<PathBuf> {
        self.config.clone().or_else(config::find)
    }

    /// Creates the client. Nothing is sent to a venue.
    ///
    /// A configuration file counts before the environment variables that the crate reads, because it was written for this
    /// command.
    ///
    /// # Errors
    ///
    /// If the configuration is missing or invalid, or the sandbox cannot start.
    pub async fn connect(&self) -> Result<Connection> {
        if self.sandbox {
            return in_sandbox().await;
        }
        let client = match self.file() {
            Some(path) => Config::read(&path)?.client(self.venue.as_deref())?.build()?,
            None if self.venue.is_some() => return Err(no_configuration()),
            None => Client::from_env().map_err(|error| Failure::from(error).with_hint(NOTHING_CONFIGURED))?,
        };
        Ok(Connection { client, sandbox: None })
    }
}

async fn in_sandbox() -> Result<Connection> {
    let sandbox = Sandbox::start().await;
    let sandbox = sandbox.map_err(|error| not_started(&error))?;
    let client = sandbox.client()?;
    Ok(Connection {
        client,
        sandbox: Some(sandbox),
    })
}

/// Returns the error for a sandbox that cannot start, with its causes.
pub(crate) fn not_started(error: &StartError) -> Failure {
    let mut message = format!("the sandbox cannot start: {error}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let text = cause.to_string();
        // Some messages contain their cause.
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        source = cause.source();
    }
    Failure::new(Exit::Failure, message)
}

fn no_configuration() -> Failure {
    Failure::configuration("there is no configuration file that could have the venue").with_hint(NOTHING_CONFIGURED)
}

const NOTHING_CONFIGURED: &str = "write a spektrix.toml with a section for each venue, set the environment variables \
    SPEKTRIX_CLIENT, SPEKTRIX_API_KEY, SPEKTRIX_CERT and SPEKTRIX_KEY, or try the command with --sandbox";
