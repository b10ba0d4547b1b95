//! A server of instances, in another process.

use std::convert::Infallible;
use std::future::ready;
use std::io::{BufRead as _, BufReader, Lines};
use std::iter;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use bytes::Bytes;
use clap::ValueEnum;
use futures_util::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Request, Response};
use http_body_util::StreamBody;
use hyper::body::{Body, Frame, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use rcgen::{CertifiedKey, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use spektrix_v2_benches::instances;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::BLOCK;

/// The version of HTTP that the server uses.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum HttpVersion {
    #[value(name = "1.1")]
    Http1,
    #[value(name = "2")]
    Http2,
}

impl HttpVersion {
    fn protocol(self) -> &'static [u8] {
        match self {
            Self::Http1 => b"http/1.1",
            Self::Http2 => b"h2",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Http1 => "1.1",
            Self::Http2 => "2",
        }
    }
}

/// The server's process, which ends when this value is dropped.
pub(crate) struct Server {
    process: Child,
    /// Kept open, because the process may still write to it.
    _output: Lines<BufReader<ChildStdout>>,
    pub(crate) port: u16,
    /// The certificate to trust, PEM.
    pub(crate) root: String,
}

impl Server {
    /// Starts a server that sends this many blocks.
    pub(crate) fn start(blocks: usize, http: HttpVersion) -> Result<Self> {
        let program = std::env::current_exe().context("cannot find this program")?;
        let mut command = Command::new(program);
        command
            .args(["--http", http.name(), "serve", &blocks.to_string()])
            .stdout(Stdio::piped());
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
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Prints its port and certificate, then handles requests until it is killed.
#[expect(clippy::print_stdout, reason = "read by the parent process")]
pub(crate) async fn serve(blocks: usize, http: HttpVersion) -> Result<()> {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.context("cannot listen")?;
    print!("{}\n{}", listener.local_addr()?.port(), own.cert.pem());
    let acceptor = acceptor(&own, http)?;
    let block = Bytes::from(instances(BLOCK));
    let service = service_fn(move |request: Request<Incoming>| {
        // A request with a limit gets one block, any other gets all.
        let query = request.uri().query().unwrap_or_default();
        let blocks = if query.contains("limit=") { 1 } else { blocks };
        ready(response(block.clone(), blocks))
    });
    loop {
        let (stream, _) = listener.accept().await?;
        // A client that disconnects ends its connection, not the server.
        if let Ok(stream) = acceptor.accept(stream).await {
            let connection = Builder::new(TokioExecutor::new());
            let _ = connection.serve_connection(TokioIo::new(stream), &service).await;
        }
    }
}

fn acceptor(own: &CertifiedKey<KeyPair>, http: HttpVersion) -> Result<TlsAcceptor> {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)?;
    config.alpn_protocols = vec![http.protocol().to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn response(block: Bytes, blocks: usize) -> Result<Response<impl Body<Data = Bytes, Error = Infallible>>> {
    const START: Bytes = Bytes::from_static(b"<Instances>");
    const END: Bytes = Bytes::from_static(b"</Instances>");
    let length = START.len() + block.len() * blocks + END.len();
    let chunks = iter::once(START).chain(iter::repeat_n(block, blocks)).chain([END]);
    let body = StreamBody::new(stream::iter(
        chunks.map(|chunk| Ok::<_, Infallible>(Frame::data(chunk))),
    ));
    let response = Response::builder()
        .header(CONTENT_TYPE, "text/xml")
        .header(CONTENT_LENGTH, length);
    Ok(response.body(body)?)
}
