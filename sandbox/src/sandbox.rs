//! The handle of a running sandbox: what a client needs to reach it, and its end.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use spektrix_v2::{Client, Identity};

use crate::builder::SandboxBuilder;
use crate::certificates::{Authority, ClientCertificate, ClientCertificateBuilder};
use crate::environment;
use crate::files::CertificateFiles;
use crate::server::Server;
use crate::service::Service;
use crate::start_error::StartError;
use crate::state;
use crate::tls::TlsSwitch;

/// A running stand-in for the Spektrix API v2, on loopback.
///
/// Dropping it ends it: connections are cut, the port is closed, the folder with the certificates is removed. Use
/// [`stop`](Self::stop) to let requests in flight finish first.
pub struct Sandbox {
    pub(crate) authority: Arc<Authority>,
    pub(crate) client: ClientCertificate,
    pub(crate) files: CertificateFiles,
    pub(crate) service: Arc<Service>,
    pub(crate) server: Server,
    pub(crate) control: Option<Server>,
    pub(crate) tls: Arc<TlsSwitch>,
}

impl Sandbox {
    /// Starts an ordinary sandbox on a free port.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Starts with other settings.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    /// The root of the service, `https://127.0.0.1:{port}/`: what precedes `{client}/api/v2`.
    pub fn base_url(&self) -> String {
        format!("https://127.0.0.1:{}/", self.port())
    }

    /// A client of this sandbox, with the certificate and the key that it accepts.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// let events = sandbox.client()?.events().limit(3).await?;
    /// assert_eq!(events.len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn client(&self) -> Result<Client, spektrix_v2::Error> {
        let identity = Identity::from_pem(self.client_certificate_pem(), self.client_key_pem())?;
        Client::builder(self.client_name())
            .api_key(self.api_key())
            .identity(identity)
            .base_url(self.base_url())
            .trust_only(self.ca_pem())
            .build()
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.server.port()
    }

    /// Where the control endpoint is, `http://127.0.0.1:{port}/`, if [there is one](SandboxBuilder::control). A GET there
    /// lists what it has.
    pub fn control_url(&self) -> Option<String> {
        let control = self.control.as_ref()?;
        Some(format!("http://127.0.0.1:{}/", control.port()))
    }

    /// The system name of the venue, the first part of every path.
    pub fn client_name(&self) -> &str {
        &self.service.client_name
    }

    /// The API key that is accepted.
    pub fn api_key(&self) -> &str {
        &self.service.api_key
    }

    /// The certificate of the authority that a client must trust.
    pub fn ca_pem(&self) -> String {
        self.authority.pem()
    }

    /// The certificate that a client must show.
    pub fn client_certificate_pem(&self) -> &str {
        self.client.certificate_pem()
    }

    /// The key of the client's certificate.
    pub fn client_key_pem(&self) -> &str {
        self.client.key_pem()
    }

    /// The same three as files.
    pub fn files(&self) -> &CertificateFiles {
        &self.files
    }

    /// Makes further client certificates, for tests of what is refused.
    pub fn client_certificate_builder(&self) -> ClientCertificateBuilder<'_> {
        ClientCertificateBuilder::new(&self.authority, self.client_name())
    }

    /// The environment that a client needs, by name, in a fixed order. The API key is among the values.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        environment::of(self)
    }

    /// The environment for a shell, a line `NAME='value'` for each.
    pub fn environment_lines(&self) -> String {
        environment::lines(&self.environment())
    }

    /// Writes the environment to a new file that only its owner can read, as [lines](Self::environment_lines).
    ///
    /// Shells read such a file with `set -a; . FILE; set +a`. An existing file is an error.
    pub fn write_environment(&self, path: impl AsRef<Path>) -> io::Result<()> {
        environment::write(self, path.as_ref())
    }

    /// The session that the sandbox starts with: the value of a cookie `SessionId` for which there is a basket.
    ///
    /// Unlike those that visitors begin, it does not expire. A sandbox that replays recorded bodies has no baskets.
    pub fn seeded_session_id(&self) -> &str {
        state::SEEDED
    }

    /// The password of every customer that the sandbox starts with.
    pub fn seeded_password(&self) -> &'static str {
        state::SEEDED_PASSWORD
    }

    /// Closes the port, and gives requests in flight up to five seconds to finish.
    pub async fn stop(self) {
        if let Some(control) = self.control {
            control.stop().await;
        }
        self.server.stop().await;
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.base_url())
            .field("client_name", &self.client_name())
            .finish_non_exhaustive()
    }
}
