//! Tests of `LiveCatalogue`. Time is paused: it advances to the next timer when nothing else is to do.

mod file;
mod refresh;
mod subscription;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use spektrix_v2::catalogue::LiveCatalogue;
use spektrix_v2::testing::{Capture, Replay, Reply};
use spektrix_v2::{Client, Transport, TransportFuture};

use crate::venue::{self, list, replay};

/// A service whose responses a test changes while a catalogue uses it.
#[derive(Clone)]
struct Service {
    current: Arc<Mutex<Replay>>,
    capture: Capture<Switch>,
    client: Client,
}

impl Service {
    fn new() -> Self {
        let current = Arc::new(Mutex::new(replay()));
        let capture = Capture::new(Switch(Arc::clone(&current)));
        let client = venue::client(capture.clone());
        Self {
            current,
            capture,
            client,
        }
    }

    /// Responds with these from now on.
    fn set(&self, replay: Replay) {
        *self.current.lock().unwrap() = replay;
    }

    fn fail(&self) {
        let operations = [
            "GetEvents",
            "GetInstances",
            "GetInstanceStatus",
            "GetPlans",
            "GetPriceLists",
            "GetBands",
            "GetTicketTypes",
        ];
        let down = |replay: Replay, operation: &str| replay.respond(operation, Reply::status(503));
        self.set(operations.into_iter().fold(Replay::new(), down));
    }

    /// Returns how many requests were sent for this path.
    fn count(&self, path: &str) -> usize {
        let requests = self.capture.requests();
        requests
            .iter()
            .filter(|request| request.to_string().starts_with(&format!("GET {path}?")))
            .count()
    }
}

/// Responds after a second, so that refreshes can overlap.
#[derive(Clone)]
struct Switch(Arc<Mutex<Replay>>);

impl Transport for Switch {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let current = self.0.lock().unwrap().clone();
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            current.send(request).await
        })
    }
}

/// The venue with another number of seats at instance 20 in plan 31.
fn with_seats(available: i32) -> Replay {
    let statuses = [
        venue::status(20, 31, available),
        venue::status(20, 32, 1),
        venue::status(21, 31, 5),
    ];
    venue::with_statuses(list("InstancePlanStatuses", &statuses))
}

/// The available seats at instance 20 in plan 31.
fn seats(live: &LiveCatalogue) -> i32 {
    live.catalogue().status(20.into(), 31.into()).unwrap().available
}

async fn minutes(minutes: u64) {
    tokio::time::sleep(Duration::from_secs(60 * minutes)).await;
}
