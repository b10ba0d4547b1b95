//! A sandbox with a client that receives whatever a fault makes of a response.

use reqwest::header::HeaderMap;
use reqwest::{Client, Response};
use spektrix_v2_sandbox::{HttpVersions, Injection, Sandbox, TlsSettings};

use super::{accepted_client, url};

pub(crate) const VERSIONS: [HttpVersions; 2] = [HttpVersions::OnlyHttp1, HttpVersions::OnlyHttp2];

/// A sandbox with its client.
pub(crate) struct Setup {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
}

impl Setup {
    pub(crate) async fn new(versions: HttpVersions) -> Self {
        let builder = Sandbox::builder().tls(TlsSettings::default().http(versions));
        let sandbox = builder.start().await.expect("a sandbox");
        let client = accepted_client(&sandbox);
        Self { sandbox, client }
    }

    pub(crate) async fn bands(&self) -> reqwest::Result<Response> {
        let path = format!("bands?limit=2&api_key={}", self.sandbox.api_key());
        self.client.get(url(&self.sandbox, &path)).send().await
    }

    /// Sends a request while only this fault is injected.
    pub(crate) async fn request_with(&self, fault: impl Into<Injection>) -> Received {
        self.sandbox.clear_faults();
        let id = self.sandbox.inject(fault).expect("a valid fault");
        let received = self.request().await;
        assert_eq!(self.sandbox.fault(id).expect("it was not removed").fired, 1);
        received
    }

    pub(crate) async fn request(&self) -> Received {
        Self::receive(self.bands().await).await
    }

    /// Receives a response up to its end or an error.
    pub(crate) async fn receive(response: reqwest::Result<Response>) -> Received {
        let mut response = match response {
            Ok(response) => response,
            Err(error) => return Received::failed(&error),
        };
        let mut received = Received {
            status: Some(response.status().as_u16()),
            headers: std::mem::take(response.headers_mut()),
            ..Received::default()
        };
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => received.chunks.push(chunk.to_vec()),
                Ok(None) => return received,
                Err(error) => {
                    let Received { error, reset, .. } = Received::failed(&error);
                    return Received {
                        error,
                        reset,
                        ..received
                    };
                }
            }
        }
    }
}

/// What a client received, up to an error.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) status: Option<u16>,
    pub(crate) headers: HeaderMap,
    pub(crate) chunks: Vec<Vec<u8>>,
    pub(crate) error: Option<String>,
    pub(crate) reset: bool,
}

impl Received {
    fn failed(error: &reqwest::Error) -> Self {
        // HTTP/1 and HTTP/2 wrap the error of the connection in different errors.
        let error = format!("{error:?}");
        Self {
            reset: error.contains("ConnectionReset"),
            error: Some(error),
            ..Self::default()
        }
    }

    pub(crate) fn body(&self) -> Vec<u8> {
        self.chunks.concat()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body()).expect("UTF-8")
    }

    pub(crate) fn header(&self, name: reqwest::header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}
