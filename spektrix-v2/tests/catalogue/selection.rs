//! Tests of selections by date, range and attribute, and of the iterators over each kind of object.

use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::jiff::civil::{Date, date};
use spektrix_v2::{Instance, QueryDate};

use crate::objects::{event, instance, moment, plan, price_list, status, time};
use crate::venue;

fn catalogue() -> Catalogue {
    let mut lists = Lists {
        instances: vec![
            instance(1, 10, "10T19:30"),
            instance(2, 11, "09T00:00"),
            instance(3, 10, "09T19:30"),
            instance(4, 12, "11T00:00"),
            instance(5, 12, "09T14:00"),
        ],
        events: vec![event(10), event(11), event(12)],
        ..Lists::default()
    };
    // In summer: the local time is on the 9th of July, the UTC time on the 8th.
    let summer = &mut lists.instances[1];
    summer.start = date(2027, 7, 9).at(0, 30, 0, 0);
    summer.start_utc = "2027-07-08T23:30:00Z".parse().unwrap();
    lists.events[0].attributes.insert("Genre1", "Drama ");
    lists.events[1].attributes.insert("genre", "drama");
    lists.events[2].attributes.insert("Family", "1");
    lists.instances[0].attributes.insert("Captioned", "1");
    lists.instances[4].attributes.insert("Captioned", "1");
    Catalogue::from(lists)
}

fn ids<'a>(instances: impl Iterator<Item = &'a Instance>) -> Vec<i32> {
    instances.map(|instance| instance.id.get()).collect()
}

#[test]
fn instances_of_a_day_are_those_in_local_time() {
    let catalogue = catalogue();
    assert_eq!(ids(catalogue.on(date(2027, 1, 9))), [5, 3]);
    assert_eq!(ids(catalogue.on(date(2027, 7, 9))), [2]);
    assert_eq!(ids(catalogue.on(date(2027, 7, 8))), [] as [i32; 0]);
}

#[test]
fn ranges_are_those_of_rust() {
    let catalogue = catalogue();
    let days = |from, to| (date(2027, 1, from), date(2027, 1, to));
    let (ninth, eleventh) = days(9, 11);
    assert_eq!(ids(catalogue.between(ninth..eleventh)), [5, 3, 1], "without the end");
    assert_eq!(
        ids(catalogue.between(ninth..=eleventh)),
        [5, 3, 1, 4],
        "with the day of the end"
    );
    assert_eq!(ids(catalogue.between(eleventh..)), [4, 2]);
    assert_eq!(
        ids(catalogue.between::<Date>(..)),
        [5, 3, 1, 4, 2],
        "sorted by start time"
    );
    assert_eq!(ids(catalogue.between(time("09T14:00")..time("09T19:30"))), [5]);
    assert_eq!(ids(catalogue.between(time("09T14:01")..=time("09T19:30"))), [3]);
    assert_eq!(ids(catalogue.between(moment("11T00:00")..)), [4, 2]);
    let summer = "2027-07-08T23:30:00Z".parse::<spektrix_v2::jiff::Timestamp>().unwrap();
    assert_eq!(
        ids(catalogue.between(summer..=summer)),
        [2],
        "moments are compared with the time in UTC"
    );
    let mixed = QueryDate::Day(date(2027, 1, 10))..QueryDate::Moment(moment("11T00:00"));
    assert_eq!(ids(catalogue.between(mixed)), [1]);
}

#[test]
fn objects_are_selected_by_attribute() {
    let catalogue = catalogue();
    let events = |name, value| {
        let events = catalogue.events_with_attribute(name, value);
        events.map(|event| event.id.get()).collect::<Vec<_>>()
    };
    assert_eq!(events("Genre", "Drama"), [10, 11]);
    assert_eq!(events("FAMILY", "1"), [12]);
    assert_eq!(events("Family", ""), [] as [i32; 0]);
    assert_eq!(ids(catalogue.instances_with_attribute("Captioned", "1")), [5, 1]);
}

#[test]
fn every_kind_of_object_is_listed() {
    let lists = Lists {
        events: vec![event(2), event(1)],
        instances: vec![instance(3, 1, "10T19:30")],
        statuses: vec![status(3, 5, 1, 1), status(3, 4, 1, 1)],
        plans: vec![plan(5, true, &[], &[])],
        price_lists: vec![price_list(6, &[])],
        ..Lists::default()
    };
    let catalogue = Catalogue::from(lists);
    let plans: Vec<_> = catalogue.statuses().map(|status| status.plan.get()).collect();
    assert_eq!(plans, [4, 5]);
    assert_eq!((catalogue.events().count(), catalogue.instances().count()), (2, 1));
    assert_eq!((catalogue.plans().count(), catalogue.price_lists().count()), (1, 1));
    assert_eq!((catalogue.bands().count(), catalogue.ticket_types().count()), (0, 0));
}

#[tokio::test]
async fn a_catalogue_has_the_time_zone_of_its_client() {
    let new_york = spektrix_v2::jiff::tz::get!("America/New_York");
    let client = spektrix_v2::Client::builder("venue")
        .api_key("test-k3y")
        .time_zone(new_york.clone())
        .transport(venue::replay())
        .build()
        .unwrap();
    assert_eq!(Catalogue::load(&client).await.unwrap().time_zone(), &new_york);
    assert_eq!(Catalogue::default().time_zone(), &spektrix_v2::LONDON);
}
