//! Connections that succeed and fail in every way, with the logs of every crate at the lowest level.

use std::time::Duration;

use rustls::version::{TLS12, TLS13};
use spektrix_v2::ClientBuilder;
use spektrix_v2::operations::AuthenticateCustomer;

use super::{API_KEY, PROXY_PASSWORD, SESSION, assert_log_unseen, assert_silent, credentials, listen, session};
use crate::authority::Authority;
use crate::operations::ListIds;
use crate::proxy::Proxy;
use crate::server::{Server, Setup, Then};

const ECHO: &str = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\nset-cookie: SessionId=Sw4nL8dT'z/+x==\r\n\r\n\
                    the cookie was Sw4nL8dT'z/+x==";
const REDIRECT: &str = "HTTP/1.1 302 Found\r\nlocation: https://localhost:1/?api_key=Kq7vX2mP%20y%2B%2F%261%C3%A9%3C%22z\r\n\
                        content-length: 0\r\n\r\n";
const BROKEN: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<Events>";
const NO_HTTP: &str = "SessionId=Sw4nL8dT'z/+x==\r\n\r\n";

#[tokio::test]
async fn no_connection_shows_a_secret() {
    let log = listen();
    let authority = Authority::new("a root");
    let thens = [
        Then::Respond(ECHO),
        Then::Respond(REDIRECT),
        Then::Respond(BROKEN),
        Then::Respond(NO_HTTP),
        Then::RespondOverHttp2(500),
        Then::RespondOverHttp2(302),
        Then::Close,
        Then::HangUp,
        Then::Hang,
    ];
    for then in thens {
        for version in [&TLS12, &TLS13] {
            let setup = Setup {
                version,
                protocols: if matches!(then, Then::RespondOverHttp2(_)) {
                    &["h2"]
                } else {
                    &["http/1.1"]
                },
                ..Setup::new(&authority, then)
            };
            let server = Server::start(setup).await;
            // The response of the server matters only if it accepts the client.
            let builders = builders(&server, &authority);
            let count = if matches!(then, Then::Close) { 4 } else { 1 };
            for builder in builders.into_iter().take(count) {
                let session = session(builder.timeout(Duration::from_millis(300)));
                assert_silent(&session.send(ListIds::default()).await.unwrap_err(), "a list");
                let sign_in = AuthenticateCustomer::new(credentials());
                assert_silent(&session.send(sign_in).await.unwrap_err(), "signing in");
            }
        }
    }
    let text = log.text();
    for library in ["hyper", "reqwest", "h2"] {
        assert!(text.contains(library), "the log of {library} is recorded");
    }
    assert_log_unseen(log);
}

/// Clients that the server accepts or refuses, and one that refuses the server.
fn builders(server: &Server, authority: &Authority) -> [ClientBuilder; 4] {
    let other = Authority::new("another root");
    [
        server.builder().identity(authority.client()),
        server.builder().identity(other.client()),
        server.builder(),
        server.builder_by_address().identity(authority.client()),
    ]
}

#[tokio::test]
async fn no_connection_through_a_proxy_shows_a_secret() {
    let log = listen();
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Respond(ECHO))).await;
    for refusal in [
        None,
        Some("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
        Some("Vb5gHk8J2mXw\r\n\r\n"),
    ] {
        let proxy = Proxy::start(refusal).await;
        let builder = server.builder().identity(authority.client());
        let session = session(builder.proxy(proxy.address(PROXY_PASSWORD)));
        let error = session.send(ListIds::default()).await.unwrap_err();
        assert_eq!(error.status().is_some(), refusal.is_none(), "{error}");
        assert_silent(&error, "through a proxy");
        assert_eq!(proxy.seen().len(), 1);
    }
    assert_log_unseen(log);
}

/// What the server receives proves that the secrets could have been shown.
#[tokio::test]
async fn only_the_server_gets_the_secrets() {
    let log = listen();
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Respond(REDIRECT))).await;
    let session = session(server.builder().identity(authority.client()));
    let error = session.send(ListIds::default()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302, "the redirect was not followed");
    let requests = server.seen(|seen| seen.requests.clone());
    assert_eq!(requests.len(), 1);
    assert!(
        requests[0].contains("api_key=Kq7vX2mP%20y%2B%2F%261%C3%A9%3C%22z"),
        "{requests:?}"
    );
    assert!(
        requests[0].contains(SESSION) && !requests[0].contains(API_KEY),
        "{requests:?}"
    );
    assert!(!requests[0].to_ascii_lowercase().contains("referer"), "{requests:?}");
    assert_log_unseen(log);
}
