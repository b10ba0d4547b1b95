//! Observes what the client sends and receives, below its retries, cookies and errors.
//!
//! The client returns no headers of a request, and of a refusal only its message. This transport notes the rest for the call
//! that the current task makes.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, Request, StatusCode};
use spektrix_v2::{BodyStream, HttpTransport, Transport, TransportFuture, TransportResponse};
use url::form_urlencoded;

use super::masking::Secrets;

tokio::task_local! {
    static RECORD: Arc<Mutex<Record>>;
}

/// A refusal's body is kept up to this size. A successful body is returned by the client.
const MOST_BODY_BYTES: usize = 256 * 1024;

/// What was sent and received. It still contains secrets, and lists them.
#[derive(Default)]
pub(super) struct Record {
    pub(super) request_headers: HeaderMap,
    pub(super) status: Option<StatusCode>,
    pub(super) response_headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) secrets: Secrets,
}

/// Runs a call, and returns what was sent and received with its result.
pub(super) async fn record<T>(call: impl Future<Output = T>) -> (T, Record) {
    let record = Arc::default();
    let result = RECORD.scope(Arc::clone(&record), call).await;
    (result, std::mem::take(&mut *lock(&record)))
}

/// The transport of the client, observed.
pub(super) struct Recorder(HttpTransport);

impl Recorder {
    pub(super) fn new(transport: HttpTransport) -> Self {
        Self(transport)
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let record = RECORD.try_with(Arc::clone).ok();
            if let Some(record) = &record {
                lock(record).note_request(&request);
            }
            let response = self.0.send(request).await?;
            Ok(match record {
                Some(record) => observed(response, record),
                None => response,
            })
        })
    }
}

fn observed(response: TransportResponse, record: Arc<Mutex<Record>>) -> TransportResponse {
    lock(&record).note_response(&response);
    let TransportResponse {
        status,
        headers,
        body,
        connection,
        ..
    } = response;
    let body = body.inspect_ok(move |chunk| lock(&record).note_chunk(chunk));
    let observed = TransportResponse::new(status, BodyStream::new(body)).with_headers(headers);
    connection
        .into_iter()
        .fold(observed, TransportResponse::with_connection)
}

impl Record {
    fn note_request(&mut self, request: &Request<Bytes>) {
        let query = request.uri().query().unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if name.eq_ignore_ascii_case("api_key") || name.eq_ignore_ascii_case("password") {
                self.secrets.add(&value);
            }
        }
        self.request_headers = request.headers().clone();
        let sent = request.headers().get_all(COOKIE).iter();
        let pairs = sent
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'));
        pairs.for_each(|pair| self.add_cookie(pair));
    }

    fn note_response(&mut self, response: &TransportResponse) {
        self.status = Some(response.status);
        self.response_headers = response.headers.clone();
        self.body.clear();
        let received = response.headers.get_all(SET_COOKIE).iter();
        let pairs = received.filter_map(|value| value.to_str().ok()?.split(';').next());
        pairs.for_each(|pair| self.add_cookie(pair));
    }

    fn note_chunk(&mut self, chunk: &[u8]) {
        let left = MOST_BODY_BYTES - self.body.len();
        self.body.extend_from_slice(&chunk[..chunk.len().min(left)]);
    }

    fn add_cookie(&mut self, pair: &str) {
        if let Some((_, value)) = pair.split_once('=') {
            self.secrets.add(value.trim());
        }
    }
}

fn lock(record: &Mutex<Record>) -> std::sync::MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}
