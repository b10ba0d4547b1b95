//! Tests of `load` and `load_starting`: concurrent requests, whole lists, and failures.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use futures_util::stream;
use http::Request;
use jiff::civil::date;
use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::testing::{Capture, Replay, Reply};
use spektrix_v2::{BodyStream, DecodeOptions, Transport, TransportError, TransportErrorKind, TransportFuture};
use spektrix_v2_test_support::canary::Log;
use tokio::sync::Barrier;

use crate::venue::{catalogue, client, instance, list, replay, with_instances};

/// Responds only when seven requests are in flight.
struct RespondTogether(Replay, Arc<Barrier>);

impl Transport for RespondTogether {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async {
            self.1.wait().await;
            self.0.send(request).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn lists_are_requested_concurrently() {
    let transport = RespondTogether(replay(), Arc::new(Barrier::new(7)));
    let catalogue = Catalogue::load(&client(transport)).await.unwrap();
    assert_eq!(catalogue.events().count(), 2);
}

#[tokio::test]
async fn lists_are_requested_whole_and_within_the_range() {
    let capture = Capture::new(replay());
    let client = client(capture.clone());
    Catalogue::load(&client).await.unwrap();
    let requests_since = |from: usize| {
        let requests = capture.requests();
        let mut lines: Vec<_> = requests[from..].iter().map(ToString::to_string).collect();
        lines.sort();
        lines
    };
    let paths = [
        "bands",
        "events",
        "instance-status",
        "instances",
        "plans",
        "price-lists",
        "ticket-types",
    ];
    assert_eq!(requests_since(0), paths.map(|path| format!("GET {path}?all=true")));

    let january = date(2027, 1, 1)..date(2027, 2, 1);
    let mut catalogue = Catalogue::load_starting(&client, january).await.unwrap();
    let expected = paths.map(|path| match path {
        "bands" | "ticket-types" => format!("GET {path}?all=true"),
        _ => format!("GET {path}?all=true&instance_start_from=2027-01-01&instance_start_to=2027-02-01"),
    });
    assert_eq!(requests_since(7), expected);
    catalogue.refresh(&client).await.unwrap();
    assert_eq!(requests_since(14), expected, "a refresh sends the same requests");
}

#[tokio::test]
async fn one_failed_request_fails_the_load() {
    let lists = [
        ("GetEvents", "<Events/>"),
        ("GetInstances", "<Instances/>"),
        ("GetInstanceStatus", "<InstancePlanStatuses/>"),
        ("GetPlans", "<Plans/>"),
        ("GetPriceLists", "<PriceLists/>"),
        ("GetBands", "<Bands/>"),
        ("GetTicketTypes", "<TicketTypes/>"),
    ];
    for (failing, _) in lists {
        let reply = |name, body: &str| {
            if name == failing {
                Reply::status(500)
            } else {
                Reply::ok(body.to_owned())
            }
        };
        let add = |table: Replay, (name, body)| table.respond(name, reply(name, body));
        let table = lists.into_iter().fold(Replay::new(), add);
        let error = Catalogue::load(&client(table)).await.unwrap_err();
        assert_eq!(error.operation(), Some(failing));
    }
}

/// Breaks off the first response to `GetInstances`.
struct BreakOff(Replay, AtomicBool, &'static str);

impl Transport for BreakOff {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let is_first = request.uri().path().ends_with("/instances") && !self.1.swap(true, Ordering::Relaxed);
        Box::pin(async move {
            let mut response = self.0.send(request).await?;
            if is_first {
                let part = Bytes::from_static(self.2.as_bytes());
                let reset = TransportError::new(TransportErrorKind::Body, "reset");
                let chunks = if self.2.ends_with('>') {
                    vec![Ok(part), Err(reset)]
                } else {
                    vec![Ok(part)]
                };
                response.body = BodyStream::new(stream::iter(chunks));
            }
            Ok(response)
        })
    }
}

#[tokio::test(start_paused = true)]
async fn lists_that_break_off_are_read_again() {
    let bodies = [
        ("a reset", "<Instances>"),
        ("an early end", "<Instances><"),
        ("nothing", ""),
    ];
    for (name, body) in bodies {
        let transport = || BreakOff(replay(), AtomicBool::new(false), body);
        let builder = spektrix_v2::Client::builder("venue").api_key("test-k3y");
        let catalogue = Catalogue::load(&builder.transport(transport()).build().unwrap())
            .await
            .unwrap();
        assert_eq!(catalogue.instances().count(), 3, "{name}");
        let error = Catalogue::load(&client(transport())).await.unwrap_err();
        assert_eq!(error.operation(), Some("GetInstances"), "{name}, without retries");
    }
}

#[tokio::test]
async fn lists_have_a_limit_of_several_responses() {
    let instances: Vec<_> = (1..=200).map(|id| instance(id, 10, 9, 30, 40)).collect();
    let length = list("Instances", &instances).len();
    for (max_bytes, is_read) in [(length.div_ceil(16), true), (length.div_ceil(16) - 1, false)] {
        let options = DecodeOptions::default().max_bytes(max_bytes);
        let transport = with_instances(&instances, list("InstancePlanStatuses", &[]));
        let builder = spektrix_v2::Client::builder("venue").api_key("test-k3y");
        let client = builder.decode_options(options).transport(transport).build().unwrap();
        match Catalogue::load(&client).await {
            Ok(catalogue) => assert!(is_read && catalogue.instances().count() == 200),
            Err(error) => assert!(
                !is_read && error.to_string().contains("bytes that are allowed"),
                "{error}"
            ),
        }
    }
}

#[tokio::test]
async fn a_catalogue_survives_a_json_round_trip() {
    let catalogue = catalogue().await;
    let json = serde_json::to_string(&catalogue).unwrap();
    assert_eq!(serde_json::from_str::<Catalogue>(&json).unwrap(), catalogue);
    let partial = r#"{"bands":[{"id":50,"name":"Stalls"}]}"#;
    let partial = serde_json::from_str::<Catalogue>(partial).unwrap();
    assert_eq!(
        (partial.bands().count(), partial.events().count()),
        (1, 0),
        "a list may be absent"
    );
    let lists: Lists = catalogue.clone().into();
    assert_eq!(lists.instances.len(), 3);
    assert_eq!(Catalogue::from(lists), catalogue);
}

#[tokio::test]
async fn a_warning_is_logged_for_another_time_zone() {
    let new_york = spektrix_v2::jiff::tz::get!("America/New_York");
    for (zone, is_warned) in [(spektrix_v2::LONDON.clone(), false), (new_york, true)] {
        let log = Log::default();
        let _guard = tracing::subscriber::set_default(log.clone());
        let builder = spektrix_v2::Client::builder("venue")
            .api_key("test-k3y")
            .time_zone(zone);
        Catalogue::load(&builder.transport(replay()).build().unwrap())
            .await
            .unwrap();
        let warning = "the times of 3 of 3 instances are not in the time zone America/New_York. Set that of the venue";
        let text = log.take();
        assert_eq!(text.contains(warning), is_warned, "{text}");
    }
}
