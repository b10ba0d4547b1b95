//! Tests of the log of a call, at every level and of every library: it contains no query and no secret.

use spektrix_v2::SessionId;

use crate::authority::Authority;
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};
use crate::server::{Server, Setup, Then};
use spektrix_v2_test_support::canary::Log;

#[tokio::test]
async fn a_call_is_logged_without_its_secrets() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let authority = Authority::new("a root");
    let then = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events><Event id=\"1\"/></Events>");
    let server = Server::start(Setup::new(&authority, then)).await;
    let builder = server.builder().api_key("Tr4c3Key").identity(authority.client());
    let client = builder.build().unwrap();
    let session = client.resume_session(SessionId::new("Tr4c3Session").unwrap());
    let code = Some("Tr4c3Code".to_owned());
    let operation = ListIds {
        code,
        ..ListIds::default()
    };
    session.send(operation).await.unwrap();

    let text = log.take();
    let span = "spektrix.request otel.kind=\"client\" http.request.method=\"GET\" url.template=\"events\" \
                http.request.resend_count=0 spektrix.operation=\"GetEvents\"\n";
    assert!(text.contains(span), "{text}");
    assert!(text.contains("record http.response.status_code=200\n"), "{text}");
    assert!(text.contains("record http.response.body.size=32\n"), "{text}");
    assert!(text.contains("record spektrix.elapsed_ms="), "{text}");
    assert!(
        text.contains("hyper"),
        "the log has lines of the libraries below: {text}"
    );
    assert!(!text.contains("Tr4c3"), "{text}");
}

#[tokio::test]
async fn a_failure_is_logged_without_its_secrets() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([Reply::status(401, "no such key: Tr4c3Key")]);
    let client = transport.builder().api_key("Tr4c3Key").build().unwrap();
    client.send(ListIds::default()).await.unwrap_err();
    let text = log.take();
    let event = "error=401 Unauthorized (\"no such key: ***\")";
    assert!(text.contains(event), "{text}");
    assert!(text.contains("record error.type=\"refused\"\n"), "{text}");
    assert!(text.contains("record otel.status_code=\"ERROR\"\n"), "{text}");
    assert!(!text.contains("Tr4c3"), "{text}");
}
