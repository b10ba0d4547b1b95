//! The built-in transport against a real server: certificates, and connections that fail.

use std::time::Duration;

use http::StatusCode;
use rustls::version::{TLS12, TLS13};
use spektrix_v2::{DecodeErrorKind, DecodeOptions, Error, EventId, Identity};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::authority::Authority;
use crate::errors::predicates;
use crate::operations::ListIds;
use crate::server::{Server, Setup, Then};

const ONE_EVENT: Then = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events><Event id=\"1\"/></Events>");

async fn error_from(server: &Server, identity: Option<Identity>) -> Error {
    let builder = match identity {
        Some(identity) => server.builder().identity(identity),
        None => server.builder(),
    };
    builder.build().unwrap().send(ListIds::default()).await.unwrap_err()
}

/// Returns the error of a call with a valid certificate.
async fn error_when(then: Then) -> Error {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, then)).await;
    error_from(&server, Some(authority.client())).await
}

#[tokio::test]
async fn client_and_server_present_their_certificates() {
    for version in [&TLS12, &TLS13] {
        let authority = Authority::new("a root");
        let server = Server::start(Setup {
            version,
            ..Setup::new(&authority, ONE_EVENT)
        })
        .await;
        let client = server.builder().identity(authority.client()).build().unwrap();
        assert_eq!(client.send(ListIds::default()).await.unwrap(), [EventId::new(1)]);
        assert_eq!(server.seen(|seen| seen.client_certificates), 1);
        let request = server.seen(|seen| seen.requests[0].clone());
        assert!(
            request.starts_with("GET /venue/api/v2/events?api_key=test-k3y HTTP/1.1\r\n"),
            "{request}"
        );
        for absent in ["referer", "cookie"] {
            assert!(!request.to_ascii_lowercase().contains(absent), "{request}");
        }
    }
}

#[tokio::test]
async fn a_refused_certificate_is_reported_or_hinted_at() {
    let year_3000 = 32_503_680_000;
    let authority = Authority::new("a root");
    let foreign = || Some(Authority::new("another root").client());
    for version in [&TLS12, &TLS13] {
        let cases = [
            ("missing", None, 1_800_000_000),
            ("foreign", foreign(), 1_800_000_000),
            ("expired by the server's clock", Some(authority.client()), year_3000),
        ];
        for (why, identity, clock) in cases {
            let setup = Setup {
                version,
                clock,
                ..Setup::new(&authority, ONE_EVENT)
            };
            let server = Server::start(setup).await;
            let error = error_from(&server, identity).await;
            let context = format!("{why}, {version:?}: {error}");
            assert!(error.is_connect(), "{context}");
            // With TLS 1.3 it may show only as a closed connection.
            assert!(error.is_certificate() || version.version != TLS12.version, "{context}");
            assert!(error.hint().unwrap().contains("client certificate"), "{context}");
            assert_eq!(server.seen(|seen| seen.requests.len()), 0, "{context}");
        }
    }
}

/// HTTP/2 keeps only the message of the alert, and with TLS 1.3 the alert arrives when the client is already sending.
#[tokio::test]
async fn a_refused_certificate_is_reported_over_http_2() {
    let authority = Authority::new("a root");
    let foreign = Authority::new("another root").client();
    for version in [&TLS12, &TLS13] {
        for (why, identity) in [("missing", None), ("foreign", Some(foreign.clone()))] {
            let setup = Setup {
                version,
                protocols: &["h2"],
                ..Setup::new(&authority, Then::RespondOverHttp2(200))
            };
            let server = Server::start(setup).await;
            let error = error_from(&server, identity).await;
            let context = format!("{why}, {version:?}: {error}");
            assert_eq!(predicates(&error), ["certificate", "connect"], "{context}");
            let line = "the server did not accept the client certificate (";
            assert!(error.to_string().contains(line), "{context}");
        }
    }
}

#[tokio::test]
async fn an_expired_certificate_is_not_sent() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, ONE_EVENT)).await;
    let expired = authority.client_valid((2020, 1, 1), (2021, 1, 1));
    assert!(server.builder().identity(expired).build().unwrap_err().is_certificate());
    assert_eq!(server.seen(|seen| seen.connections), 0);
}

#[tokio::test]
async fn a_server_that_is_not_trusted_gets_no_request() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, ONE_EVENT)).await;
    let builder = server.builder().trust_only(Authority::new("another root").root_pem());
    let client = builder.identity(authority.client()).build().unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["connect"]);
    assert!(
        error.to_string().contains("the server's certificate was not accepted"),
        "{error}"
    );
    assert!(error.hint().unwrap().contains("`ClientBuilder::trust_only`"), "{error}");
    assert_eq!(server.seen(|seen| seen.requests.len()), 0);
}

#[tokio::test]
async fn http_2_is_offered() {
    let authority = Authority::new("a root");
    let setup = Setup {
        protocols: &["h2"],
        ..Setup::new(&authority, Then::Close)
    };
    let server = Server::start(setup).await;
    error_from(&server, Some(authority.client())).await;
    assert_eq!(server.seen(|seen| seen.protocol.clone()).as_deref(), Some("h2"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let authority = Authority::new("a root");
    let found =
        "HTTP/1.1 302 Found\r\nlocation: https://localhost:1/venue?api_key=test-k3y\r\ncontent-length: 0\r\n\r\n";
    let server = Server::start(Setup::new(&authority, Then::Respond(found))).await;
    let error = error_from(&server, Some(authority.client())).await;
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert!(
        error
            .to_string()
            .contains("a redirect to localhost: redirects are not followed"),
        "{error}"
    );
    assert_eq!(server.seen(|seen| seen.connections), 1);
}

#[tokio::test]
async fn a_connection_closed_early_hints_at_the_certificate() {
    let error = error_when(Then::Close).await;
    assert_eq!(predicates(&error), ["connect"], "{error}");
    assert!(
        error
            .to_string()
            .contains("the connection was closed before the response"),
        "{error}"
    );
    assert!(error.hint().unwrap().contains("client certificate"), "{error}");
}

/// What a server does with a connection before TLS.
#[derive(Debug, Clone, Copy)]
enum Before {
    Close,
    /// Closes with unread data, which resets the connection.
    Reset,
    RespondInPlainText,
    Hang,
}

async fn error_before_tls(before: Before) -> Error {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        let (connection, _) = listener.accept().await.unwrap();
        fail_before_tls(connection, before).await;
    });
    let authority = Authority::new("a root");
    let builder = spektrix_v2::Client::builder("venue")
        .api_key("test-k3y")
        .base_url(address);
    let builder = builder.trust_only(authority.root_pem()).identity(authority.client());
    let builder = builder
        .retry(spektrix_v2::Retry::none())
        .connect_timeout(Duration::from_millis(200));
    builder.build().unwrap().send(ListIds::default()).await.unwrap_err()
}

async fn fail_before_tls(mut connection: TcpStream, before: Before) {
    match before {
        Before::Close => {
            // Everything is read first, so that closing does not reset the connection.
            let mut greeting = [0; 4096];
            connection.readable().await.unwrap();
            connection.try_read(&mut greeting).unwrap();
        }
        Before::Reset => connection.readable().await.unwrap(),
        Before::RespondInPlainText => {
            let refusal = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
            connection.write_all(refusal).await.unwrap();
            connection.shutdown().await.unwrap();
            tokio::io::copy(&mut connection, &mut tokio::io::sink()).await.ok();
        }
        Before::Hang => std::future::pending().await,
    }
}

#[tokio::test]
async fn connections_that_fail_before_tls_are_classified() {
    let closed = "the connection was closed before the response";
    let cases: [(Before, &[&str], &str); 4] = [
        (Before::Close, &["connect"], closed),
        (Before::Reset, &["connect"], closed),
        (
            Before::RespondInPlainText,
            &["connect"],
            "the server does not use TLS on this port",
        ),
        (
            Before::Hang,
            &["connect", "timeout"],
            "no connection could be made in time",
        ),
    ];
    for (before, names, line) in cases {
        let error = error_before_tls(before).await;
        assert_eq!(predicates(&error), names, "{before:?}: {error}");
        assert!(error.to_string().contains(line), "{before:?}: {error}");
        assert!(!error.to_string().contains("k3y"), "{error}");
    }
}

#[tokio::test]
async fn a_server_certificate_for_another_name_has_its_hint() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, ONE_EVENT)).await;
    let client = server
        .builder_by_address()
        .identity(authority.client())
        .build()
        .unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["connect"], "{error}");
    assert!(
        error.to_string().contains("the server's certificate was not accepted"),
        "{error}"
    );
    assert!(error.hint().unwrap().contains("name"), "{error}");
    assert_eq!(server.seen(|seen| seen.requests.len()), 0);
}

#[tokio::test]
async fn a_connection_closed_in_the_response_is_classified() {
    let error = error_when(Then::Respond("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<Events>")).await;
    assert_eq!(predicates(&error), ["connect"], "{error}");
    assert!(
        error
            .to_string()
            .contains("the connection was closed in the middle of the response"),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_never_responds_times_out() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Hang)).await;
    let builder = server
        .builder()
        .identity(authority.client())
        .timeout(Duration::from_millis(50));
    let error = builder.build().unwrap().send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["timeout"], "{error}");
}

#[tokio::test]
async fn an_endless_body_fails_at_the_limit() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Flood)).await;
    let options = DecodeOptions::default().max_bytes(100_000);
    let builder = server.builder().identity(authority.client()).decode_options(options);
    let error = builder.build().unwrap().send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["decode"], "{error}");
    assert!(
        matches!(error.decode_error().unwrap().kind(), DecodeErrorKind::Limit(_)),
        "{error}"
    );
}

#[tokio::test]
async fn a_closed_port_is_a_connection_error() {
    let port = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, ONE_EVENT)).await;
    let builder = server.builder().base_url(format!("https://127.0.0.1:{port}/"));
    let error = builder.build().unwrap().send(ListIds::default()).await.unwrap_err();
    assert_eq!(predicates(&error), ["connect"], "{error}");
    assert!(error.to_string().contains("no connection could be made ("), "{error}");
    assert!(!error.to_string().contains("k3y"), "{error}");
}

/// The server violates HTTP in the headers: neither TLS nor a certificate is the cause.
#[tokio::test]
async fn headers_that_cannot_be_read_have_their_own_error() {
    for headers in [
        "HTTP/1.1 200 OK\r\nX Powered By: ASP\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx-name: a\0b\r\n\r\n",
    ] {
        let error = error_when(Then::Respond(headers)).await;
        assert_eq!(predicates(&error), ["connect"], "{error}");
        let text = error.to_string();
        assert!(
            text.contains("the headers of the response cannot be read ("),
            "{headers}: {text}"
        );
        assert!(!text.contains("certificate"), "{text}");
    }
}

/// A client that is kept in a static, as the tests of a program often do.
#[test]
fn a_client_survives_the_runtime_of_its_connections() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let authority = Authority::new("a root");
    // The server has its own runtime, which stays.
    let (for_server, first, second) = (runtime(), runtime(), runtime());
    let setup = Setup {
        protocols: &["h2"],
        ..Setup::new(&authority, Then::RespondOverHttp2(204))
    };
    let server = for_server.block_on(Server::start(setup));
    let client = server.builder().identity(authority.client()).build().unwrap();
    let call = || async { client.call(ListIds::default()).raw().await };
    std::thread::scope(|scope| {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        scope.spawn(|| for_server.block_on(stopped));
        first.block_on(call()).unwrap();
        drop(first);
        if let Err(error) = second.block_on(call()) {
            assert!(!error.to_string().contains("certificate"), "{error}");
            second.block_on(call()).unwrap();
        }
        drop(stop);
    });
}
