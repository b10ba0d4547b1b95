//! Faults of connections and of HTTP/2, frame by frame.

use std::time::Duration;

use h2::Reason;
use spektrix_v2_sandbox::{Fault, HttpVersions, Sandbox};

use crate::support::{RawHttp2, Setup};

async fn connected(fault: Fault) -> (Sandbox, RawHttp2) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mut connection = RawHttp2::connect(&sandbox).await;
    assert_eq!(connection.get(&sandbox, "bands").await.expect("a response"), 200);
    sandbox.inject(fault.times(1)).expect("a valid fault");
    (sandbox, connection)
}

/// Returns which requests were processed.
fn statuses(sandbox: &Sandbox) -> Vec<Option<u16>> {
    sandbox.requests().iter().map(|request| request.status).collect()
}

#[tokio::test]
async fn a_stream_is_reset_with_its_reason() {
    let cases = [
        (Fault::RefuseStream, Reason::REFUSED_STREAM),
        (Fault::RequireHttp1, Reason::HTTP_1_1_REQUIRED),
    ];
    for (fault, reason) in cases {
        let (sandbox, mut connection) = connected(fault).await;
        let error = connection
            .get(&sandbox, "bands")
            .await
            .expect_err("the stream is reset");
        assert!(error.is_reset() && error.is_remote(), "{error:?}");
        assert_eq!(error.reason(), Some(reason));
        assert_eq!(
            connection.get(&sandbox, "bands").await.expect("the connection remains"),
            200
        );
        assert_eq!(statuses(&sandbox), [Some(200), None, Some(200)]);
    }
}

#[tokio::test]
async fn go_away_ends_the_connection() {
    let (sandbox, mut connection) = connected(Fault::GoAway { graceful: false }).await;
    let error = connection.get(&sandbox, "bands").await.expect_err("no response");
    assert!(error.is_go_away() && error.is_remote(), "{error:?}");
    assert_eq!(error.reason(), Some(Reason::NO_ERROR));
    assert_eq!(statuses(&sandbox), [Some(200), None]);
    let mut next = RawHttp2::connect(&sandbox).await;
    assert_eq!(next.get(&sandbox, "bands").await.expect("a new connection"), 200);
}

#[tokio::test]
async fn a_graceful_go_away_follows_the_response() {
    let (sandbox, mut connection) = connected(Fault::GoAway { graceful: true }).await;
    assert_eq!(connection.get(&sandbox, "bands").await.expect("a response"), 200);
    // A new request on this connection is either too late, or its stream is after the last one.
    let ended = tokio::time::timeout(Duration::from_secs(5), connection.end()).await;
    ended.expect("it ends").expect("without an error");
    assert_eq!(statuses(&sandbox), [Some(200), Some(200)]);
}

#[tokio::test]
async fn a_frozen_connection_does_not_respond_to_pings() {
    let (sandbox, mut connection) = connected(Fault::FreezeConnection).await;
    assert!(connection.ping(Duration::from_secs(5)).await, "it responds before");
    let response = tokio::time::timeout(Duration::from_millis(100), connection.get(&sandbox, "bands")).await;
    assert!(response.is_err(), "{response:?}");
    assert!(!connection.ping(Duration::from_millis(100)).await);
    let mut next = RawHttp2::connect(&sandbox).await;
    assert_eq!(next.get(&sandbox, "bands").await.expect("other connections work"), 200);
    let stopped = tokio::time::timeout(Duration::from_secs(2), sandbox.stop()).await;
    stopped.expect("a frozen connection does not delay the stop");
}

#[tokio::test]
async fn http1_requests_are_not_for_faults_of_http2() {
    let setup = Setup::new(HttpVersions::OnlyHttp1).await;
    for fault in [
        Fault::RefuseStream,
        Fault::RequireHttp1,
        Fault::GoAway { graceful: false },
    ] {
        let id = setup.sandbox.inject(fault).expect("a valid fault");
        assert_eq!(setup.request().await.status, Some(200));
        let fault = setup.sandbox.fault(id).expect("it was not removed");
        assert_eq!((fault.matched, fault.fired), (0, 0), "{fault:?}");
    }
}
