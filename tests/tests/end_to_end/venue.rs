//! A sandbox with a fixed date, so that snapshots contain the same dates in every run.

use jiff::civil::{Date, date};
use spektrix_v2::{Client, ClientBuilder, Identity};
use spektrix_v2_sandbox::{RecordedRequest, Sandbox, SandboxBuilder};

/// The day.
pub(crate) const TODAY: Date = date(2031, 3, 5);

pub(crate) struct Venue {
    pub(crate) sandbox: Sandbox,
}

impl Venue {
    pub(crate) async fn open() -> Self {
        Self::open_with(|builder| builder).await
    }

    pub(crate) async fn open_with(setup: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Self {
        let builder = Sandbox::builder().today(TODAY);
        let sandbox = setup(builder).start().await.unwrap();
        Self { sandbox }
    }

    pub(crate) fn client(&self) -> Client {
        self.sandbox.client().unwrap()
    }

    /// Returns a client with other settings.
    pub(crate) fn client_with(&self, setup: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        let sandbox = &self.sandbox;
        let identity = Identity::from_pem(sandbox.client_certificate_pem(), sandbox.client_key_pem()).unwrap();
        let builder = Client::builder(sandbox.client_name())
            .api_key(sandbox.api_key())
            .identity(identity)
            .base_url(sandbox.base_url())
            .trust_only(sandbox.ca_pem());
        setup(builder).build().unwrap()
    }

    /// Returns the requests so far.
    pub(crate) fn asked(&self) -> Vec<RecordedRequest> {
        self.sandbox.requests()
    }

    /// Returns the last request.
    pub(crate) fn asked_last(&self) -> RecordedRequest {
        self.asked().pop().unwrap()
    }
}
