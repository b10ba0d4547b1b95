//! Reads from a sandbox on a fixed date, with one client, in the session that the sandbox starts with.

use jiff::civil::{Date, date};
use reqwest::{Client, StatusCode};
use spektrix_v2::{DecodeOptions, Operation};
use spektrix_v2_sandbox::Sandbox;

use super::{accepted_client, url};

/// The date of the sandbox in tests.
pub(crate) const TODAY: Date = date(2031, 3, 5);

pub(crate) struct Reader {
    pub(crate) sandbox: Sandbox,
    client: Client,
}

impl Reader {
    pub(crate) async fn on(today: Date) -> Self {
        let sandbox = Sandbox::builder().today(today).start().await.expect("a sandbox");
        let client = accepted_client(&sandbox);
        Self { sandbox, client }
    }

    pub(crate) async fn new() -> Self {
        Self::on(TODAY).await
    }

    /// Sends a GET request with the API key and the session. Returns status and body.
    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        let separator = if path.contains('?') { '&' } else { '?' };
        let path = format!("{path}{separator}api_key={}", self.sandbox.api_key());
        let session = format!("SessionId={}", self.sandbox.seeded_session_id());
        let request = self.client.get(url(&self.sandbox, &path)).header("Cookie", session);
        let response = request.send().await.expect("a response");
        (response.status(), response.text().await.expect("a body"))
    }

    /// Returns the body of a successful response.
    pub(crate) async fn body(&self, path: &str) -> String {
        let (status, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    /// Returns the response of an operation to these parameters.
    pub(crate) async fn read<O: Operation>(&self, query: &str) -> O::Response {
        let path = format!("{}?{query}", O::INFO.path);
        decode::<O>(&self.body(path.trim_end_matches('?')).await, &path)
    }
}

/// Decodes a body. It must not have any unknown parts.
pub(crate) fn decode<O: Operation>(body: &str, path: &str) -> O::Response {
    let options = DecodeOptions::default().report_unknown(true);
    let decoded = O::decode_response(body.as_bytes(), &options);
    let decoded = decoded.unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(decoded.unknown.is_empty(), "{path}: {:?}", decoded.unknown);
    decoded.value
}
