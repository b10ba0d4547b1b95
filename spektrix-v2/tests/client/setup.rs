//! Setting up a client: which settings go together.

use std::time::Duration;

use spektrix_v2::{Client, ClientBuilder};

use crate::authority::Authority;
use crate::errors::predicates;
use crate::scripted::Scripted;

fn scripted() -> ClientBuilder {
    Scripted::default().builder()
}

fn local() -> ClientBuilder {
    Client::builder("venue").api_key("k3y").base_url("https://localhost/")
}

#[test]
fn mistakes_are_named() {
    let root = Authority::new("a root").root_pem();
    let cases: [(ClientBuilder, &[&str], &str); 14] = [
        (
            Client::builder("venue").transport(Scripted::default()),
            &["configuration"],
            "the API key is missing",
        ),
        (
            scripted().api_key("k3y\n"),
            &["configuration"],
            "the API key has blanks around it",
        ),
        (
            scripted().api_key("k3\ry"),
            &["configuration"],
            "the API key has blanks around it",
        ),
        (
            scripted().user_agent("two\nlines"),
            &["configuration"],
            "the user agent is no value of a header",
        ),
        (
            scripted().max_in_flight(0),
            &["configuration"],
            "no request may be in flight",
        ),
        (
            scripted().base_url("http://gateway.example/"),
            &["configuration"],
            "the base URL is not https",
        ),
        (
            scripted().trust_only(&root),
            &["configuration"],
            "`trust_only`, `connect_timeout` or `proxy` is set together",
        ),
        (
            scripted().proxy("http://localhost:3128"),
            &["configuration"],
            "`trust_only`, `connect_timeout` or `proxy` is set together",
        ),
        (
            local().proxy("https://localhost:3128"),
            &["configuration"],
            "the proxy's address is not one",
        ),
        (
            local().proxy("http://"),
            &["configuration"],
            "the proxy's address is not one",
        ),
        (
            scripted().connect_timeout(Duration::from_secs(1)),
            &["configuration"],
            "`trust_only`, `connect_timeout` or",
        ),
        (
            Client::builder("a/b").api_key("k3y"),
            &["configuration"],
            "the client name is not one",
        ),
        (
            Client::builder("venue").api_key("k3y"),
            &["certificate", "configuration"],
            "the client certificate is missing",
        ),
        (
            Client::builder("venue")
                .api_key("k3y")
                .base_url("https://localhost/")
                .trust_only("no PEM"),
            &["configuration"],
            "the roots to trust cannot be read: there is no certificate in them",
        ),
    ];
    for (builder, names, line) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!(predicates(&error), names, "{error}");
        assert!(error.to_string().starts_with(line), "{error}");
        assert!(error.hint().is_some(), "{error}");
        assert_eq!(error.operation(), None);
    }
}

#[test]
fn the_built_in_transport_is_set_up_without_a_server() {
    let authority = Authority::new("a root");
    let builder = Client::builder("venue").api_key("k3y").identity(authority.client());
    builder
        .trust_only(authority.root_pem())
        .connect_timeout(Duration::from_secs(1))
        .build()
        .unwrap();
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
            .api_key("k3y")
            .identity(authority.client_valid(from, until));
        let error = builder.build().unwrap_err();
        assert_eq!(predicates(&error), ["certificate", "configuration"]);
        assert!(error.to_string().starts_with(line), "{error}");
    }
}
