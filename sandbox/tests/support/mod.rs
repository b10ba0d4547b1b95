//! A client for the tests, with the certificate it is told to show, and the sandbox it talks to.
#![allow(dead_code, unused_imports, reason = "every test binary uses its own part")]

mod reader;
mod schema;
mod validator;

use std::sync::Arc;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use spektrix_v2_sandbox::Sandbox;

pub(crate) use reader::{Reader, TODAY, decode};
pub(crate) use schema::{Schema, document};
pub(crate) use validator::{has_validator, problems};

/// What the client shows of itself.
pub(crate) enum Shows<'a> {
    Nothing,
    Certificate { certificate_pem: &'a str, key_pem: &'a str },
}

/// A client that trusts the sandbox and nobody else.
pub(crate) fn client(sandbox: &Sandbox, shows: &Shows<'_>) -> Client {
    Client::builder()
        .tls_backend_preconfigured(tls(sandbox, shows))
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}

/// A client with the sandbox's own certificate.
pub(crate) fn rightful_client(sandbox: &Sandbox) -> Client {
    let shows = Shows::Certificate {
        certificate_pem: sandbox.client_certificate_pem(),
        key_pem: sandbox.client_key_pem(),
    };
    client(sandbox, &shows)
}

/// Sends a request to `{base}{client}/api/v2/{path}`, which may have a query; nothing is added to it.
pub(crate) async fn send(sandbox: &Sandbox, method: &str, path: &str) -> Response {
    let method: Method = method.parse().expect("a method");
    let request = rightful_client(sandbox).request(method, url(sandbox, path));
    request.send().await.expect("an answer")
}

/// GET with the right key added: status and body.
pub(crate) async fn get(sandbox: &Sandbox, path: &str) -> (StatusCode, String) {
    let separator = if path.contains('?') { '&' } else { '?' };
    let path = format!("{path}{separator}api_key={}", sandbox.api_key());
    let response = send(sandbox, "GET", &path).await;
    (response.status(), response.text().await.expect("a body"))
}

pub(crate) fn url(sandbox: &Sandbox, path: &str) -> String {
    format!("{}{}/api/v2/{path}", sandbox.base_url(), sandbox.client_name())
}

/// For a client that speaks no TLS at all.
pub(crate) fn no_tls() -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("protocol versions");
    config
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth()
}

fn tls(sandbox: &Sandbox, shows: &Shows<'_>) -> ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots
        .add(certificate(&sandbox.ca_pem()))
        .expect("a certificate authority");
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_root_certificates(roots);
    let mut config = match shows {
        Shows::Nothing => config.with_no_client_auth(),
        Shows::Certificate {
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
