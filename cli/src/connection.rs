//! The client that a command uses: of a venue, of the environment, or of the sandbox.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use spektrix_v2::{Client, ClientBuilder};
use spektrix_v2_sandbox::{Sandbox, StartError};

use crate::config::{self, Config};
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// The variable with the name of a venue.
pub(crate) const VENUE: &str = "SPEKTRIX_VENUE";
/// The variable with the path of the configuration file.
pub(crate) const CONFIG: &str = "SPEKTRIX_CONFIG";
/// The path of a configuration file that means: none, also if there is one in the folder.
pub(crate) const NO_FILE: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// Which service a command reads from.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Venue")]
pub struct Target {
    /// Read from the built-in sandbox, a fictional venue on this machine: no certificate and no API key are needed
    #[arg(long, global = true, conflicts_with_all = ["venue", "config"])]
    pub sandbox: bool,
    /// The name of a venue in the configuration file [default: the variable `SPEKTRIX_VENUE`]
    #[arg(long, global = true, value_name = "NAME")]
    venue: Option<String>,
    /// The configuration file [default: the variable `SPEKTRIX_CONFIG`, or spektrix.toml here or in the user's configuration
    /// folder]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
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
    /// Returns the name of the venue in the configuration file, if one is named. With a sandbox, the variable has no effect.
    pub fn venue(&self) -> Option<String> {
        let variable = || variable(VENUE).map(|name| name.to_string_lossy().into_owned());
        self.venue.clone().or_else(variable).filter(|_| !self.sandbox)
    }

    /// Returns the configuration file that is used, if there is one. `/dev/null` means that there is none, also if one is in the folder.
    pub fn file(&self) -> Option<PathBuf> {
        let named = self.config.clone().or_else(|| variable(CONFIG).map(PathBuf::from));
        let file = named.or_else(config::find);
        file.filter(|path| !self.sandbox && path.as_os_str() != NO_FILE)
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
        self.connect_with(|builder| builder).await
    }

    /// Creates the client as [`connect`](Self::connect) does, after a change of its settings.
    ///
    /// # Errors
    ///
    /// As for [`connect`](Self::connect).
    pub async fn connect_with(&self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Result<Connection> {
        if self.sandbox {
            let sandbox = Sandbox::start().await;
            let sandbox = sandbox.map_err(|error| not_started(&error))?;
            let client = change(sandbox.client_builder()?).build()?;
            return Ok(Connection {
                client,
                sandbox: Some(sandbox),
            });
        }
        let client = change(self.builder()?).build()?;
        Ok(Connection { client, sandbox: None })
    }

    /// Returns the builder of a client for a venue.
    fn builder(&self) -> Result<ClientBuilder> {
        match self.file() {
            Some(path) => Config::read(&path)?.client(self.venue().as_deref()),
            None if self.venue().is_some() => Err(no_configuration()),
            None if VARIABLES.iter().all(|name| variable(name).is_none()) => {
                Err(Failure::configuration("no venue is configured").with_hint(NOTHING_CONFIGURED))
            }
            None => Ok(Client::builder_from_env()?),
        }
    }
}

/// Returns the value of a variable that is set and not empty.
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
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

/// Without any of these, nobody has tried to configure a venue.
const VARIABLES: [&str; 4] = [
    "SPEKTRIX_CLIENT",
    "SPEKTRIX_API_KEY",
    "SPEKTRIX_CERT",
    "SPEKTRIX_PKCS12",
];

const NOTHING_CONFIGURED: &str = "write a spektrix.toml with a section for each venue, set the environment variables \
    SPEKTRIX_CLIENT, SPEKTRIX_API_KEY, SPEKTRIX_CERT and SPEKTRIX_KEY, or try the command with --sandbox";
