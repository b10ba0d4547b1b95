//! Whom to ask: the service that the environment names, or a sandbox of our own.

use std::path::PathBuf;

use spektrix_v2::Client;
use spektrix_v2_sandbox::Sandbox;

/// A client, and the sandbox behind it if we started one.
pub(crate) struct Service {
    client: Client,
    sandbox: Option<Sandbox>,
    description: String,
}

impl Service {
    /// Chooses the service, and starts the sandbox if it is that.
    pub(crate) async fn open(replay: Option<PathBuf>) -> anyhow::Result<Self> {
        if let Some(folder) = replay {
            let description = format!("Replaying {} through the sandbox.", folder.display());
            return Self::of_sandbox(Sandbox::builder().replay(folder).start().await?, description);
        }
        if environment_names_a_service() {
            let (client, sandbox) = (Client::from_env()?, None);
            return Ok(Self {
                client,
                sandbox,
                description: "Asking the service that SPEKTRIX_* names.".to_owned(),
            });
        }
        let description = "No SPEKTRIX_* in the environment: asking the sandbox, a fictional venue.".to_owned();
        Self::of_sandbox(Sandbox::start().await?, description)
    }

    fn of_sandbox(sandbox: Sandbox, description: String) -> anyhow::Result<Self> {
        let client = sandbox.client()?;
        Ok(Self {
            client,
            sandbox: Some(sandbox),
            description,
        })
    }

    /// The client to ask with.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Who answers, for the person at the terminal.
    pub(crate) fn description(&self) -> &str {
        &self.description
    }

    /// Ends the sandbox, if we started one.
    pub(crate) async fn close(self) {
        if let Some(sandbox) = self.sandbox {
            sandbox.stop().await;
        }
    }
}

/// Whether any variable of ours is set. That of the tests, for recorded bodies, names no service.
fn environment_names_a_service() -> bool {
    let mut names = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    names.any(|name| name.starts_with("SPEKTRIX_") && name != "SPEKTRIX_RECORDED")
}
