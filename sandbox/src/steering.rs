//! What a test does with a running sandbox: moves its clock, looks at what it was asked, has it go wrong, begins anew.

use std::time::Duration;

use crate::faults::{FaultId, InjectError, InjectedFault, Injection};
use crate::log::RecordedRequest;
use crate::sandbox::Sandbox;
use crate::start_error::StartError;
use crate::state::Mail;
use crate::tls::TlsSettings;

impl Sandbox {
    /// Puts the sandbox's clock forward, so that sessions expire and documents get ready without waiting.
    ///
    /// The clock starts at noon of [the venue's day](crate::SandboxBuilder::today), and otherwise goes as real time does.
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
}
