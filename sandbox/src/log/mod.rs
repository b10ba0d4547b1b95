//! What the sandbox was asked: a bounded record for tests to assert on, without the API key.

mod request;

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::StatusCode;

pub use request::RecordedRequest;

/// How many requests are remembered; older ones are forgotten first.
const REMEMBERED: usize = 10_000;
/// How many bytes all that is remembered may take; older requests are forgotten first.
const LARGEST: usize = 32 * 1024 * 1024;

/// The requests of one sandbox, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Remembered>);

/// Names a request within its log, for as long as it is remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry(u64);

#[derive(Debug, Default)]
struct Remembered {
    /// How many came before the oldest that is remembered.
    forgotten: u64,
    requests: VecDeque<RecordedRequest>,
    weight: usize,
}

impl RequestLog {
    /// Notes a request that has just arrived.
    pub(crate) fn arrived(&self, request: RecordedRequest) -> Entry {
        let mut remembered = self.lock();
        let entry = Entry(remembered.forgotten.saturating_add(count(remembered.requests.len())));
        remembered.weight += request.weight();
        remembered.requests.push_back(request);
        remembered.make_room();
        entry
    }

    /// Notes the body that came with it.
    pub(crate) fn sent(&self, entry: Entry, body: &Bytes) {
        self.amend(entry, |request| request.set_body(body));
    }

    /// Notes how it is answered.
    pub(crate) fn answered(&self, entry: Entry, status: StatusCode) {
        self.amend(entry, |request| request.status = Some(status.as_u16()));
    }

    pub(crate) fn to_vec(&self) -> Vec<RecordedRequest> {
        self.lock().requests.iter().cloned().collect()
    }

    /// Those for one operation.
    pub(crate) fn of(&self, operation: &str) -> Vec<RecordedRequest> {
        let remembered = self.lock();
        let requests = remembered.requests.iter();
        requests
            .filter(|request| request.operation == Some(operation))
            .cloned()
            .collect()
    }

    pub(crate) fn clear(&self) {
        let mut remembered = self.lock();
        while remembered.forget_oldest() {}
    }

    fn amend(&self, Entry(number): Entry, amend: impl FnOnce(&mut RecordedRequest)) {
        let mut remembered = self.lock();
        let place = number.checked_sub(remembered.forgotten);
        let place = place.and_then(|place| usize::try_from(place).ok());
        if let Some(request) = place.and_then(|place| remembered.requests.get_mut(place)) {
            let before = request.weight();
            amend(request);
            let after = request.weight();
            remembered.weight = remembered.weight.saturating_sub(before) + after;
            remembered.make_room();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remembered {
    fn make_room(&mut self) {
        while self.requests.len() > REMEMBERED || self.weight > LARGEST {
            if !self.forget_oldest() {
                return;
            }
        }
    }

    fn forget_oldest(&mut self) -> bool {
        let oldest = self.requests.pop_front();
        if let Some(request) = &oldest {
            self.forgotten += 1;
            self.weight = self.weight.saturating_sub(request.weight());
        }
        oldest.is_some()
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use http::{Request, StatusCode};

    use super::{Bytes, LARGEST, REMEMBERED, RecordedRequest, RequestLog};

    fn request(path: &str) -> RecordedRequest {
        let head = Request::get(path).body(()).expect("a request").into_parts().0;
        RecordedRequest::new(&head, None, false)
    }

    #[test]
    fn only_the_latest_are_remembered() {
        let log = RequestLog::default();
        let first = log.arrived(request("/0"));
        for number in 1..=REMEMBERED {
            log.arrived(request(&format!("/{number}")));
        }
        log.answered(first, StatusCode::OK);
        let requests = log.to_vec();
        assert_eq!(requests.len(), REMEMBERED);
        assert_eq!((requests[0].path.as_str(), requests[0].status), ("/1", None));
        assert_eq!(requests[REMEMBERED - 1].path, format!("/{REMEMBERED}"));
    }

    #[test]
    fn what_is_remembered_has_an_end_in_bytes_too() {
        let log = RequestLog::default();
        let body = Bytes::from(vec![b'x'; 1024 * 1024]);
        for number in 0..2000 {
            let entry = log.arrived(request(&format!("/{number}")));
            log.sent(entry, &body);
            assert!(log.lock().weight <= LARGEST);
        }
        let requests = log.to_vec();
        assert!(requests.len() > 100, "{}", requests.len());
        assert_eq!(requests.last().expect("the latest").path, "/1999");
        assert_eq!(requests[0].body_length, body.len());
        log.clear();
        assert_eq!((log.to_vec().len(), log.lock().weight), (0, 0));
    }

    #[test]
    fn an_answer_finds_its_request() {
        let log = RequestLog::default();
        let (first, second) = (log.arrived(request("/a")), log.arrived(request("/b")));
        log.answered(second, StatusCode::NOT_FOUND);
        log.clear();
        let third = log.arrived(request("/c"));
        log.answered(first, StatusCode::OK);
        assert_eq!(log.to_vec()[0].status, None, "that was another request");
        log.answered(third, StatusCode::OK);
        assert_eq!(log.to_vec()[0].status, Some(200));
    }
}
