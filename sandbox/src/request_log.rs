//! The log of requests that the sandbox received: bounded in number and in bytes, and without the API key.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::StatusCode;
use http::header::{self, HeaderName};
use http::request::Parts;
use serde::{Serialize, Serializer};
use url::form_urlencoded;

/// How many requests the log keeps. The oldest ones are removed first.
const MAX_REQUESTS: usize = 10_000;
/// How many bytes all requests in the log may take. The oldest ones are removed first.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// How many bytes of a request body the log keeps.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// The headers that are logged. This is an allow-list, so that a header with a secret is never kept by accident.
const LOGGED_HEADERS: [HeaderName; 7] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::USER_AGENT,
    HeaderName::from_static("x-http-method-override"),
];

/// A request as it arrived, with the status of its response.
///
/// The API key and the cookies are not recorded. The body is recorded, and may contain the password with which a
/// customer signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method of the request line, before any `X-HTTP-Method-Override` is applied.
    pub method: String,
    /// The path. It starts with `/`.
    pub path: String,
    /// The query as it was sent, without its `api_key`. Empty if there is none.
    pub query: String,
    /// The operation, by its name on the help feed. `None` for help pages and unknown addresses.
    pub operation: Option<&'static str>,
    /// Whether the request carried a session cookie, valid or not.
    pub session: bool,
    /// The headers `Accept`, `Accept-Encoding`, `Content-Length`, `Content-Type`, `Host`, `User-Agent` and
    /// `X-HTTP-Method-Override`, if they were sent. Names are in lower case.
    pub headers: Vec<(String, String)>,
    /// The first 64 KiB of the body. Empty if the request was refused before its body was read, which happens after
    /// the caller and the parameters were checked.
    #[serde(serialize_with = "as_text")]
    pub body: Bytes,
    /// The length of the whole body in bytes.
    pub body_length: usize,
    /// The status of the response. `None` while there is no response, and if the connection was reset before one.
    pub status: Option<u16>,
}

impl RecordedRequest {
    pub(crate) fn new(head: &Parts, operation: Option<&'static str>, session: bool) -> Self {
        Self {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: without_api_key(head.uri.query().unwrap_or_default()),
            operation,
            session,
            headers: LOGGED_HEADERS.iter().flat_map(|name| values(head, name)).collect(),
            body: Bytes::new(),
            body_length: 0,
            status: None,
        }
    }

    /// Returns the value of a [recorded header](Self::headers). The case of the name does not matter. If the header
    /// was sent several times, the first value is returned.
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }

    /// Returns the body as text. Invalid UTF-8 is replaced.
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn set_body(&mut self, body: &Bytes) {
        self.body_length = body.len();
        // A copy: a slice of `body` would keep the whole body in memory.
        self.body = Bytes::copy_from_slice(&body[..body.len().min(MAX_BODY_BYTES)]);
    }

    /// Returns about how many bytes of memory the record takes.
    fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        size_of::<Self>() + self.method.len() + self.path.len() + self.query.len() + headers + self.body.len()
    }
}

/// The requests that one sandbox received, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Entries>);

/// Identifies a request in its log.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryId(u64);

#[derive(Debug, Default)]
struct Entries {
    /// How many requests were removed before the oldest one that is kept.
    removed: u64,
    requests: VecDeque<RecordedRequest>,
    size: usize,
}

impl RequestLog {
    /// Adds a request that has just arrived.
    pub(crate) fn add(&self, request: RecordedRequest) -> EntryId {
        let mut entries = self.lock();
        let id = EntryId(entries.removed.saturating_add(to_u64(entries.requests.len())));
        entries.size += request.size();
        entries.requests.push_back(request);
        entries.enforce_limits();
        id
    }

    pub(crate) fn set_body(&self, id: EntryId, body: &Bytes) {
        self.update(id, |request| request.set_body(body));
    }

    pub(crate) fn set_status(&self, id: EntryId, status: StatusCode) {
        self.update(id, |request| request.status = Some(status.as_u16()));
    }

    pub(crate) fn to_vec(&self) -> Vec<RecordedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    /// Returns the requests for one operation.
    pub(crate) fn for_operation(&self, operation: &str) -> Vec<RecordedRequest> {
        let entries = self.lock();
        let requests = entries.requests.iter();
        requests
            .filter(|request| request.operation == Some(operation))
            .cloned()
            .collect()
    }

    pub(crate) fn clear(&self) {
        let mut entries = self.lock();
        // Removed one by one, so that the ids of requests in flight stay unique.
        while entries.remove_oldest() {}
    }

    /// Updates a request, unless it was removed in the meantime.
    fn update(&self, EntryId(number): EntryId, update: impl FnOnce(&mut RecordedRequest)) {
        let mut entries = self.lock();
        let index = number.checked_sub(entries.removed);
        let index = index.and_then(|index| usize::try_from(index).ok());
        if let Some(request) = index.and_then(|index| entries.requests.get_mut(index)) {
            let before = request.size();
            update(request);
            let after = request.size();
            entries.size = entries.size.saturating_sub(before) + after;
            entries.enforce_limits();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entries {
    fn enforce_limits(&mut self) {
        while self.requests.len() > MAX_REQUESTS || self.size > MAX_BYTES {
            if !self.remove_oldest() {
                return;
            }
        }
    }

    /// Removes the oldest request. Returns whether there was one.
    fn remove_oldest(&mut self) -> bool {
        let oldest = self.requests.pop_front();
        if let Some(request) = &oldest {
            self.removed += 1;
            self.size = self.size.saturating_sub(request.size());
        }
        oldest.is_some()
    }
}

fn values<'a>(head: &'a Parts, name: &'a HeaderName) -> impl Iterator<Item = (String, String)> + 'a {
    let values = head.headers.get_all(name).iter();
    values.map(move |value| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
}

fn as_text<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}

fn without_api_key(query: &str) -> String {
    // Each pair is decoded to find the key, so that `api%5Fkey` is found too. The other pairs are kept as sent.
    let is_key =
        |pair: &&str| form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| name.eq_ignore_ascii_case("api_key"));
    query
        .split('&')
        .filter(|pair| !is_key(pair))
        .collect::<Vec<_>>()
        .join("&")
}

fn to_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &str) -> RecordedRequest {
        let head = http::Request::get(path).body(()).expect("a request").into_parts().0;
        RecordedRequest::new(&head, None, false)
    }

    #[test]
    fn the_number_of_requests_is_limited() {
        let log = RequestLog::default();
        let first = log.add(request("/0"));
        for number in 1..=MAX_REQUESTS {
            log.add(request(&format!("/{number}")));
        }
        log.set_status(first, StatusCode::OK);
        let requests = log.to_vec();
        assert_eq!(requests.len(), MAX_REQUESTS);
        assert_eq!((requests[0].path.as_str(), requests[0].status), ("/1", None));
        assert_eq!(requests[MAX_REQUESTS - 1].path, format!("/{MAX_REQUESTS}"));
    }

    #[test]
    fn the_size_of_the_log_is_limited() {
        let log = RequestLog::default();
        let body = Bytes::from(vec![b'x'; 1024 * 1024]);
        for number in 0..2000 {
            let id = log.add(request(&format!("/{number}")));
            log.set_body(id, &body);
            assert!(log.lock().size <= MAX_BYTES);
        }
        let requests = log.to_vec();
        assert!(requests.len() > 100, "{}", requests.len());
        assert_eq!(requests.last().expect("the latest").path, "/1999");
        assert_eq!(requests[0].body_length, body.len());
        log.clear();
        assert_eq!((log.to_vec().len(), log.lock().size), (0, 0));
    }

    #[test]
    fn a_status_is_set_on_its_own_request() {
        let log = RequestLog::default();
        let (first, second) = (log.add(request("/a")), log.add(request("/b")));
        log.set_status(second, StatusCode::NOT_FOUND);
        log.clear();
        let third = log.add(request("/c"));
        log.set_status(first, StatusCode::OK);
        assert_eq!(log.to_vec()[0].status, None, "the id belongs to a removed request");
        log.set_status(third, StatusCode::OK);
        assert_eq!(log.to_vec()[0].status, Some(200));
    }

    #[test]
    fn the_api_key_is_not_logged() {
        let cases = [
            ("", ""),
            ("api_key=secret", ""),
            ("all=true&api_key=secret", "all=true"),
            ("api_key=secret&all=true&message=a%20b", "all=true&message=a%20b"),
            ("api%5Fkey=secret&all=true", "all=true"),
            ("API_KEY=secret", ""),
            ("api_key", ""),
            ("my_api_key=kept", "my_api_key=kept"),
        ];
        for (sent, logged) in cases {
            assert_eq!(without_api_key(sent), logged, "{sent}");
        }
    }

    #[test]
    fn headers_with_secrets_are_not_logged() {
        let request = http::Request::post("/x?api_key=s3cret")
            .header("Content-Type", "application/xml")
            .header("Cookie", "SessionId=s3cret")
            .header("Authorization", "s3cret")
            .header("Referer", "https://a.invalid/?api_key=s3cret");
        let head = request.body(()).expect("a request").into_parts().0;
        let mut logged = RecordedRequest::new(&head, Some("AddBasketItems"), true);
        logged.set_body(&Bytes::from("a".repeat(MAX_BODY_BYTES + 1)));
        assert_eq!(
            (logged.body.len(), logged.body_length),
            (MAX_BODY_BYTES, MAX_BODY_BYTES + 1)
        );
        assert_eq!(logged.header("content-TYPE"), Some("application/xml"));
        assert_eq!(logged.header("cookie"), None);
        let json = serde_json::to_string(&logged).expect("JSON");
        assert!(!format!("{logged:?} {json}").contains("s3cret"), "{json}");
    }
}
