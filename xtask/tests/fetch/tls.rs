//! https, with and without a client certificate.

use std::fs;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::RootCertStore;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;

use crate::page_server::PageServer;
use crate::small_site;
use crate::trial::Trial;

/// An authority, and what it signed for a server and a client.
struct Papers {
    ca: CertifiedIssuer<'static, KeyPair>,
    server: (rcgen::Certificate, KeyPair),
    client: (rcgen::Certificate, KeyPair),
}

impl Papers {
    fn draw_up() -> anyhow::Result<Self> {
        let mut params = CertificateParams::new([])?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, "test authority");
        let ca = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        let signed = |name: &str| -> anyhow::Result<_> {
            let key = KeyPair::generate()?;
            let certificate = CertificateParams::new([name.to_owned()])?.signed_by(&key, &ca)?;
            Ok((certificate, key))
        };
        Ok(Self {
            server: signed("127.0.0.1")?,
            client: signed("venue")?,
            ca,
        })
    }

    /// A server that lets in nobody without a certificate of the authority.
    fn server_config(&self, strict: bool) -> anyhow::Result<rustls::ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (certificate, key) = &self.server;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let builder =
            rustls::ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
        let builder = if strict {
            let mut roots = RootCertStore::empty();
            roots.add(self.ca.as_ref().der().clone())?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        Ok(builder.with_single_cert(vec![certificate.der().clone()], key)?)
    }

    /// A trial with the papers on disk beside its folder.
    async fn trial(&self, strict: bool) -> anyhow::Result<(Trial, PageServer)> {
        let server = PageServer::start_tls(small_site::pages(), self.server_config(strict)?).await?;
        let mut trial = Trial::new(&server)?;
        let file = |name: &str, text: &str| {
            let path = trial.options.out.with_file_name(name);
            fs::write(&path, text).map(|()| path)
        };
        let ca = file("ca.pem", &self.ca.as_ref().pem())?;
        let cert = file("cert.pem", &format!("\u{feff}{}", self.client.0.pem()))?;
        let key = file("key.pem", &self.client.1.serialize_pem())?;
        trial.options.tls.ca = Some(ca);
        trial.options.tls.identity = Some((cert, key));
        Ok((trial, server))
    }
}

#[tokio::test]
async fn a_client_certificate_opens_the_door() -> anyhow::Result<()> {
    let (trial, _server) = Papers::draw_up()?.trial(true).await?;
    let summary = trial.fetch().await?.to_string();
    assert!(summary.contains("3 operations, 6 pages"), "{summary}");
    Ok(())
}

#[tokio::test]
async fn https_alone_needs_none() -> anyhow::Result<()> {
    let (mut trial, _server) = Papers::draw_up()?.trial(false).await?;
    trial.options.tls.identity = None;
    trial.fetch().await?;
    assert_eq!(trial.text("GetEvents/response.xml"), "<Events/>");
    Ok(())
}

#[tokio::test]
async fn a_missing_certificate_is_hinted_at() -> anyhow::Result<()> {
    let (mut trial, server) = Papers::draw_up()?.trial(true).await?;
    trial.options.tls.identity = None;
    let error = trial.error(&server).await;
    assert!(
        error.contains("help feed: GET https://HOST/venue/api/v2/help failed"),
        "{error}"
    );
    assert!(error.contains("--cert and --key"), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_unknown_authority_is_refused() -> anyhow::Result<()> {
    let (trial, server) = Papers::draw_up()?.trial(false).await?;
    fs::write(
        trial.options.out.with_file_name("ca.pem"),
        Papers::draw_up()?.ca.as_ref().pem(),
    )?;
    let error = trial.error(&server).await;
    assert!(error.contains("failed in TLS: invalid peer certificate"), "{error}");
    assert!(!error.contains("tries"), "another try cannot help: {error}");
    Ok(())
}

#[tokio::test]
async fn unusable_files_are_named() -> anyhow::Result<()> {
    let papers = Papers::draw_up()?;
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let other_key = KeyPair::generate()?.serialize_pem();
    let rows = [
        ("ca.pem", "", "ca.pem: it holds no CERTIFICATE"),
        ("cert.pem", &other_key, "cert.pem: it holds no CERTIFICATE"),
        (
            "cert.pem",
            "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n",
            "cert.pem: a section is not base64",
        ),
        ("key.pem", encrypted, "key.pem: it holds no unencrypted PRIVATE KEY"),
        ("key.pem", &other_key, "do not belong together"),
    ];
    for (file, text, expected) in rows {
        let (trial, server) = papers.trial(true).await?;
        fs::write(trial.options.out.with_file_name(file), text)?;
        let error = trial.error(&server).await;
        assert!(error.contains(expected), "{error}\nlacks\n{expected}");
        assert_eq!(server.requests(), Vec::<String>::new());
    }
    Ok(())
}
