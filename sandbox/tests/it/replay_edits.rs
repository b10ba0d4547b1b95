//! Recorded bodies are served unchanged, as a whole and as a base for edits.

use std::path::{Path, PathBuf};

use reqwest::{Method, StatusCode};
use spektrix_v2::operations::GetEvents;
use spektrix_v2::{EventId, InstanceId};
use spektrix_v2_sandbox::{Sandbox, VenueData};
use tempfile::TempDir;

use crate::support::{accepted_client, decode, get, url};

/// Recorded lists with everything that decoding loses: a byte order mark, comments, whitespace, unknown parts, other
/// quotation marks. The plans and price lists that the instances refer to were not recorded, and one event is missing.
const EVENTS: &str = "\u{feff}<?xml version='1.0'  encoding=\"utf-8\"?>\r\n<Events xmlns:x=\"urn:x\" >\
    \n  <!-- one -->\
    \n  <Event  id='1'><x:New a='1'/><Description>A &#38; B</Description><Duration>90</Duration><HtmlDescription/>\
    <ImageUrl/><IsOnSale>true</IsOnSale><Name>One</Name><ThumbnailUrl/></Event>\
    \n  <Event id=\"2\"><Description/><Duration>60</Duration><HtmlDescription/><ImageUrl></ImageUrl>\
    <IsOnSale>1</IsOnSale><Name><![CDATA[Two]]></Name><RelatedEvents><Event id=\"1\"/><Event id=\"99\"/></RelatedEvents>\
    <ThumbnailUrl/></Event>\
    \n</Events >\r\n";

fn instance(id: i32, event: i32) -> String {
    format!(
        "<Instance id='{id}'><Event id='{event}'/><IsOnSale>true</IsOnSale><Plan id='30'/><PriceList id='40'/>\
         <Start>2031-03-05T19:30:00</Start><StartUtc>2031-03-05T19:30:00Z</StartUtc>\
         <StartSellingAt>2031-01-01T10:00:00</StartSellingAt><StartSellingAtUtc>2031-01-01T10:00:00Z</StartSellingAtUtc>\
         <StopSellingAt>2031-03-05T18:30:00</StopSellingAt><StopSellingAtUtc>2031-03-05T18:30:00Z</StopSellingAtUtc>\
         </Instance>"
    )
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, body: &[u8]| std::fs::write(folder.path().join(name), body).expect("a file");
    write("GetEvents.xml", EVENTS.as_bytes());
    let instances = [instance(11, 1), instance(12, 2), instance(13, 77)].join("\n");
    write(
        "GetInstances.xml",
        format!("<Instances>\n{instances}\n</Instances>").as_bytes(),
    );
    write("GetOrders.xml", b"\xff\xfe not even XML");
    folder
}

async fn replay(folder: &Path) -> Sandbox {
    Sandbox::builder().replay(folder).start().await.expect("a sandbox")
}

async fn body(sandbox: &Sandbox, path: &str) -> String {
    let (status, body) = get(sandbox, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {body}");
    body
}

/// Returns an item of `EVENTS`, as it was recorded.
fn event(id: i32) -> &'static str {
    let items = EVENTS.split_inclusive("</Event>\n").map(|item| {
        let start = item.find("<Event ").expect("an item");
        item[start..].trim_end()
    });
    let id = [format!("id='{id}'"), format!("id=\"{id}\"")];
    let mut items = items.filter(|item| item.starts_with("<Event "));
    items
        .find(|item| id.iter().any(|id| item[..20].contains(id)))
        .expect("an item")
}

#[tokio::test]
async fn a_whole_list_is_served_unchanged() {
    let folder = folder();
    let sandbox = replay(folder.path()).await;
    let client = accepted_client(&sandbox);
    for (file, path) in [
        ("GetEvents", "events?all=true&"),
        ("GetInstances", "instances?limit=50&"),
        ("GetOrders", "orders?order_id=1&"),
    ] {
        let recorded = std::fs::read(folder.path().join(format!("{file}.xml"))).expect("a file");
        let path = format!("{path}api_key={}", sandbox.api_key());
        let response = client
            .request(Method::GET, url(&sandbox, &path))
            .send()
            .await
            .expect("a response");
        assert_eq!(response.bytes().await.expect("a body"), recorded, "{file}");
    }
    assert_eq!(get(&sandbox, "basket/items").await.0, 405);
    assert_eq!(get(&sandbox, "customers?customer_id=1").await.0, 404);
}

#[tokio::test]
async fn an_edit_changes_only_its_items() {
    let folder = folder();
    let sandbox = replay(folder.path()).await;
    let edit = |venue: &mut VenueData| venue.event_mut(1).expect("an event").name = "Another".into();
    sandbox.edit(edit).expect("a valid edit");
    let edited = body(&sandbox, "events?all=true").await;
    assert!(
        edited.contains(event(2)),
        "the other event is as it was recorded: {edited}"
    );
    assert!(
        !edited.contains(event(1)) && edited.contains("<Name>Another</Name>"),
        "{edited}"
    );
    let start = EVENTS.split(" >").next().expect("a start");
    assert!(
        edited.starts_with(start),
        "so are the declaration and the root: {edited}"
    );
    let instances = std::fs::read_to_string(folder.path().join("GetInstances.xml")).expect("a file");
    assert_eq!(body(&sandbox, "instances?all=true").await, instances, "and other lists");
    assert_eq!(
        decode::<GetEvents>(&body(&sandbox, "events?event_id=1").await, "events")[0].name,
        "Another"
    );

    sandbox.reset().expect("a reset");
    assert_eq!(body(&sandbox, "events?all=true").await, EVENTS);
}

#[tokio::test]
async fn items_can_be_added_and_removed() {
    let folder = folder();
    let sandbox = replay(folder.path()).await;
    sandbox
        .edit(|venue| {
            let mut added = venue.event_mut(2).expect("an event").clone();
            added.id = EventId::new(3);
            added.related_events.clear();
            venue.events.push(added);
            let mut added = venue.instance_mut(12).expect("an instance").clone();
            added.id = InstanceId::new(14);
            added.event = EventId::new(3);
            venue.instances.push(added);
            venue.events.retain(|event| event.id.get() != 1);
        })
        .expect("a valid edit");
    let events = decode::<GetEvents>(&body(&sandbox, "events?all=true").await, "events");
    let ids: Vec<_> = events.iter().map(|event| event.id.get()).collect();
    assert_eq!(ids, [2, 3]);
    let related: Vec<_> = events[0].related_events.iter().map(|id| id.get()).collect();
    assert_eq!(related, [99], "the reference that was dangling before remains");
    let instances = body(&sandbox, "instances?all=true").await;
    let is_listed = [11, 12, 13, 14]
        .map(|id| instances.contains(&format!("id='{id}'")) || instances.contains(&format!("id=\"{id}\"")));
    assert_eq!(is_listed, [false, true, true, true], "{instances}");
    assert!(instances.contains(&instance(12, 2)) && instances.contains(&instance(13, 77)));
    assert!(
        body(&sandbox, "instances?event_id=3").await.contains("\"14\""),
        "filters use the edited lists"
    );
}

#[tokio::test]
async fn an_invalid_edit_of_recorded_lists_is_refused() {
    type Change = fn(&mut VenueData);
    let folder = folder();
    let sandbox = replay(folder.path()).await;
    let cases: [(Change, &str); 4] = [
        (
            |venue| venue.bands.push(spektrix_v2::Band::new(1, "A")),
            "its list cannot be changed, because GetBands.xml was not recorded",
        ),
        (
            |venue| venue.instances[0].event = EventId::new(5),
            "instances[0].event is 5, but none of the events has this id",
        ),
        (
            |venue| venue.instances[1].id = InstanceId::new(11),
            "instances[1] has the same id as an item before it",
        ),
        (
            |venue| {
                let mut added = venue.instances[2].clone();
                added.id = InstanceId::new(20);
                venue.instances.push(added);
            },
            "instances[3].event is 77, but none of the events has this id",
        ),
    ];
    for (change, expected) in cases {
        let error = sandbox.edit(change).expect_err(expected).to_string();
        assert!(
            error.starts_with("the venue was not edited: ") && error.contains(expected),
            "{error}"
        );
    }
    assert_eq!(body(&sandbox, "events?all=true").await, EVENTS);
}

#[tokio::test]
async fn bodies_that_cannot_be_decoded_can_be_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "<Events><Event id='1'><Duration>long</Duration></Event></Events>\n";
    std::fs::write(folder.path().join("GetEvents.xml"), text).expect("a file");
    let sandbox = replay(folder.path()).await;
    assert_eq!(body(&sandbox, "events?all=true").await, text);
    let error = sandbox.edit(|_| ()).expect_err("it cannot be decoded").to_string();
    assert!(error.contains("the body of GetEvents cannot be decoded"), "{error}");
}

/// Real bodies, in a folder outside of the repository.
#[tokio::test]
#[allow(clippy::print_stderr, reason = "a test that did not run must not look as if it had")]
async fn real_recordings_are_served_and_edited() {
    let Some(folder) = std::env::var_os("SPEKTRIX_RECORDED").map(PathBuf::from) else {
        eprintln!("did not run: SPEKTRIX_RECORDED is not set to a folder of recorded bodies");
        return;
    };
    let sandbox = replay(&folder).await;
    let lists = [
        ("GetEvents", "events"),
        ("GetInstances", "instances"),
        ("GetInstanceStatus", "instance-status"),
    ];
    for (operation, path) in lists {
        let recorded = std::fs::read_to_string(folder.join(format!("{operation}.xml"))).expect("a recorded body");
        assert_eq!(
            body(&sandbox, &format!("{path}?all=true")).await,
            recorded,
            "{operation}"
        );
    }
    let recorded = body(&sandbox, "events?all=true").await;
    sandbox
        .edit(|venue| venue.events[0].name = "A new title".into())
        .expect("a valid edit");
    let edited = body(&sandbox, "events?all=true").await;
    let second = recorded.match_indices("<Event id=").nth(1).expect("a second event").0;
    assert!(edited.contains("<Name>A new title</Name>"));
    assert!(
        edited.ends_with(&recorded[second..]),
        "all other events are as they were recorded"
    );
}
