//! The service that an example connects to: the service in the environment variables, or a sandbox.

use std::path::PathBuf;

use spektrix_v2::Client;
use spektrix_v2_sandbox::Sandbox;

/// A client, and the sandbox that it connects to if this program started one.
pub struct Service {
    client: Client,
    sandbox: Option<Sandbox>,
    description: String,
}

impl Service {
    /// Connects to the service that the environment names. If it names none, starts a sandbox. With a folder to replay,
    /// starts a sandbox that responds with the bodies in it.
    pub async fn start(replay: Option<PathBuf>) -> anyhow::Result<Self> {
        if let Some(folder) = replay {
            let description = format!("Replaying the bodies in {}.", folder.display());
            return Self::from_sandbox(Sandbox::builder().replay(folder).start().await?, description);
        }
        if environment_names_a_service() {
            return Ok(Self {
                client: Client::from_env()?,
                sandbox: None,
                description: "Using the service that SPEKTRIX_* names.".to_owned(),
            });
        }
        let description = "SPEKTRIX_* is not set: using the sandbox, a fictional venue.".to_owned();
        Self::from_sandbox(Sandbox::start().await?, description)
    }

    fn from_sandbox(sandbox: Sandbox, description: String) -> anyhow::Result<Self> {
        let client = sandbox.client()?;
        Ok(Self {
            client,
            sandbox: Some(sandbox),
            description,
        })
    }

    /// Returns the client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns one sentence that names the service, for the terminal.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// Stops the sandbox, if there is one.
    pub async fn stop(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.stop().await;
        }
    }
}

/// Returns whether a variable is set that [`Client::from_env`] reads to find the service. One alone leads to its error, which
/// names the others. The command and the tests have variables of the same prefix.
fn environment_names_a_service() -> bool {
    const NAMES: [&str; 6] = ["CLIENT", "API_KEY", "CERT", "KEY", "PKCS12", "BASE_URL"];
    NAMES
        .iter()
        .any(|name| std::env::var_os(format!("SPEKTRIX_{name}")).is_some())
}
