//! Metrics for Prometheus, in the format `OpenMetrics`.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

/// Route and status.
type Labels = [(&'static str, String); 2];
type Seconds = Gauge<f64, AtomicU64>;

/// The metrics of one server.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    snapshots: Counter,
    pub(super) connections: Gauge,
    readers: Gauge,
    objects: Family<[(&'static str, &'static str); 1], Gauge>,
    age: Seconds,
    availability_age: Seconds,
    failing: Gauge,
}

/// What is measured when the metrics are read.
pub(super) struct Current {
    pub(super) age: Duration,
    pub(super) availability_age: Duration,
    pub(super) is_failing: bool,
    pub(super) readers: usize,
    pub(super) objects: Vec<(&'static str, usize)>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("spektrix_serve");
        let metrics = Self {
            requests: Family::default(),
            snapshots: Counter::default(),
            connections: Gauge::default(),
            readers: Gauge::default(),
            objects: Family::default(),
            age: Seconds::default(),
            availability_age: Seconds::default(),
            failing: Gauge::default(),
            registry: Registry::default(),
        };
        registry.register("requests", "Responses, by route and status", metrics.requests.clone());
        registry.register("snapshots", "Snapshots that were published", metrics.snapshots.clone());
        registry.register("connections", "Open connections", metrics.connections.clone());
        registry.register("change_readers", "Readers of /changes", metrics.readers.clone());
        registry.register("objects", "Objects of the snapshot, by kind", metrics.objects.clone());
        registry.register_with_unit("age", "Age of the lists", Unit::Seconds, metrics.age.clone());
        let help = "Age of the availability";
        registry.register_with_unit(
            "availability_age",
            help,
            Unit::Seconds,
            metrics.availability_age.clone(),
        );
        let help = "Whether the last refresh failed: the data is that of an earlier one";
        registry.register("refresh_is_failing", help, metrics.failing.clone());
        Self { registry, ..metrics }
    }

    pub(super) fn count_request(&self, route: &str, status: u16) {
        let labels = [("route", route.to_owned()), ("status", status.to_string())];
        self.requests.get_or_create(&labels).inc();
    }

    pub(super) fn count_snapshot(&self) {
        self.snapshots.inc();
    }

    /// Returns all metrics as text.
    pub(super) fn encode(&self, current: &Current) -> String {
        let gauge = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.age.set(current.age.as_secs_f64());
        self.availability_age.set(current.availability_age.as_secs_f64());
        self.failing.set(current.is_failing.into());
        self.readers.set(gauge(current.readers));
        for (kind, count) in &current.objects {
            self.objects.get_or_create(&[("kind", *kind)]).set(gauge(*count));
        }
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
