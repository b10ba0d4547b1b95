//! Tests of a proxy that is set for a client: it forwards the encrypted connection, and sees only its destination.

use std::sync::{Arc, Mutex};

use spektrix_v2::EventId;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use crate::authority::Authority;
use crate::operations::ListIds;
use crate::server::{Server, Setup, Then};

/// A proxy on loopback.
pub(crate) struct Proxy {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// Starts a proxy that forwards connections, or responds with this refusal.
    pub(crate) async fn start(refusal: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::<Mutex<Vec<String>>>::default();
        tokio::spawn(accept(listener, refusal, Arc::clone(&seen)));
        Self { port, seen }
    }

    pub(crate) fn address(&self, password: &str) -> String {
        format!("http://venue:{password}@127.0.0.1:{}", self.port)
    }

    /// Returns the requests so far.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn accept(listener: TcpListener, refusal: Option<&'static str>, seen: Arc<Mutex<Vec<String>>>) {
    while let Ok((mut client, _)) = listener.accept().await {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(client.read_u8().await.unwrap());
        }
        let request = String::from_utf8(request).unwrap();
        let target = request.split(' ').nth(1).unwrap().to_owned();
        seen.lock().unwrap().push(request);
        match refusal {
            Some(refusal) => client.write_all(refusal.as_bytes()).await.unwrap(),
            None => drop(tokio::spawn(tunnel(client, target))),
        }
    }
}

async fn tunnel(mut client: TcpStream, target: String) {
    let mut server = TcpStream::connect(target).await.unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    copy_bidirectional(&mut client, &mut server).await.ok();
}

#[tokio::test]
async fn a_proxy_sees_the_destination_only() {
    let authority = Authority::new("a root");
    let response = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events><Event id=\"1\"/></Events>");
    let server = Server::start(Setup::new(&authority, response)).await;
    let proxy = Proxy::start(None).await;
    let builder = server.builder().identity(authority.client());
    let client = builder.proxy(proxy.address("word")).build().unwrap();
    assert_eq!(client.send(ListIds::default()).await.unwrap(), [EventId::new(1)]);

    assert_eq!(server.seen(|seen| seen.client_certificates), 1);
    let seen = proxy.seen();
    assert!(seen.len() == 1 && seen[0].starts_with("CONNECT localhost:"), "{seen:?}");
    // `venue:word` in base64.
    assert!(seen[0].contains("Basic dmVudWU6d29yZA=="), "{seen:?}");
    assert!(!seen[0].contains("api_key") && !seen[0].contains("k3y"), "{seen:?}");
    assert!(server.seen(|seen| !seen.requests[0].to_ascii_lowercase().contains("proxy-")));
}

#[tokio::test]
async fn a_refusal_of_the_proxy_is_a_connection_error() {
    let authority = Authority::new("a root");
    let server = Server::start(Setup::new(&authority, Then::Close)).await;
    for refusal in [
        "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        "HTTP/1.1 403 Forbidden\r\n\r\n",
    ] {
        let proxy = Proxy::start(Some(refusal)).await;
        let builder = server.builder().identity(authority.client());
        let client = builder.proxy(proxy.address("word")).build().unwrap();
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert!(
            error.is_connect() && error.to_string().contains("no connection could be made"),
            "{error}"
        );
        assert!(error.hint().is_some_and(|hint| hint.contains("proxy")), "{error}");
        assert_eq!(server.seen(|seen| seen.connections), 0);
    }
}
