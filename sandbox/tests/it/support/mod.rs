//! HTTP clients for the tests, with any client certificate, and helpers to read and write like a visitor.

mod fault_setup;
mod raw_http2;
mod reader;
mod schema;
mod single_event;
mod visitor;

use std::sync::Arc;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use spektrix_v2_sandbox::Sandbox;

pub(crate) use fault_setup::{Received, Setup, VERSIONS};
pub(crate) use raw_http2::RawHttp2;
pub(crate) use reader::{Reader, TODAY, decode};
pub(crate) use schema::{Schema, has_validator, validation_errors};
pub(crate) use single_event::{single_event, write_data};
pub(crate) use visitor::{Visitor, amount, expect_refusal, sandbox, ticket};

/// The certificate that a client presents.
pub(crate) enum Presents<'a> {
    Nothing,
    Certificate { certificate_pem: &'a str, key_pem: &'a str },
}

/// Creates a client that trusts only the sandbox.
pub(crate) fn client(sandbox: &Sandbox, presents: &Presents<'_>) -> Client {
    Client::builder()
        .tls_backend_preconfigured(tls(sandbox, presents))
        .redirect(Policy::none())
        .no_proxy()
        // Tests look at the bytes as they were sent.
        .no_brotli()
        .no_deflate()
        .no_gzip()
        .build()
        .expect("a client")
}

/// Creates a client with a certificate that the sandbox accepts.
pub(crate) fn accepted_client(sandbox: &Sandbox) -> Client {
    let presents = Presents::Certificate {
        certificate_pem: sandbox.client_certificate_pem(),
        key_pem: sandbox.client_key_pem(),
    };
    client(sandbox, &presents)
}

/// Sends a request to `{base}{client}/api/v2/{path}`. The path can have a query. No API key is added.
pub(crate) async fn send(sandbox: &Sandbox, method: &str, path: &str) -> Response {
    let method: Method = method.parse().expect("a method");
    let request = accepted_client(sandbox).request(method, url(sandbox, path));
    request.send().await.expect("a response")
}

/// Sends a GET request with the API key. Returns status and body.
pub(crate) async fn get(sandbox: &Sandbox, path: &str) -> (StatusCode, String) {
    let separator = if path.contains('?') { '&' } else { '?' };
    let path = format!("{path}{separator}api_key={}", sandbox.api_key());
    let response = send(sandbox, "GET", &path).await;
    (response.status(), response.text().await.expect("a body"))
}

pub(crate) fn url(sandbox: &Sandbox, path: &str) -> String {
    format!("{}{}/api/v2/{path}", sandbox.base_url(), sandbox.client_name())
}

/// Returns a configuration for clients that only use plain HTTP.
pub(crate) fn plain_http() -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("protocol versions");
    config
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth()
}

fn tls(sandbox: &Sandbox, presents: &Presents<'_>) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots
        .add(certificate(&sandbox.ca_pem()))
        .expect("a certificate authority");
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_root_certificates(roots);
    let mut config = match presents {
        Presents::Nothing => config.with_no_client_auth(),
        Presents::Certificate {
            certificate_pem,
            key_pem,
        } => {
            let key = PrivateKeyDer::from_pem_slice(key_pem.as_bytes()).expect("a key");
            let chain = vec![certificate(certificate_pem)];
            config.with_client_auth_cert(chain, key).expect("a matching key")
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

fn certificate(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate")
}
