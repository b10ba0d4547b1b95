//! The table of operations with faults: the error of each operation names the failure.

use spektrix_v2::{Call, Client, Effect, Error, Operation, Retry, SessionId};
use spektrix_v2_sandbox::Fault;

use crate::caller::Caller;
use crate::every_operation::assert_whole;
use crate::table;
use crate::venue::Venue;

/// Requires that every call fails, and checks its error.
struct Fails<C> {
    check: C,
    seen: Vec<&'static str>,
}

impl<C: Fn(&Error)> Caller for Fails<C> {
    async fn call<O: Operation + 'static>(&mut self, call: Call<O>) {
        match call.send().await {
            Err(error) => (self.check)(&error),
            Ok(_) => panic!("{} succeeded", O::INFO.name),
        }
        self.seen.push(O::INFO.name);
    }
}

async fn all_fail(venue: &Venue, client: &Client, check: impl Fn(&Error)) {
    let session = client.resume_session(SessionId::new(venue.sandbox.seeded_session_id()).unwrap());
    let mut fails = Fails {
        check,
        seen: Vec::new(),
    };
    table::every_operation(client, &session, &mut fails).await;
    assert_whole(&fails.seen);
}

fn says(error: &Error, what: &str) {
    let name = error.operation().unwrap();
    assert!(error.to_string().starts_with(&format!("{name}: ")), "{error}");
    assert!(error.to_string().contains(what), "{error}");
}

#[tokio::test]
async fn with_a_wrong_key() {
    let venue = Venue::open().await;
    let client = venue.client_with(|builder| builder.api_key("wr0ng-key"));
    all_fail(&venue, &client, |error| {
        assert!(error.is_unauthorized() && !error.may_have_been_applied(), "{error}");
        assert_eq!(error.attempts(), 1);
        says(error, "check the API key");
    })
    .await;
    let asked = format!("{:?}", venue.asked());
    assert!(!asked.contains("wr0ng-key"));
}

#[tokio::test]
async fn with_a_service_that_fails() {
    let venue = Venue::open().await;
    venue
        .sandbox
        .inject(Fault::Status {
            status: 500,
            retry_after: None,
        })
        .unwrap();
    all_fail(&venue, &venue.client(), |error| {
        let name = error.operation().unwrap();
        let info = spektrix_v2::operations::ALL
            .iter()
            .find(|info| info.name == name)
            .unwrap();
        assert!(error.is_server(), "{error}");
        assert_eq!(error.attempts(), 1);
        assert_eq!(error.may_have_been_applied(), info.effect == Effect::Write, "{error}");
        // An outage is not about the operation.
        assert!(!error.is_retired(), "{error}");
    })
    .await;
}

/// A maintenance notice with status 200.
#[tokio::test]
async fn with_a_web_page_instead_of_a_response() {
    struct Pages(Vec<&'static str>);

    impl Caller for Pages {
        async fn call<O: Operation + 'static>(&mut self, call: Call<O>) {
            self.0.push(O::INFO.name);
            let error = call.send().await.err().unwrap();
            assert!(error.is_decode(), "{error}");
            assert_eq!(
                error.may_have_been_applied(),
                O::INFO.effect == Effect::Write,
                "{error}"
            );
            says(&error, "the body is an HTML page, not XML");
        }
    }

    let venue = Venue::open().await;
    venue.sandbox.inject(Fault::HtmlPage { status: 200 }).unwrap();
    let client = venue.client();
    let session = client.resume_session(SessionId::new(venue.sandbox.seeded_session_id()).unwrap());
    let mut pages = Pages(Vec::new());
    table::every_operation(&client, &session, &mut pages).await;
    assert_whole(&pages.0);
}

/// Only reads are retried.
#[tokio::test]
async fn with_a_connection_that_breaks() {
    let venue = Venue::open().await;
    venue.sandbox.inject(Fault::Reset).unwrap();
    let quick = Retry::new().attempts(2).base_delay(std::time::Duration::ZERO);
    let client = venue.client_with(|builder| builder.retry(quick));
    all_fail(&venue, &client, |error| {
        let name = error.operation().unwrap();
        let info = spektrix_v2::operations::ALL
            .iter()
            .find(|info| info.name == name)
            .unwrap();
        let is_write = info.effect == Effect::Write;
        assert!(error.is_connect(), "{error}");
        assert_eq!(error.attempts(), if is_write { 1 } else { 2 }, "{error}");
        assert_eq!(error.may_have_been_applied(), is_write, "{error}");
    })
    .await;
}
