//! The handle of a running sandbox: what a client needs to reach it, what it was asked, and its end.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use spektrix_v2::{Client, Identity};

use crate::builder::SandboxBuilder;
use crate::certificates::{Authority, ClientCertificate, ClientCertificateBuilder};
use crate::environment;
use crate::faults::{FaultId, InjectError, InjectedFault, Injection};
use crate::files::CertificateFiles;
use crate::log::RecordedRequest;
use crate::server::Server;
use crate::service::Service;
use crate::start_error::StartError;
use crate::state::{self, Mail};
use crate::tls::{TlsSettings, TlsSwitch};

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

    /// Puts the sandbox's clock forward, so that sessions expire and documents get ready without waiting.
    ///
    /// The clock starts at noon of [the venue's day](SandboxBuilder::today), and otherwise goes as real time does.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    ///
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// // Eleven minutes later, every session that a visitor has begun is over, and its seats are free again.
    /// sandbox.advance(Duration::from_secs(11 * 60));
    /// # Ok(())
    /// # }
    /// ```
    pub fn advance(&self, by: Duration) {
        if let Some(world) = self.service.answers.world() {
            world.advance(by);
        }
    }

    /// What the service would have mailed to customers, oldest first: new passwords, and confirmations of orders. The
    /// last 10,000 of them.
    pub fn outbox(&self) -> Vec<Mail> {
        let world = self.service.answers.world();
        world.map(|world| world.state().outbox.to_vec()).unwrap_or_default()
    }

    /// The requests that arrived, oldest first, without the API key; the last 10,000 of them, or fewer if they are large.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.service.log.to_vec()
    }

    /// Those of them for one operation, by its name on the help feed.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// sandbox.client()?.events().limit(3).await?;
    /// let [request] = &sandbox.requests_for("GetEvents")[..] else { panic!("one request") };
    /// assert_eq!((request.query.as_str(), request.status), ("limit=3", Some(200)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn requests_for(&self, operation: &str) -> Vec<RecordedRequest> {
        self.service.log.of(operation)
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.service.log.clear();
    }

    /// Has something go wrong from now on.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use spektrix_v2_sandbox::{Fault, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let fault = sandbox.inject(Fault::HtmlPage { status: 200 }.on("GetEvents").times(1))?;
    ///
    /// let client = sandbox.client()?;
    /// let error = client.events().await.expect_err("that was a web page");
    /// assert!(error.is_decode());
    /// assert_eq!(client.events().await?.len(), 10);
    /// assert_eq!(sandbox.fault(fault).map(|fault| (fault.matched, fault.fired)), Some((2, 1)));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Several faults that strike one request add up, in the order in which they were injected.
    ///
    /// # Errors
    /// Refuses a fault that could never fire, such as one on an operation that does not exist, and more than 1,000 of
    /// them.
    pub fn inject(&self, fault: impl Into<Injection>) -> Result<FaultId, InjectError> {
        self.service.faults.inject(fault.into())
    }

    /// The faults that were injected and not removed, whether they still fire or not, with their counts.
    pub fn faults(&self) -> Vec<InjectedFault> {
        self.service.faults.list()
    }

    /// One of them, if it is there.
    pub fn fault(&self, id: FaultId) -> Option<InjectedFault> {
        self.service.faults.get(id)
    }

    /// Takes a fault back. What it was and how often it fired, if it was there.
    pub fn remove_fault(&self, id: FaultId) -> Option<InjectedFault> {
        self.service.faults.remove(id)
    }

    /// Takes all faults back. Answers that are on their way go on as they began.
    pub fn clear_faults(&self) {
        self.service.faults.clear();
    }

    /// How it meets its clients before there is any request.
    pub fn tls(&self) -> TlsSettings {
        self.tls.settings()
    }

    /// Changes how it meets its clients, from the next connection on.
    ///
    /// Open connections end when the requests on them are answered. A client may notice that late: one that is made
    /// afterwards is sure to meet the new settings.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use spektrix_v2_sandbox::{Sandbox, ServerCertificate, TlsSettings};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.set_tls(TlsSettings::default().server_certificate(ServerCertificate::Expired))?;
    /// let error = sandbox.client()?.events().await.expect_err("it has expired");
    /// assert!(error.to_string().contains("server's certificate"), "{error}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_tls(&self, settings: TlsSettings) -> Result<(), StartError> {
        self.tls.set(settings)
    }

    /// Sets everything back to how it was at the start, as if nobody had ever asked: customers, baskets, orders, seats, the
    /// clock, TLS; no faults, no requests, no mails.
    ///
    /// For tests that take turns with one sandbox. Whatever is still on its way is answered in between.
    pub fn reset(&self) -> Result<(), StartError> {
        self.service.reset();
        self.tls.reset()
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
