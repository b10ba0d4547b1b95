//! https, with and without a client certificate.

use std::fs;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::RootCertStore;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;

use crate::fetch_test::FetchTest;
use crate::page_server::PageServer;
use crate::site;

/// A certificate authority with a server certificate and a client certificate.
struct TestPki {
    ca: CertifiedIssuer<'static, KeyPair>,
    server: (rcgen::Certificate, KeyPair),
    client: (rcgen::Certificate, KeyPair),
}

impl TestPki {
    fn generate() -> anyhow::Result<Self> {
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

    /// Returns the configuration of a server, which may require a client certificate.
    fn server_config(&self, requires_certificate: bool) -> anyhow::Result<rustls::ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (certificate, key) = &self.server;
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let builder =
            rustls::ServerConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
        let builder = if requires_certificate {
            let mut roots = RootCertStore::empty();
            roots.add(self.ca.as_ref().der().clone())?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build()?;
            builder.with_client_cert_verifier(verifier)
        } else {
            builder.with_no_client_auth()
        };
        Ok(builder.with_single_cert(vec![certificate.der().clone()], key)?)
    }

    /// Starts a server, and returns a test with the files next to its folder.
    async fn start(&self, requires_certificate: bool) -> anyhow::Result<(FetchTest, PageServer)> {
        let server = PageServer::start_tls(site::pages(), self.server_config(requires_certificate)?).await?;
        let mut test = FetchTest::new(&server)?;
        let file = |name: &str, text: &str| {
            let path = test.options.out.with_file_name(name);
            fs::write(&path, text).map(|()| path)
        };
        let ca = file("ca.pem", &self.ca.as_ref().pem())?;
        let cert = file("cert.pem", &format!("\u{feff}{}", self.client.0.pem()))?;
        let key = file("key.pem", &self.client.1.serialize_pem())?;
        test.options.tls.ca = Some(ca);
        test.options.tls.identity = Some((cert, key));
        Ok((test, server))
    }
}

#[tokio::test]
async fn a_client_certificate_is_sent() -> anyhow::Result<()> {
    let (test, _server) = TestPki::generate()?.start(true).await?;
    let summary = test.fetch().await?.to_string();
    assert!(summary.contains("3 operations, 6 pages"), "{summary}");
    Ok(())
}

#[tokio::test]
async fn https_works_without_a_client_certificate() -> anyhow::Result<()> {
    let (mut test, _server) = TestPki::generate()?.start(false).await?;
    test.options.tls.identity = None;
    test.fetch().await?;
    assert_eq!(test.text("GetEvents/response.xml"), "<Events/>");
    Ok(())
}

#[tokio::test]
async fn a_server_that_speaks_only_http_2_is_read() -> anyhow::Result<()> {
    let pki = TestPki::generate()?;
    let (mut test, _other) = pki.start(false).await?;
    let mut config = pki.server_config(false)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    let server = PageServer::start_http2(site::pages(), config).await?;
    test.options.base = server.base()?;
    test.fetch().await?;
    assert_eq!(test.text("GetEvents/response.xml"), "<Events/>");
    Ok(())
}

#[tokio::test]
async fn a_missing_certificate_has_a_hint() -> anyhow::Result<()> {
    let (mut test, server) = TestPki::generate()?.start(true).await?;
    test.options.tls.identity = None;
    let error = test.error(&server).await;
    assert!(
        error.contains("help feed: GET https://HOST/venue/api/v2/help: "),
        "{error}"
    );
    assert!(error.contains("--cert and --key"), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_unknown_authority_is_refused() -> anyhow::Result<()> {
    let (test, server) = TestPki::generate()?.start(false).await?;
    fs::write(
        test.options.out.with_file_name("ca.pem"),
        TestPki::generate()?.ca.as_ref().pem(),
    )?;
    let error = test.error(&server).await;
    assert!(error.contains("TLS failed: invalid peer certificate"), "{error}");
    assert!(!error.contains("attempts"), "a retry cannot help: {error}");
    Ok(())
}

#[tokio::test]
async fn invalid_files_are_named() -> anyhow::Result<()> {
    let pki = TestPki::generate()?;
    let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let other_key = KeyPair::generate()?.serialize_pem();
    let rows = [
        ("ca.pem", "", "ca.pem: there is no CERTIFICATE"),
        ("cert.pem", &other_key, "cert.pem: there is no CERTIFICATE"),
        (
            "cert.pem",
            "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n",
            "cert.pem: a section is not base64",
        ),
        ("key.pem", encrypted, "key.pem: there is no unencrypted PRIVATE KEY"),
        ("key.pem", &other_key, "do not belong together"),
    ];
    for (file, text, expected) in rows {
        let (test, server) = pki.start(true).await?;
        fs::write(test.options.out.with_file_name(file), text)?;
        let error = test.error(&server).await;
        assert!(error.contains(expected), "{error}\nlacks\n{expected}");
        assert_eq!(server.requests(), Vec::<String>::new());
    }
    Ok(())
}
