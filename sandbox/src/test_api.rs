//! What tests do with a running sandbox: faults, the request log, the clock, emails, TLS, and resets.

use std::time::Duration;

use crate::custom_data::{EditError, VenueData};
use crate::error::StartError;
use crate::faults::{FaultId, InjectError, InjectedFault, Injection};
use crate::request_log::RecordedRequest;
use crate::sandbox::Sandbox;
use crate::state::Mail;
use crate::tls::TlsSettings;

impl Sandbox {
    /// Advances the clock of the sandbox, so that sessions expire and documents become ready without waiting.
    ///
    /// The clock starts at noon of [the venue's date](crate::SandboxBuilder::today), and runs in real time.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    ///
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// // After eleven minutes, all sessions of visitors have expired, and their seats are free again.
    /// sandbox.advance(Duration::from_secs(11 * 60));
    /// # Ok(())
    /// # }
    /// ```
    pub fn advance(&self, by: Duration) {
        if let Some(live) = self.running.service.backend.venue() {
            live.advance(by);
        }
    }

    /// Edits the lists of the venue while the sandbox runs: titles, times, prices, attributes, what is on sale, new and
    /// removed objects.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = spektrix_v2_sandbox::Sandbox::start().await?;
    /// let client = sandbox.client()?;
    /// sandbox.edit(|venue| {
    ///     if let Some(event) = venue.event_mut(7001) {
    ///         event.name = "A new title".to_owned();
    ///     }
    ///     venue.events.retain(|event| event.id.get() != 7004);
    /// })?;
    /// let events = client.events().all().await?;
    /// assert_eq!((events.len(), events[0].name.as_str()), (63, "A new title"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Of [several venues](crate::SandboxBuilder::venues), this edits the first. [`VenueHandle::edit`](crate::VenueHandle::edit)
    /// edits any of them.
    ///
    /// A request sees the venue as it was before the edit or after it, never between. The same edits in the same order
    /// give the same bodies. [`reset`](Self::reset) undoes all of them.
    ///
    /// - References to removed objects are removed, and so are objects that cannot exist without them: the instances of
    ///   a removed event, the statuses of a removed instance. Any other reference to an object that does not exist is an
    ///   error, and so is a reference of a new object to a removed one.
    /// - Instances without a status get 100 free seats in each plan that has no parts. The status of an instance whose
    ///   plan was changed is replaced in the same way.
    /// - Removed tickets and merchandise are removed from baskets. Other items in baskets keep their prices until they
    ///   are changed. Orders stay as they are, and their related data still have removed events and instances.
    ///
    /// # Errors
    /// Returns an error, and changes nothing, if an id occurs twice or if a reference is dangling. A sandbox that
    /// [replays recorded bodies](crate::SandboxBuilder::replay) also returns an error if a list was changed that was not
    /// recorded, or if a recorded list cannot be decoded. References to lists that were not recorded are not checked, and
    /// neither are objects that had a dangling reference in the recording.
    pub fn edit(&self, change: impl FnOnce(&mut VenueData)) -> Result<(), EditError> {
        self.running.service.backend.edit(|venue| {
            change(venue);
            Ok(())
        })
    }

    /// Returns the emails that the service would have sent to customers, oldest first: new passwords, and confirmations
    /// of orders. The last 10,000 are kept. Of several venues, these are the emails of the first.
    pub fn outbox(&self) -> Vec<Mail> {
        let live = self.running.service.backend.venue();
        live.map(|live| live.state().outbox.to_vec()).unwrap_or_default()
    }

    /// Returns the requests that arrived, oldest first, without the API key. The last 10,000 are kept, or fewer if they
    /// are large.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.running.service.log.to_vec()
    }

    /// Returns the requests for one operation, by its name on the help feed.
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
        self.running.service.log.for_operation(operation)
    }

    /// Clears the log of requests.
    pub fn clear_requests(&self) {
        self.running.service.log.clear();
    }

    /// Injects a fault.
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
    /// let error = client.events().await.expect_err("the response is a web page");
    /// assert!(error.is_decode());
    /// assert_eq!(client.events().await?.len(), 10);
    /// assert_eq!(sandbox.fault(fault).map(|fault| (fault.matched, fault.fired)), Some((2, 1)));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// If several faults fire for one request, all of them are applied, in the order in which they were injected.
    ///
    /// # Errors
    /// Returns an error for a fault that could never fire, such as one on an operation that does not exist, and if there
    /// are 1,000 faults already.
    pub fn inject(&self, fault: impl Into<Injection>) -> Result<FaultId, InjectError> {
        self.running.service.inject(fault.into())
    }

    /// Returns the injected faults with their counts, including those that no longer fire.
    pub fn faults(&self) -> Vec<InjectedFault> {
        self.running.service.faults.list()
    }

    /// Returns an injected fault, unless it was removed.
    pub fn fault(&self, id: FaultId) -> Option<InjectedFault> {
        self.running.service.faults.get(id)
    }

    /// Removes a fault. Returns it with its counts, if there was one.
    pub fn remove_fault(&self, id: FaultId) -> Option<InjectedFault> {
        self.running.service.faults.remove(id)
    }

    /// Removes all faults. Responses that are being sent do not change.
    pub fn clear_faults(&self) {
        self.running.service.faults.clear();
    }

    /// Returns the TLS settings.
    pub fn tls(&self) -> TlsSettings {
        self.running.tls.settings()
    }

    /// Changes the TLS settings for new connections.
    ///
    /// Open connections are closed when the requests on them have finished. A client may notice that late. A client that
    /// is created afterwards always gets the new settings.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use spektrix_v2_sandbox::{Sandbox, ServerCertificate, TlsSettings};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.set_tls(TlsSettings::default().server_certificate(ServerCertificate::Expired))?;
    /// let error = sandbox.client()?.events().await.expect_err("the certificate has expired");
    /// assert!(error.to_string().contains("server's certificate"), "{error}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_tls(&self, settings: TlsSettings) -> Result<(), StartError> {
        self.running.tls.set(settings)
    }

    /// Resets everything to how it was at the start: the lists of the venue, customers, baskets, orders, seats, the clock and TLS. Removes all
    /// faults, recorded requests and emails.
    ///
    /// Use it between tests that share a sandbox. Requests in flight are not stopped.
    pub fn reset(&self) -> Result<(), StartError> {
        self.running.service.reset();
        self.running.tls.reset()
    }
}
