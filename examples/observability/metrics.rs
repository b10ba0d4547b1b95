//! The client's calls as metrics for Prometheus.

use std::fmt;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use spektrix_v2::{ClientBuilder, Measurement};

/// Counts calls, and measures their time.
pub(crate) struct CallMetrics {
    registry: Registry,
    calls: Family<CallLabels, Counter>,
    seconds: Family<OperationLabels, Histogram, fn() -> Histogram>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CallLabels {
    operation: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OperationLabels {
    operation: &'static str,
}

impl CallMetrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("spektrix");
        let calls = Family::default();
        registry.register("calls", "Calls of the Spektrix API, with their retries", calls.clone());
        // 0.05 to 25.6 seconds.
        let seconds =
            Family::new_with_constructor((|| Histogram::new(exponential_buckets(0.05, 2.0, 10))) as fn() -> _);
        registry.register(
            "call_seconds",
            "The time of calls, with retries and waits",
            seconds.clone(),
        );
        Self {
            registry,
            calls,
            seconds,
        }
    }

    /// Records the calls of a client. Labels are from small sets, so the number of time series is limited.
    pub(crate) fn record(&self, client: ClientBuilder) -> ClientBuilder {
        let (calls, seconds) = (self.calls.clone(), self.seconds.clone());
        client.on_call(move |call: &Measurement| {
            let (operation, outcome) = (call.operation, call.outcome.as_str());
            calls.get_or_create(&CallLabels { operation, outcome }).inc();
            let seconds = seconds.get_or_create(&OperationLabels { operation });
            seconds.observe(call.elapsed.as_secs_f64());
        })
    }

    /// Returns the body that `/metrics` responds with.
    pub(crate) fn encode(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
