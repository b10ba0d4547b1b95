//! The handle of a running sandbox: how it is started and stopped, and what a client needs to connect to it.

use std::fmt;
use std::io;
use std::path::Path;

use spektrix_v2::iframe::Site;
use spektrix_v2::{Client, ClientBuilder, Identity};

use crate::builder::SandboxBuilder;
use crate::error::StartError;
use crate::files::{self, CertificateFiles, variable};
use crate::start::{self, Running};
use crate::state::{SEEDED_PASSWORD, SEEDED_SESSION_ID};
use crate::tls::{ClientCertificate, ClientCertificateBuilder};

/// A running sandbox on loopback.
///
/// Dropping it closes the port, ends all connections, and removes the folder with the certificates. Use
/// [`stop`](Self::stop) to let requests in flight finish first.
pub struct Sandbox {
    pub(crate) running: Running,
}

impl SandboxBuilder {
    /// Starts the sandbox. Needs a tokio runtime with I/O and time enabled.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let running = start::start(&self).await?;
        Ok(Sandbox { running })
    }
}

impl Sandbox {
    /// Starts a sandbox with default settings on a free port.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Returns a builder to start a sandbox with other settings.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    /// Returns the base URL `https://127.0.0.1:{port}/`, which precedes `{client}/api/v2`.
    pub fn base_url(&self) -> String {
        format!("https://127.0.0.1:{}/", self.port())
    }

    /// Creates a client for this sandbox, with a certificate and an API key that it accepts.
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
        self.client_builder()?.build()
    }

    /// Returns a builder for a client of this sandbox, to change other settings, such as time limits and retries.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    ///
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// let client = sandbox.client_builder()?.timeout(Duration::from_secs(2)).build()?;
    /// assert_eq!(client.bands().all().await?.len(), 5);
    /// # Ok(())
    /// # }
    /// ```
    pub fn client_builder(&self) -> Result<ClientBuilder, spektrix_v2::Error> {
        self.builder_for(self.client_name(), self.api_key(), &self.running.client)
    }

    /// Returns a builder for a client of one of the venues.
    pub(crate) fn builder_for(
        &self,
        client_name: &str,
        api_key: &str,
        certificate: &ClientCertificate,
    ) -> Result<ClientBuilder, spektrix_v2::Error> {
        let identity = Identity::from_pem(certificate.certificate_pem(), certificate.key_pem())?;
        Ok(Client::builder(client_name)
            .api_key(api_key)
            .identity(identity)
            .base_url(self.base_url())
            .site_url(self.site_url())
            .trust_only(self.ca_pem()))
    }

    /// Returns the pages for browsers: the payment page, and plain versions of the service's booking pages.
    /// [`Client::site`] of a client of this sandbox returns the same.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use spektrix_v2::iframe::WebPage;
    ///
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// let client = sandbox.client()?;
    /// let instances = client.instances().all().await?;
    /// let instance = instances.iter().find(|instance| instance.is_on_sale).expect("an instance");
    /// // Open this URL in a browser, or put the frame in a page of your website.
    /// println!("{}", sandbox.site()?.page(WebPage::ChooseSeats(instance.id)).url());
    /// # Ok(())
    /// # }
    /// ```
    pub fn site(&self) -> Result<Site, spektrix_v2::Error> {
        Site::with_base_url(self.client_name(), &self.site_url())
    }

    /// Returns the URL before the client name in the URLs of pages: `http://127.0.0.1:{port}/`.
    ///
    /// The pages are at `http://localhost:{port}/`, too. To a browser, these are two sites, whatever the ports. If your
    /// website is on `localhost`, this URL shows what happens in a frame on another site, and `localhost` what happens with a
    /// custom domain.
    pub fn site_url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.running.pages.port())
    }

    /// Returns the port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.running.server.port()
    }

    /// Returns the URL of the control endpoint, `http://127.0.0.1:{port}/`, if [there is one](SandboxBuilder::control). A
    /// GET request to it lists what the endpoint can do.
    pub fn control_url(&self) -> Option<String> {
        let control = self.running.control.as_ref()?;
        Some(format!("http://127.0.0.1:{}/", control.port()))
    }

    /// Returns the client name, which is the first part of every path.
    pub fn client_name(&self) -> &str {
        &self.running.service.client_name
    }

    /// Returns the API key that is accepted.
    pub fn api_key(&self) -> &str {
        &self.running.service.api_key
    }

    /// Returns the certificate of the authority that a client must trust, as PEM.
    pub fn ca_pem(&self) -> String {
        self.running.authority.pem()
    }

    /// Returns the certificate that a client must present, as PEM.
    pub fn client_certificate_pem(&self) -> &str {
        self.running.client.certificate_pem()
    }

    /// Returns the key of the client certificate, as PEM.
    pub fn client_key_pem(&self) -> &str {
        self.running.client.key_pem()
    }

    /// Returns the paths of the same three as files.
    pub fn files(&self) -> &CertificateFiles {
        &self.running.files
    }

    /// Returns a builder for further client certificates, for tests of certificates that are refused.
    pub fn client_certificate_builder(&self) -> ClientCertificateBuilder<'_> {
        ClientCertificateBuilder::new(&self.running.authority, self.client_name())
    }

    /// Returns the environment variables that a client needs, in a fixed order. The API key is one of the values.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let path = |path: &Path| path.display().to_string();
        let files = self.files();
        let mut environment = vec![
            (variable::CLIENT, self.client_name().to_owned()),
            (variable::API_KEY, self.api_key().to_owned()),
            (variable::CERT, path(files.certificate())),
            (variable::KEY, path(files.key())),
            (variable::CA, path(files.ca())),
            (variable::BASE_URL, self.base_url()),
            (variable::SITE_URL, self.site_url()),
        ];
        environment.extend(self.control_url().map(|url| (variable::CONTROL, url)));
        environment.extend(files.venues().map(|file| (variable::VENUES, path(file))));
        environment
    }

    /// Returns the environment for a shell, with a line `NAME='value'` for each variable.
    pub fn environment_lines(&self) -> String {
        files::environment_lines(&self.environment())
    }

    /// Writes the [environment](Self::environment_lines) to a file that only its owner can read.
    ///
    /// Shells read it with `set -a; . FILE; set +a`. A file that an earlier sandbox wrote is replaced.
    ///
    /// # Errors
    /// Returns [`AlreadyExists`](io::ErrorKind::AlreadyExists) if there is any other file.
    pub fn write_environment(&self, path: impl AsRef<Path>) -> io::Result<()> {
        files::write_environment(path.as_ref(), &self.environment())
    }

    /// Returns the id of the session that the sandbox starts with, which has a basket.
    ///
    /// It is the value of a cookie `SessionId`. The session does not expire. A sandbox that replays recorded bodies has no
    /// baskets.
    pub fn seeded_session_id(&self) -> &str {
        SEEDED_SESSION_ID
    }

    /// Returns the password of every customer that the sandbox starts with.
    pub fn seeded_password(&self) -> &'static str {
        SEEDED_PASSWORD
    }

    /// Stops the sandbox. Closes the port, and waits up to five seconds for requests in flight.
    pub async fn stop(self) {
        if let Some(control) = self.running.control {
            control.stop().await;
        }
        self.running.pages.stop().await;
        self.running.server.stop().await;
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
