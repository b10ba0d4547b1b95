//! A small TLS server on loopback, which requires client certificates and serves one request per connection.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use spektrix_v2::{Client, ClientBuilder, Retry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::authority::Authority;

/// What the server does with a request.
#[derive(Clone, Copy)]
pub(crate) enum Then {
    /// Sends these bytes, and closes.
    Respond(&'static str),
    /// Sends headers, and then an endless body.
    Flood,
    /// Never responds.
    Hang,
    /// Closes without a response.
    Close,
    /// Responds over HTTP/2, with this status, and headers that repeat the cookie and the address.
    RespondOverHttp2(u16),
    /// Refuses the request over HTTP/2 before processing it (`REFUSED_STREAM`), after which it may be sent again.
    RefuseOverHttp2,
    /// Closes without reading the request.
    HangUp,
    /// Requires HTTP/1.1 of requests over HTTP/2 (`HTTP_1_1_REQUIRED`). Responds to the others with an empty list.
    RequireHttp1,
    /// Responds over HTTP/2. A request with `code=never` gets no response, and one with `code=later` gets it together with
    /// the next request.
    RespondAsAsked,
    /// Sends these bytes on the first connection, and closes the others without a response.
    RespondOnce(&'static str),
    /// Offers HTTP/2 and responds in the text of HTTP/1.1.
    PretendHttp2,
    /// Responds to one request over HTTP/2. On the other connections it only pretends.
    PretendHttp2Later,
}

/// How the server is set up.
pub(crate) struct Setup<'a> {
    pub(crate) authority: &'a Authority,
    pub(crate) version: &'static SupportedProtocolVersion,
    /// Seconds since 1970.
    pub(crate) clock: u64,
    pub(crate) then: Then,
    pub(crate) protocols: &'static [&'static str],
    /// Whether the handshake asks for a client certificate.
    pub(crate) asks_for_certificate: bool,
}

impl<'a> Setup<'a> {
    pub(crate) fn new(authority: &'a Authority, then: Then) -> Self {
        Self {
            authority,
            version: &rustls::version::TLS13,
            clock: 1_800_000_000,
            then,
            protocols: &["http/1.1"],
            asks_for_certificate: true,
        }
    }
}

/// What the server received.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) connections: usize,
    pub(crate) requests: Vec<String>,
    pub(crate) client_certificates: usize,
    pub(crate) protocol: Option<String>,
}

pub(crate) struct Server {
    port: u16,
    root: String,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Starts the server on the runtime of the test, with which it ends.
    pub(crate) async fn start(setup: Setup<'_>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let acceptor = TlsAcceptor::from(Arc::new(config(&setup)));
        let seen = Arc::<Mutex<Seen>>::default();
        tokio::spawn(accept(listener, acceptor, setup.then, Arc::clone(&seen)));
        let root = setup.authority.root_pem();
        Self { port, root, seen }
    }

    /// Returns a builder of clients for this server, without a certificate.
    pub(crate) fn builder(&self) -> ClientBuilder {
        self.builder_for("localhost")
    }

    /// Returns a builder of clients that use a name of the server which its certificate is not for.
    pub(crate) fn builder_by_address(&self) -> ClientBuilder {
        self.builder_for("127.0.0.1")
    }

    /// Returns a builder of clients that trust the roots of the system.
    pub(crate) fn builder_with_system_roots(&self) -> ClientBuilder {
        Client::builder("venue")
            .api_key("test-k3y")
            .base_url(format!("https://localhost:{}/", self.port))
            .retry(Retry::none())
    }

    fn builder_for(&self, host: &str) -> ClientBuilder {
        let builder = self.builder_with_system_roots();
        builder
            .base_url(format!("https://{host}:{}/", self.port))
            .trust_only(&self.root)
    }

    pub(crate) fn seen<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.seen.lock().unwrap())
    }
}

#[derive(Debug)]
struct Clock(u64);

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.0)))
    }
}

fn config(setup: &Setup<'_>) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    let root = setup.authority.root_pem();
    roots
        .add(CertificateDer::from_pem_slice(root.as_bytes()).unwrap())
        .unwrap();
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
    let issued = setup.authority.server();
    let chain = vec![CertificateDer::from_pem_slice(issued.certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(issued.key.as_bytes()).unwrap();
    let builder = ServerConfig::builder_with_details(provider, Arc::new(Clock(setup.clock)));
    let builder = builder.with_protocol_versions(&[setup.version]).unwrap();
    let builder = if setup.asks_for_certificate {
        builder.with_client_cert_verifier(clients.build().unwrap())
    } else {
        builder.with_no_client_auth()
    };
    let mut config = builder.with_single_cert(chain, key).unwrap();
    config.alpn_protocols = setup.protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    config
}

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, then: Then, seen: Arc<Mutex<Seen>>) {
    while let Ok((connection, _)) = listener.accept().await {
        seen.lock().unwrap().connections += 1;
        let (acceptor, seen) = (acceptor.clone(), Arc::clone(&seen));
        tokio::spawn(async move {
            match acceptor.accept(connection).into_fallible().await {
                Ok(stream) => serve(stream, then, &seen).await,
                Err((_, connection)) => let_alert_arrive(connection).await,
            }
        });
    }
}

/// Reads what a refused client still sends. Otherwise the connection is reset, which can overtake the alert.
async fn let_alert_arrive(mut connection: TcpStream) {
    connection.shutdown().await.ok();
    tokio::io::copy(&mut connection, &mut tokio::io::sink()).await.ok();
}

async fn serve(mut stream: TlsStream<TcpStream>, then: Then, seen: &Mutex<Seen>) {
    record_handshake(&stream, seen);
    match then {
        Then::HangUp => return,
        Then::RespondOverHttp2(status) => return serve_http_2(stream, status).await,
        Then::RefuseOverHttp2 => return refuse_over_http_2(stream, seen, h2::Reason::REFUSED_STREAM).await,
        Then::RequireHttp1 if speaks_http_2(&stream) => {
            return refuse_over_http_2(stream, seen, h2::Reason::HTTP_1_1_REQUIRED).await;
        }
        Then::RespondAsAsked => return respond_as_asked(stream, seen).await,
        _ => {}
    }
    if matches!(then, Then::PretendHttp2Later) && seen.lock().unwrap().connections == 1 {
        return serve_one_over_http_2(stream).await;
    }
    if matches!(then, Then::PretendHttp2 | Then::PretendHttp2Later) && speaks_http_2(&stream) {
        return respond(&mut stream, then).await;
    }
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => request.push(byte),
            Err(_) => return,
        }
    }
    seen.lock().unwrap().requests.push(String::from_utf8(request).unwrap());
    if matches!(then, Then::RespondOnce(_)) && seen.lock().unwrap().connections > 1 {
        return;
    }
    respond(&mut stream, then).await;
}

async fn serve_http_2(stream: TlsStream<TcpStream>, status: u16) {
    let Ok(mut connection) = h2::server::handshake(stream).await else {
        return;
    };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let mut response = http::Response::new(());
        *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
        let cookie = request.headers().get("cookie").cloned();
        response
            .headers_mut()
            .extend(cookie.map(|cookie| (http::header::SET_COOKIE, cookie)));
        let address = http::HeaderValue::from_str(&request.uri().to_string()).unwrap();
        response.headers_mut().insert("location", address);
        respond.send_response(response, true).unwrap();
    }
}

async fn serve_one_over_http_2(stream: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let (_, mut respond) = connection.accept().await.unwrap().unwrap();
    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
    body.send_data("<Events/>".into(), true).unwrap();
    connection.graceful_shutdown();
    while connection.accept().await.is_some() {}
}

fn speaks_http_2(stream: &TlsStream<TcpStream>) -> bool {
    stream.get_ref().1.alpn_protocol() == Some(b"h2")
}

async fn respond_as_asked(stream: TlsStream<TcpStream>, seen: &Mutex<Seen>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let (mut never, mut later) = (Vec::new(), Vec::new());
    while let Some(Ok((request, respond))) = connection.accept().await {
        let address = request.uri().to_string();
        if address.contains("code=never") {
            never.push(respond);
        } else if address.contains("code=later") {
            later.push(respond);
        } else {
            for mut respond in later.drain(..).chain([respond]) {
                let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                body.send_data("<Events/>".into(), true).unwrap();
            }
        }
        seen.lock().unwrap().requests.push(address);
    }
}

async fn refuse_over_http_2(stream: TlsStream<TcpStream>, seen: &Mutex<Seen>, reason: h2::Reason) {
    let Ok(mut connection) = h2::server::handshake(stream).await else {
        return;
    };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        seen.lock().unwrap().requests.push(request.uri().to_string());
        respond.send_reset(reason);
    }
}

fn record_handshake(stream: &TlsStream<TcpStream>, seen: &Mutex<Seen>) {
    let connection = stream.get_ref().1;
    let mut seen = seen.lock().unwrap();
    seen.client_certificates += usize::from(connection.peer_certificates().is_some());
    let protocol = connection.alpn_protocol();
    seen.protocol = protocol.map(|name| String::from_utf8_lossy(name).into_owned());
}

async fn respond(stream: &mut TlsStream<TcpStream>, then: Then) {
    match then {
        Then::Respond(bytes) | Then::RespondOnce(bytes) => {
            stream.write_all(bytes.as_bytes()).await.unwrap();
            stream.shutdown().await.ok();
        }
        Then::Flood => {
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n")
                .await
                .unwrap();
            // Ends when the client closes the connection.
            while stream.write_all(&[b' '; 4096]).await.is_ok() {}
        }
        Then::Hang => std::future::pending().await,
        Then::RequireHttp1 | Then::PretendHttp2 | Then::PretendHttp2Later => {
            let response = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n<Events/>";
            stream.write_all(response).await.ok();
            stream.shutdown().await.ok();
        }
        Then::Close | Then::HangUp | Then::RespondOverHttp2(_) | Then::RefuseOverHttp2 | Then::RespondAsAsked => {}
    }
}
