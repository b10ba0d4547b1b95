//! Health and metrics: the age of the data, and the kind of the last error. No message of an error is published.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use spektrix_v2::catalogue::{LiveCatalogue, LivePart};

use super::metrics::Current;
use super::shared::Shared;

#[derive(Serialize)]
struct Health {
    /// `starting` before the first load, `stale` if the service has been down for several intervals, or `ok`.
    status: &'static str,
    /// Whether there is data to serve.
    ready: bool,
    age_seconds: Option<u64>,
    availability_age_seconds: Option<u64>,
    last_error: Option<LastError>,
}

#[derive(Serialize)]
struct LastError {
    /// The kind, as the client's `ErrorKind` names it.
    kind: String,
    part: &'static str,
    at: Option<Timestamp>,
}

/// The process responds.
pub(super) async fn live() -> Response {
    no_store((StatusCode::OK, "ok\n").into_response())
}

/// There is data to serve, of whatever age: 200, or else 503.
pub(super) async fn ready(State(shared): State<Arc<Shared>>) -> Response {
    no_store(match shared.snapshot() {
        Some(_) => (StatusCode::OK, "ready\n").into_response(),
        None => (StatusCode::SERVICE_UNAVAILABLE, "starting\n").into_response(),
    })
}

/// Details for people, with the status of [`ready`].
pub(super) async fn health(State(shared): State<Arc<Shared>>) -> Response {
    let health = Health::of(&shared);
    let status = if health.ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    // Strings and numbers always serialize.
    let body = serde_json::to_vec(&health).unwrap_or_default();
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    no_store((status, json, body).into_response())
}

/// Metrics for Prometheus.
pub(super) async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let (live, snapshot) = (shared.live(), shared.snapshot());
    let objects = snapshot.as_deref().map(|snapshot| {
        let catalogue = &snapshot.catalogue;
        vec![
            ("events", catalogue.events().count()),
            ("instances", catalogue.instances().count()),
            ("statuses", catalogue.statuses().count()),
        ]
    });
    let current = Current {
        age: live.map_or(Duration::ZERO, LiveCatalogue::age),
        availability_age: live.map_or(Duration::ZERO, LiveCatalogue::availability_age),
        is_failing: live.map_or(shared.start_error().is_some(), |live| live.last_error().is_some()),
        readers: shared.changes.readers(),
        objects: objects.unwrap_or_default(),
    };
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(OPEN_METRICS))];
    no_store((kind, shared.metrics.encode(&current)).into_response())
}

impl Health {
    fn of(shared: &Shared) -> Self {
        let Some(live) = shared.live() else {
            return Self {
                status: "starting",
                ready: false,
                age_seconds: None,
                availability_age_seconds: None,
                last_error: shared.start_error().map(|kind| LastError {
                    kind: format!("{kind:?}"),
                    part: "season",
                    at: None,
                }),
            };
        };
        let is_ready = shared.snapshot().is_some();
        Self {
            status: match (is_ready, live.is_stale()) {
                (false, _) => "starting",
                (true, true) => "stale",
                (true, false) => "ok",
            },
            ready: is_ready,
            age_seconds: Some(live.age().as_secs()),
            availability_age_seconds: Some(live.availability_age().as_secs()),
            last_error: live.last_error().map(|error| LastError {
                kind: format!("{:?}", error.error.kind()),
                part: part(error.part),
                at: Some(error.at),
            }),
        }
    }
}

fn part(part: LivePart) -> &'static str {
    match part {
        LivePart::Season => "season",
        LivePart::Availability => "availability",
        LivePart::File => "file",
        _ => "other",
    }
}

fn no_store(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
