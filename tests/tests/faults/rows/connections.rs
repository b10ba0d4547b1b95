//! Connections that one side refuses, or that cannot be made.

use spektrix_v2::{ClientBuilder, Identity};
use spektrix_v2_sandbox::{ClientCertificate, ClientPolicy, ServerCertificate};

use super::Cause::{Client, Server};
use super::Row;
use crate::expected::{Failure, fails};
use crate::venue::Venue;

/// A port without a listener.
const NOBODY: &str = "https://127.0.0.1:1/";

pub(super) fn rows() -> Vec<Row> {
    let untrusted = fails(&[&["connect"]], 1..=1, &["the server's certificate is not trusted"]);
    let misnamed = fails(&[&["connect"]], 1..=1, &["for another name"]);
    let nobody = fails(&[&["connect"]], 3..=3, &["check the base URL, the DNS"]);
    let unauthorized = fails(&[&["unauthorized"]], 1..=1, &["check the API key"]);
    let expired = fails(
        &[&["certificate", "configuration"]],
        0..=0,
        &["ask Spektrix support for a new one"],
    );
    vec![
        server(
            "an expired server certificate",
            |tls| tls.server_certificate(ServerCertificate::Expired),
            &untrusted,
        ),
        server(
            "the name of another server",
            |tls| tls.server_certificate(ServerCertificate::OtherName),
            &misnamed,
        ),
        server(
            "a server of a foreign authority",
            |tls| tls.server_certificate(ServerCertificate::ForeignAuthority),
            &untrusted,
        ),
        Row::new(
            "refused as expired",
            Server(|tls| tls.clients(ClientPolicy::RefusedAsExpired)),
            refused(),
            refused().with_uncertain_outcome(),
        ),
        Row::new(
            "refused as revoked",
            Server(|tls| tls.clients(ClientPolicy::RefusedAsRevoked)),
            refused(),
            refused().with_uncertain_outcome(),
        ),
        Row::new(
            "refused as unknown",
            Server(|tls| tls.clients(ClientPolicy::RefusedAsUnknown)),
            refused(),
            refused().with_uncertain_outcome(),
        ),
        Row::new(
            "no certificate",
            Client(|_, builder| builder),
            refused(),
            refused().with_uncertain_outcome(),
        ),
        Row::new(
            "a certificate of a foreign authority",
            Client(with_foreign_certificate),
            refused(),
            refused().with_uncertain_outcome(),
        ),
        Row::new(
            "an expired certificate",
            Client(with_expired_certificate),
            expired.clone(),
            expired,
        ),
        Row::new(
            "a key of another venue",
            Client(|venue, builder| builder.identity(venue.identity()).api_key("another-key")),
            unauthorized.clone(),
            unauthorized,
        ),
        Row::new(
            "no listener",
            Client(|venue, builder| builder.identity(venue.identity()).base_url(NOBODY)),
            nobody.clone(),
            nobody.once(),
        ),
    ]
}

fn server(name: &'static str, change: fn(super::TlsSettings) -> super::TlsSettings, expected: &Failure) -> Row {
    Row::new(name, Server(change), expected.clone(), expected.clone())
}

/// With TLS 1.3 the refusal arrives after the handshake, and the reason may be lost: then the call is retried.
fn refused() -> Failure {
    fails(
        &[&["certificate", "connect"], &["connect"]],
        1..=3,
        &["client certificate"],
    )
}

fn with_foreign_certificate(venue: &Venue, builder: ClientBuilder) -> ClientBuilder {
    let foreign = venue.sandbox.client_certificate_builder().from_foreign_authority();
    builder.identity(identity(&foreign.issue().unwrap()))
}

fn with_expired_certificate(venue: &Venue, builder: ClientBuilder) -> ClientBuilder {
    builder.identity(identity(
        &venue.sandbox.client_certificate_builder().expired().issue().unwrap(),
    ))
}

fn identity(certificate: &ClientCertificate) -> Identity {
    Identity::from_pem(certificate.certificate_pem(), certificate.key_pem()).unwrap()
}
