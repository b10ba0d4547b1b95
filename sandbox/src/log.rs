//! What the sandbox was asked: a bounded record for tests to assert on, without the API key.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::StatusCode;
use http::request::Parts;
use url::form_urlencoded;

/// How many requests are remembered; older ones are forgotten first.
const REMEMBERED: usize = 10_000;

/// One request as it arrived, and how it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method on the wire, before any `X-HTTP-Method-Override`.
    pub method: String,
    /// The path, starting with `/`.
    pub path: String,
    /// The query without its `api_key`, otherwise as it was sent; empty when there is none.
    pub query: String,
    /// The status of the answer.
    pub status: u16,
}

/// The requests of one sandbox, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<RecordedRequest>>);

impl RequestLog {
    pub(crate) fn record(&self, head: &Parts, status: StatusCode) {
        let mut requests = self.lock();
        if requests.len() == REMEMBERED {
            requests.pop_front();
        }
        requests.push_back(RecordedRequest {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: without_key(head.uri.query().unwrap_or_default()),
            status: status.as_u16(),
        });
    }

    pub(crate) fn to_vec(&self) -> Vec<RecordedRequest> {
        self.lock().iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<RecordedRequest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn without_key(query: &str) -> String {
    let is_key =
        |pair: &&str| form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| name.eq_ignore_ascii_case("api_key"));
    query
        .split('&')
        .filter(|pair| !is_key(pair))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use http::{Request, StatusCode};

    use super::{REMEMBERED, RequestLog, without_key};

    #[test]
    fn the_key_is_never_kept() {
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
        for (sent, kept) in cases {
            assert_eq!(without_key(sent), kept, "{sent}");
        }
    }

    #[test]
    fn only_the_latest_are_remembered() {
        let log = RequestLog::default();
        for number in 0..=REMEMBERED {
            let request = Request::get(format!("/{number}")).body(()).expect("a request");
            log.record(&request.into_parts().0, StatusCode::OK);
        }
        let requests = log.to_vec();
        assert_eq!(requests.len(), REMEMBERED);
        assert_eq!(requests[0].path, "/1");
        assert_eq!(requests[REMEMBERED - 1].path, format!("/{REMEMBERED}"));
    }
}
