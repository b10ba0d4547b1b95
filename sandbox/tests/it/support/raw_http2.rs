//! A client of HTTP/2 that shows what the server does with streams and connections.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use rustls::pki_types::ServerName;
use spektrix_v2_sandbox::Sandbox;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;

use super::{Presents, tls, url};

/// One connection.
pub(crate) struct RawHttp2 {
    sender: SendRequest<Bytes>,
    connection: JoinHandle<Result<(), h2::Error>>,
    pings: h2::PingPong,
}

impl RawHttp2 {
    pub(crate) async fn connect(sandbox: &Sandbox) -> Self {
        let presents = Presents::Certificate {
            certificate_pem: sandbox.client_certificate_pem(),
            key_pem: sandbox.client_key_pem(),
        };
        let mut config = tls(sandbox, &presents);
        config.alpn_protocols = vec![b"h2".to_vec()];
        let stream = TcpStream::connect(("127.0.0.1", sandbox.port()))
            .await
            .expect("a connection");
        let name = ServerName::try_from("localhost").expect("a name");
        let stream = TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await
            .expect("TLS");
        let (sender, mut connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        let pings = connection.ping_pong().expect("not taken before");
        Self {
            sender,
            connection: tokio::spawn(connection),
            pings,
        }
    }

    /// Sends a GET request. Returns the status of the response.
    pub(crate) async fn get(&mut self, sandbox: &Sandbox, path: &str) -> Result<u16, h2::Error> {
        let path = format!("{path}?api_key={}", sandbox.api_key());
        let request = http::Request::get(url(sandbox, &path)).body(()).expect("a request");
        let mut sender = self.sender.clone().ready().await?;
        let (response, _) = sender.send_request(request, true)?;
        Ok(response.await?.status().as_u16())
    }

    /// Returns whether the server responds to a ping within some time.
    pub(crate) async fn ping(&mut self, wait: Duration) -> bool {
        let ping = self.pings.ping(h2::Ping::opaque());
        tokio::time::timeout(wait, ping).await.is_ok_and(|pong| pong.is_ok())
    }

    /// Waits until the connection has ended.
    pub(crate) async fn end(self) -> Result<(), h2::Error> {
        drop(self.sender);
        self.connection.await.expect("no panic")
    }
}
