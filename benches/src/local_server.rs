//! A server over TLS on this machine, in another process, so that its memory does not count.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rcgen::{CertifiedKey, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use spektrix_v2::{Client, DecodeOptions};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// The server's process, which ends when this value is dropped.
pub struct LocalServer {
    process: Child,
    /// Kept open, because the process may still write to it.
    _output: Lines<BufReader<ChildStdout>>,
    port: u16,
    /// The certificate to trust, PEM.
    root: String,
}

impl LocalServer {
    /// Starts this program with other arguments, with which it calls [`serve`].
    pub fn start(arguments: &[&str]) -> Result<Self> {
        let program = std::env::current_exe().context("cannot find this program")?;
        let mut command = Command::new(program);
        command.args(arguments).stdout(Stdio::piped());
        let mut process = command.spawn().context("cannot start the server")?;
        let output = process.stdout.take().context("the server has no output")?;
        let mut lines = BufReader::new(output).lines();
        let port = lines.next().context("the server printed no port")??;
        let mut root = String::new();
        while !root.contains("-----END") {
            let line = lines.next().context("the server printed no certificate")??;
            root.extend([&line, "\n"]);
        }
        let port = port.parse().context("the server printed no port")?;
        Ok(Self {
            process,
            _output: lines,
            port,
            root,
        })
    }

    /// Returns the address, for [`client`].
    pub fn base_url(&self) -> String {
        format!("https://localhost:{}/", self.port)
    }

    /// Returns the certificate to trust, for [`client`].
    pub fn root(&self) -> &str {
        &self.root
    }
}

impl Drop for LocalServer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns a client of a local server, without a limit for long lists.
pub fn client(name: &str, base_url: &str, root: &str) -> Result<Client> {
    let client = Client::builder(name)
        .api_key("test-k3y")
        .base_url(base_url)
        .trust_only(root)
        .timeout(Duration::from_secs(600))
        .decode_options(DecodeOptions::default().max_bytes(usize::MAX));
    Ok(client.build()?)
}

/// Prints its port and certificate, then handles requests until it is killed. The protocol is that of ALPN.
#[expect(clippy::print_stdout, reason = "read by the parent process")]
pub async fn serve<F, B>(protocol: &[u8], respond: F) -> Result<()>
where
    F: Fn(Request<Incoming>) -> Result<Response<B>> + Clone + Send + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: std::error::Error + Send + Sync,
{
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.context("cannot listen")?;
    print!("{}\n{}", listener.local_addr()?.port(), own.cert.pem());
    let acceptor = acceptor(&own, protocol)?;
    loop {
        let (stream, _) = listener.accept().await?;
        let (acceptor, respond) = (acceptor.clone(), respond.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request| std::future::ready(respond(request)));
            // A client that disconnects ends its connection, not the server.
            if let Ok(stream) = acceptor.accept(stream).await {
                let connection = Builder::new(TokioExecutor::new());
                let _ = connection.serve_connection(TokioIo::new(stream), service).await;
            }
        });
    }
}

fn acceptor(own: &CertifiedKey<KeyPair>, protocol: &[u8]) -> Result<TlsAcceptor> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)?;
    config.alpn_protocols = vec![protocol.to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
