//! A small programme for tests, and a client that sends nothing.

use serde_json::json;
use spektrix_v2::Client;
use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::testing::Replay;

/// A client whose requests all fail: only its name, site and time zone are used.
pub(crate) fn client() -> Client {
    let builder = Client::builder("playhouse")
        .api_key("test-k3y-1")
        .transport(Replay::new());
    builder.build().expect("a client for tests")
}

/// A show with this name and description, as the first and the only event.
pub(crate) fn show(name: &str, description: &str) -> Catalogue {
    shows(&[(name, description)])
}

/// A show for each name and description, each with one performance. The identifiers begin at 1.
pub(crate) fn shows(texts: &[(&str, &str)]) -> Catalogue {
    let numbered = || texts.iter().zip(1..);
    let events: Vec<_> = numbered().map(|((name, description), id)| json!({
        "id": id, "name": name, "description": description, "html_description": "", "duration": 135, "is_on_sale": true,
        "image_url": "the show.jpg", "thumbnail_url": "",
        "attributes": {"Venue": " Main House ", "Blurb": "", "Cancelled": if id == 2 { "1" } else { "0" }}
    })).collect();
    let instances: Vec<_> = numbered()
        .map(|(_, id)| {
            json!({
                "id": 1000 + id, "event": id, "is_on_sale": true, "plan": 3, "price_list": 4,
                "start": "2027-07-09T19:30:00", "start_utc": "2027-07-09T18:30:00Z",
                "start_selling_at": "2027-01-09T10:00:00", "start_selling_at_utc": "2027-01-09T10:00:00Z",
                "stop_selling_at": "2027-07-09T19:00:00", "stop_selling_at_utc": "2027-07-09T18:00:00Z",
                "attributes": {"Signed": "1"}
            })
        })
        .collect();
    let lists = json!({
        "events": events, "instances": instances,
        "statuses": numbered().map(|(_, id)| json!({
            "plan": 3, "instance": 1000 + id, "name": "Stalls", "available": 12, "capacity": 100, "locked": 0, "reserved": 0,
            "selected": 0, "sold": 88, "bands": [7]
        })).collect::<Vec<_>>(),
        "plans": [{"id": 3, "name": "Stalls", "is_bookable": true, "bands": [7]}],
        "price_lists": [{"id": 4, "prices": [
            {"band": 7, "ticket_type": 5, "amount": "12.50", "is_band_default": true},
            {"band": 7, "ticket_type": 6, "amount": "0", "is_band_default": false},
            {"band": 8, "ticket_type": 5, "amount": "99", "is_band_default": false}
        ]}],
        "bands": [{"id": 7, "name": "Stalls"}],
        "ticket_types": [{"id": 5, "name": "Adult"}, {"id": 6, "name": "Companion"}]
    });
    let lists: Lists = serde_json::from_value(lists).expect("the lists of a test");
    lists.into()
}
