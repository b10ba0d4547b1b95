//! Tests of what the built-in transport knows about handshakes, and of a client certificate that is renewed.

use rustls::version::{TLS12, TLS13};
use spektrix_v2::Identity;

use crate::authority::Authority;
use crate::operations::ListIds;
use crate::server::{Server, Setup, Then};

const NO_EVENTS: Then = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n<Events/>");
const NOT_REQUESTED: &str = "the server did not ask for the client certificate";

#[tokio::test]
async fn a_server_that_never_asks_is_recognized() {
    let page = Then::Respond(
        "HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 40\r\n\r\nHTTP Error 403.7: SSL certificate needed",
    );
    let authority = Authority::new("a root");
    for version in [&TLS12, &TLS13] {
        for then in [Then::Close, page] {
            let setup = Setup {
                version,
                asks_for_certificate: false,
                ..Setup::new(&authority, then)
            };
            let server = Server::start(setup).await;
            let client = server.builder().identity(authority.client()).build().unwrap();
            let error = client.send(ListIds::default()).await.unwrap_err();
            assert!(error.hint().unwrap().starts_with(NOT_REQUESTED), "{error}");
        }
    }
}

/// The same failure before and after the first response.
#[tokio::test]
async fn a_server_that_has_responded_accepts_the_certificate() {
    let authority = Authority::new("a root");
    for version in [&TLS12, &TLS13] {
        let setup = |then| Setup {
            version,
            ..Setup::new(&authority, then)
        };
        let closing = Server::start(setup(Then::Close)).await;
        let client = closing.builder().identity(authority.client()).build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert!(error.hint().unwrap().contains("client certificate"), "{error}");
    }
    let once = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n<Events/>";
    let server = Server::start(Setup::new(&authority, Then::RespondOnce(once))).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    client.send(ListIds::default()).await.unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert!(!error.hint().unwrap().contains("certificate"), "{error}");
}

#[tokio::test]
async fn a_renewed_certificate_is_presented_on_new_connections() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, NO_EVENTS)).await;
    let foreign = Authority::new("another root").client();
    let client = server.builder().identity(foreign).build().unwrap();
    let clone = client.clone();
    client.send(ListIds::default()).await.unwrap_err();
    let renewed = authority.client();
    client.set_identity(renewed.clone()).unwrap();
    assert_eq!(clone.identity().unwrap().thumbprint(), renewed.thumbprint());
    clone.send(ListIds::default()).await.unwrap();
    assert_eq!(server.seen(|seen| seen.client_certificates), 1);
    // Each replacement counts.
    client.set_identity(Authority::new("another root").client()).unwrap();
    client.send(ListIds::default()).await.unwrap_err();
    client.set_identity(renewed).unwrap();
    client.send(ListIds::default()).await.unwrap();
}

#[tokio::test]
async fn a_certificate_that_cannot_be_used_replaces_none() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, NO_EVENTS)).await;
    let first = authority.client();
    let builder = server.builder().identity(first.clone()).require_matching_identity();
    let client = builder.build().unwrap();
    let expired = authority.client_valid((2020, 1, 1), (2021, 1, 1));
    let other = named(&authority, "another-venue");
    for (identity, message) in [
        (expired, "the client certificate expired on"),
        (
            other,
            "the client certificate was issued to `another-venue`, and the client name is `venue`",
        ),
    ] {
        let error = client.set_identity(identity).unwrap_err();
        assert!(
            error.is_certificate() && error.to_string().starts_with(message),
            "{error}"
        );
    }
    assert_eq!(client.identity().unwrap().thumbprint(), first.thumbprint());
}

#[tokio::test]
async fn a_transport_of_ones_own_has_its_own_certificate() {
    let transport = crate::scripted::Scripted::default();
    let error = transport
        .client()
        .set_identity(Authority::new("a root").client())
        .unwrap_err();
    assert!(
        error.is_configuration() && error.to_string().contains("its own transport"),
        "{error}"
    );
}

#[tokio::test]
async fn another_name_than_the_client_name_is_noticed() {
    let authority = Authority::new("a root");
    let page = "HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start(Setup::new(&authority, Then::Respond(page))).await;
    let builder = |name| server.builder().identity(named(&authority, name));
    let error = builder("other")
        .build()
        .unwrap()
        .send(ListIds::default())
        .await
        .unwrap_err();
    let hint = "the client certificate was issued to `other`, which is not the client name. Check that the API key";
    assert!(error.hint().unwrap().starts_with(hint), "{error}");
    let error = builder("VENUE")
        .build()
        .unwrap()
        .send(ListIds::default())
        .await
        .unwrap_err();
    assert!(error.hint().unwrap().starts_with("check that the API key"), "{error}");
    let error = builder("other").require_matching_identity().build().unwrap_err();
    assert!(error.is_certificate(), "{error}");
}

fn named(authority: &Authority, name: &str) -> Identity {
    let issued = authority.client_named(name);
    Identity::from_pem(issued.certificate, issued.key).unwrap()
}
