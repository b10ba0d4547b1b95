//! How many requests are in flight, and how many start in a second: over all clones of a client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// Admits requests within the limits of a client.
pub(super) struct Admission {
    in_flight: Semaphore,
    /// The limit for one operation: slow responses of one leave room for the others.
    per_operation: usize,
    operations: Mutex<HashMap<&'static str, Arc<Semaphore>>>,
    pace: Option<Pace>,
}

/// The right to have a request in flight. Dropping it admits another.
pub(super) struct Permit<'a> {
    _of_operation: Option<OwnedSemaphorePermit>,
    _of_client: Option<SemaphorePermit<'a>>,
}

impl Admission {
    pub(super) fn new(max_in_flight: usize, per_second: Option<u32>) -> Self {
        let max_in_flight = max_in_flight.min(Semaphore::MAX_PERMITS);
        Self {
            in_flight: Semaphore::new(max_in_flight),
            per_operation: max_in_flight - max_in_flight / 4,
            operations: Mutex::default(),
            pace: per_second.map(Pace::new),
        }
    }

    /// Waits until a request of this operation may start.
    pub(super) async fn admit(&self, operation: &'static str) -> Permit<'_> {
        // The narrower limit comes first: what waits for it must not hold a place that another operation could use.
        // Acquiring fails only if a semaphore is closed, which never happens.
        let of_operation = self.operation(operation).acquire_owned().await.ok();
        let of_client = self.in_flight.acquire().await.ok();
        if let Some(pace) = &self.pace {
            pace.wait().await;
        }
        Permit {
            _of_operation: of_operation,
            _of_client: of_client,
        }
    }

    fn operation(&self, name: &'static str) -> Arc<Semaphore> {
        let mut operations = self.operations.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Semaphore::new(self.per_operation));
        Arc::clone(operations.entry(name).or_insert_with(new))
    }
}

/// Spreads the starts of requests evenly.
struct Pace {
    interval: Duration,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    fn new(per_second: u32) -> Self {
        Self {
            interval: Duration::from_secs(1) / per_second.max(1),
            next: Mutex::default(),
        }
    }

    /// Takes the next free place, and waits for it. A request that is dropped meanwhile leaves its place empty.
    async fn wait(&self) {
        let start = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let start = next.map_or(now, |next| next.max(now));
            *next = start.checked_add(self.interval);
            start
        };
        sleep_until(start).await;
    }
}
