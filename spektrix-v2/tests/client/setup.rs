//! Settings of a client: which are valid, and which exclude each other.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use spektrix_v2::{Client, ClientBuilder};

use crate::authority::Authority;
use crate::errors::predicates;
use crate::operations::ListIds;
use crate::scripted::Scripted;
use crate::server::{Server, Setup, Then};

fn scripted() -> ClientBuilder {
    Scripted::default().builder()
}

fn local() -> ClientBuilder {
    Client::builder("venue")
        .api_key("test-k3y")
        .base_url("https://localhost/")
}

#[test]
fn invalid_settings_are_named() {
    let root = Authority::new("a root").root_pem();
    let cases: [(ClientBuilder, &[&str], &str); 16] = [
        (
            Client::builder("venue").transport(Scripted::default()),
            &["configuration"],
            "the API key is missing",
        ),
        (
            scripted().api_key("test-k3y\n"),
            &["configuration"],
            "the API key has whitespace around it",
        ),
        (
            scripted().api_key("7"),
            &["configuration"],
            "the API key has fewer than 8 characters",
        ),
        (
            scripted().api_key("é234567"),
            &["configuration"],
            "the API key has fewer than 8 characters",
        ),
        (
            scripted().api_key("k3\ry"),
            &["configuration"],
            "the API key has whitespace around it",
        ),
        (
            scripted().user_agent("two\nlines"),
            &["configuration"],
            "the user agent is not a valid header value",
        ),
        (
            scripted().max_in_flight(0),
            &["configuration"],
            "the limit of requests in flight is 0",
        ),
        (
            scripted().base_url("http://gateway.example/"),
            &["configuration"],
            "the base URL is not https",
        ),
        (
            scripted().trust_only(&root),
            &["configuration"],
            "`trust_only`, `connect_timeout`, `proxy`, `http1_only` or",
        ),
        (
            scripted().proxy("http://localhost:3128"),
            &["configuration"],
            "`trust_only`, `connect_timeout`, `proxy`, `http1_only` or",
        ),
        (
            local().proxy("https://localhost:3128"),
            &["configuration"],
            "the address of the proxy is not valid",
        ),
        (
            local().proxy("http://"),
            &["configuration"],
            "the address of the proxy is not valid",
        ),
        (
            scripted().connect_timeout(Duration::from_secs(1)),
            &["configuration"],
            "`trust_only`, `connect_timeout`, ",
        ),
        (
            Client::builder("a/b").api_key("test-k3y"),
            &["configuration"],
            "the client name is not valid",
        ),
        (
            Client::builder("venue").api_key("test-k3y"),
            &["certificate", "configuration"],
            "the client certificate is missing",
        ),
        (
            Client::builder("venue")
                .api_key("test-k3y")
                .base_url("https://localhost/")
                .trust_only("no PEM"),
            &["configuration"],
            "there is no certificate in the PEM of the trusted roots: pass one or more root certificates in PEM form",
        ),
    ];
    check(cases);
}

/// Values that a person sees to be wrong.
#[test]
fn settings_that_cannot_be_right_are_refused() {
    check([
        (
            scripted().api_key("\"k3y-w0rd\""),
            &["configuration"],
            "the API key has a quotation mark around it: look at how",
        ),
        (
            scripted().api_key("${SPEKTRIX_API_KEY}"),
            &["configuration"],
            "the API key is the name of a variable",
        ),
        (
            scripted().api_key("<your key>"),
            &["configuration"],
            "the API key is a placeholder",
        ),
        (
            scripted().api_key("k3y\u{200B}w0rd"),
            &["configuration"],
            "the API key contains an invisible character",
        ),
        (
            scripted().base_url("https://gateway.example/venue/api/v2/"),
            &["configuration"],
            "the base URL contains the path of the API, which is added to it",
        ),
        (
            scripted().timeout(Duration::ZERO),
            &["configuration"],
            "`timeout` is zero",
        ),
        (
            scripted().attempt_timeout(Duration::ZERO),
            &["configuration"],
            "`attempt_timeout` is zero",
        ),
    ]);
}

fn check<const N: usize>(cases: [(ClientBuilder, &[&str], &str); N]) {
    for (builder, names, line) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!(predicates(&error), names, "{error}");
        assert!(error.to_string().starts_with(line), "{error}");
        assert!(error.hint().is_some(), "{error}");
        assert_eq!(error.operation(), None);
    }
}

#[test]
fn the_built_in_transport_needs_no_server_to_be_built() {
    let authority = Authority::new("a root");
    let builder = Client::builder("venue")
        .api_key("test-k3y")
        .identity(authority.client());
    builder
        .trust_only(authority.root_pem())
        .connect_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
}

#[test]
fn the_built_in_transport_shows_its_settings_only() {
    let shown = Arc::<Mutex<String>>::default();
    let show = Arc::clone(&shown);
    let builder = local()
        .connect_timeout(Duration::from_secs(7))
        .http1_only()
        .proxy("http://venue:pa55word@localhost:3128");
    let builder = builder.wrap_transport(move |transport| {
        *show.lock().unwrap() = format!("{transport:?}");
        transport
    });
    builder.build().unwrap();
    let shown = shown.lock().unwrap();
    assert!(shown.contains("connect_timeout: 7s, http1_only: true"), "{shown}");
    assert!(!shown.contains("pa55word"), "{shown}");
}

#[test]
fn an_api_key_of_eight_characters_is_long_enough() {
    scripted().api_key("é2345678").build().unwrap();
}

#[test]
fn errors_about_roots_name_the_line() {
    let authority = Authority::new("a root");
    let (root, key) = (
        authority.root_pem(),
        authority.client_pem((2000, 1, 1), (2500, 1, 1)).key,
    );
    let lines = root.lines().count();
    let cases = [
        (
            String::new(),
            "there is no certificate in the PEM of the trusted roots: pass one or more root certificates".to_owned(),
        ),
        (
            key.clone(),
            "there is no certificate in the PEM of the trusted roots: pass one or more root certificates".to_owned(),
        ),
        (
            key.replace("PRIVATE KEY", "CERTIFICATE"),
            "the certificate in line 1 of the PEM of the trusted roots cannot be read: look at it with".to_owned(),
        ),
        (
            format!("{root}{}", root.replace("END CERT", "END X509 CERT")),
            format!(
                "the PEM of the trusted roots is damaged: the section that begins in line {} ends with another label",
                lines + 1
            ),
        ),
        (
            root.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
            "there is no certificate in the PEM of the trusted roots: `TRUSTED CERTIFICATE` is a format of OpenSSL only"
                .to_owned(),
        ),
        (
            "\u{30}\u{1}\u{2}".to_owned(),
            "there is no certificate in the PEM of the trusted roots: it is a binary file: convert it to PEM with".to_owned(),
        ),
    ];
    for (roots, line) in cases {
        let error = local().trust_only(&roots).build().unwrap_err();
        assert_eq!(predicates(&error), ["configuration"], "{error}");
        assert!(error.to_string().starts_with(&line), "{error}");
    }
}

/// If a root were skipped, a later error would have a less helpful message.
#[tokio::test]
async fn every_root_of_a_bundle_is_trusted() {
    let [first, second] = ["first", "second"].map(Authority::new);
    let joined = format!("{}{}", first.root_pem().trim_end(), second.root_pem());
    let response = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events><Event id=\"1\"/></Events>");
    for authority in [&first, &second] {
        let server = Server::start(Setup::new(authority, response)).await;
        let builder = server.builder().trust_only(&joined).identity(authority.client());
        assert_eq!(
            builder.build().unwrap().send(ListIds::default()).await.unwrap().len(),
            1
        );
    }
}

#[test]
fn an_expired_certificate_is_refused_by_its_date() {
    let authority = Authority::new("a root");
    let cases = [
        (
            (2020, 1, 1),
            (2021, 3, 1),
            "the client certificate expired on 2021-03-01: ask Spektrix support for a new one",
        ),
        (
            (2500, 1, 1),
            (2501, 1, 1),
            "the client certificate is not valid before 2500-01-01: wait until then",
        ),
    ];
    for (from, until, line) in cases {
        let builder = Client::builder("venue")
            .api_key("test-k3y")
            .identity(authority.client_valid(from, until));
        let error = builder.build().unwrap_err();
        assert_eq!(predicates(&error), ["certificate", "configuration"]);
        assert!(error.to_string().starts_with(line), "{error}");
    }
}
