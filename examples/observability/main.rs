//! Metrics for Prometheus, and spans for OpenTelemetry.
//!
//! ```text
//! cargo run --example observability
//! ```
//!
//! Reads two lists from the sandbox, prints the spans as they end, and then what `/metrics` would respond with. A website
//! uses an OTLP exporter in place of the one for the terminal, and serves the metrics with its HTTP framework.

mod metrics;
#[cfg(test)]
mod tests;

use std::io::Write as _;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_sdk::trace::{SdkTracerProvider, SpanExporter};
use spektrix_v2_sandbox::Sandbox;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::prelude::*;

use metrics::CallMetrics;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let provider = tracer_provider(opentelemetry_stdout::SpanExporter::default());
    tracing_subscriber::registry().with(spans_layer(&provider)).init();
    let metrics = CallMetrics::new();
    let sandbox = Sandbox::start().await?;
    let client = metrics.record(sandbox.client_builder()?).build()?;
    client.events().await?;
    client.bands().await?;
    provider.shutdown()?;
    write!(std::io::stdout(), "{}", metrics.encode()?)?;
    sandbox.stop().await;
    Ok(())
}

fn tracer_provider(exporter: impl SpanExporter + 'static) -> SdkTracerProvider {
    SdkTracerProvider::builder().with_simple_exporter(exporter).build()
}

/// Exports the spans of the client. Their fields have the names of OpenTelemetry already.
fn spans_layer<S>(provider: &SdkTracerProvider) -> impl tracing_subscriber::Layer<S>
where
    S: tracing::Subscriber + for<'span> tracing_subscriber::registry::LookupSpan<'span>,
{
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("website"));
    layer.with_filter(Targets::new().with_target("spektrix_v2", tracing::Level::INFO))
}
