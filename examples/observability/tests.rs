//! Tests of metrics and spans, against the sandbox.

use opentelemetry::trace::{SpanKind, Status};
use opentelemetry_sdk::trace::InMemorySpanExporter;
use spektrix_v2::Retry;
use spektrix_v2_sandbox::{Fault, Sandbox};
use tracing_subscriber::prelude::*;

use super::metrics::CallMetrics;
use super::{spans_layer, tracer_provider};

#[tokio::test]
async fn calls_become_metrics_and_spans() {
    let exporter = InMemorySpanExporter::default();
    let provider = tracer_provider(exporter.clone());
    let _guard = tracing_subscriber::registry()
        .with(spans_layer(&provider))
        .set_default();
    let metrics = CallMetrics::new();
    let sandbox = Sandbox::start().await.unwrap();
    let client = metrics
        .record(sandbox.client_builder().unwrap().retry(Retry::none()))
        .build()
        .unwrap();
    client.events().await.unwrap();
    let fault = Fault::Status {
        status: 500,
        retry_after: None,
    };
    sandbox.inject(fault.on("GetBands")).unwrap();
    client.bands().await.unwrap_err();

    let text = metrics.encode().unwrap();
    for line in [
        r#"spektrix_calls_total{operation="GetEvents",outcome="success"} 1"#,
        r#"spektrix_calls_total{operation="GetBands",outcome="server_error"} 1"#,
        r#"spektrix_call_seconds_count{operation="GetEvents"} 1"#,
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }

    let spans = exporter.get_finished_spans().unwrap();
    assert_eq!(spans.len(), 2);
    assert_eq!(spans[0].span_kind, SpanKind::Client);
    assert_eq!(spans[0].status, Status::Unset);
    assert!(matches!(spans[1].status, Status::Error { .. }), "{:?}", spans[1].status);
    let template = spans[0]
        .attributes
        .iter()
        .find(|pair| pair.key.as_str() == "url.template");
    assert!(template.is_some(), "{:?}", spans[0].attributes);
}
