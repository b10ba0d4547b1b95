//! Loading: all at once, whole lists, and nothing half.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use jiff::civil::date;
use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::testing::{Capture, Replay, Reply};
use spektrix_v2::{Transport, TransportFuture};
use tokio::sync::Barrier;

use crate::venue::{catalogue, client, replay};

/// Answers nobody before there are seven requests.
struct Together(Replay, Arc<Barrier>);

impl Transport for Together {
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async {
            self.1.wait().await;
            self.0.send(request).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn the_lists_are_asked_for_at_the_same_time() {
    let transport = Together(replay(), Arc::new(Barrier::new(7)));
    let catalogue = Catalogue::load(&client(transport)).await.unwrap();
    assert_eq!(catalogue.events().count(), 2);
}

#[tokio::test]
async fn whole_lists_are_asked_for_of_the_whole_season_or_a_part() {
    let capture = Capture::new(replay());
    let client = client(capture.clone());
    Catalogue::load(&client).await.unwrap();
    let asked = |from: usize| {
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
    assert_eq!(asked(0), paths.map(|path| format!("GET {path}?all=true")));

    let january = date(2027, 1, 1)..date(2027, 2, 1);
    let mut catalogue = Catalogue::load_starting(&client, january).await.unwrap();
    let expected = paths.map(|path| match path {
        "bands" | "ticket-types" => format!("GET {path}?all=true"),
        _ => format!("GET {path}?all=true&instance_start_from=2027-01-01&instance_start_to=2027-02-01"),
    });
    assert_eq!(asked(7), expected);
    catalogue.refresh(&client).await.unwrap();
    assert_eq!(asked(14), expected, "a refresh asks for the same");
}

#[tokio::test]
async fn one_list_that_fails_fails_the_whole() {
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
        let answer = |name, body: &str| match name == failing {
            true => Reply::status(500),
            false => Reply::ok(body.to_owned()),
        };
        let add = |table: Replay, (name, body)| table.answer(name, answer(name, body));
        let replay = lists.into_iter().fold(Replay::new(), add);
        let error = Catalogue::load(&client(replay)).await.unwrap_err();
        assert_eq!(error.operation(), Some(failing));
    }
}

#[tokio::test]
async fn it_goes_to_json_and_back() {
    let catalogue = catalogue().await;
    let json = serde_json::to_string(&catalogue).unwrap();
    assert_eq!(serde_json::from_str::<Catalogue>(&json).unwrap(), catalogue);
    let lists: Lists = catalogue.clone().into();
    assert_eq!(lists.instances.len(), 3);
    assert_eq!(Catalogue::from(lists), catalogue);
}
