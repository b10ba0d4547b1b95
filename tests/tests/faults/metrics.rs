//! Checks the metrics of a cell: for every failure, they contain one call and each of its attempts.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use spektrix_v2::{ClientBuilder, Outcome};

use crate::cell::{CallResult, Kind};

/// Counts the measurements.
#[derive(Default)]
pub(crate) struct Metrics {
    attempts: Arc<AtomicU32>,
    calls: Arc<AtomicU32>,
    successes: Arc<AtomicU32>,
}

impl Metrics {
    pub(crate) fn observe(&self, builder: ClientBuilder) -> ClientBuilder {
        let (attempts, calls, successes) = (self.attempts.clone(), self.calls.clone(), self.successes.clone());
        builder
            .on_attempt(move |_| count(&attempts, true))
            .on_call(move |call| {
                count(&calls, true);
                count(&successes, call.outcome == Outcome::Success);
            })
    }

    /// Checks the counts. Paging makes several calls, of which the last may fail.
    #[track_caller]
    pub(crate) fn assert_agree(&self, kind: Kind, result: &CallResult, context: &str) {
        let [attempts, calls, successes] =
            [&self.attempts, &self.calls, &self.successes].map(|n| n.load(Ordering::Relaxed));
        let failures = u32::from(result.error.is_some());
        assert_eq!(
            calls - successes,
            failures,
            "{context}: {calls} calls, {successes} successes"
        );
        if kind != Kind::Page {
            assert_eq!(calls, 1, "{context}");
            let expected = result.error.as_ref().map_or(1, spektrix_v2::Error::attempts);
            assert_eq!(attempts, expected, "{context}: attempts");
        }
    }
}

fn count(counter: &AtomicU32, holds: bool) {
    counter.fetch_add(u32::from(holds), Ordering::Relaxed);
}
