//! Tests of times with a time zone: where the local and the UTC field agree, and where they do not.

use proptest::prelude::*;
use spektrix_v2::jiff::civil::DateTime;
use spektrix_v2::jiff::tz::{self, Offset, TimeZone};
use spektrix_v2::jiff::{SignedDuration, Timestamp};
use spektrix_v2::operations::GetInstances;
use spektrix_v2::{Client, DecodeOptions, Event, Instance, LONDON, Operation};

static NEW_YORK: TimeZone = tz::get!("America/New_York");

fn instance(local: &str, utc: &str) -> Instance {
    let (start, start_utc): (DateTime, Timestamp) = (local.parse().unwrap(), utc.parse().unwrap());
    let (sale, sale_utc) = (DateTime::MIN, Timestamp::MIN);
    let (stop, stop_utc) = (DateTime::MAX, Timestamp::MAX);
    Instance::builder()
        .id(1)
        .event(2)
        .is_on_sale(true)
        .plan(3)
        .price_list(4)
        .start(start)
        .start_utc(start_utc)
        .start_selling_at(sale)
        .start_selling_at_utc(sale_utc)
        .stop_selling_at(stop)
        .stop_selling_at_utc(stop_utc)
        .build()
        .unwrap()
}

fn event(minutes: i32) -> Event {
    Event::builder()
        .id(2)
        .name("Lear")
        .duration(minutes)
        .is_on_sale(true)
        .description("")
        .html_description("")
        .image_url("")
        .thumbnail_url("")
        .build()
        .unwrap()
}

/// In the zone: `London` or `NewYork`.
const TIMES: &str = "
    what                         | local               | UTC                  | zone    | result                                      | agree
    winter                       | 2027-01-09T19:30:00 | 2027-01-09T19:30:00Z | London  | 2027-01-09T19:30:00+00:00[Europe/London]    | true
    summer                       | 2027-07-09T19:30:00 | 2027-07-09T18:30:00Z | London  | 2027-07-09T19:30:00+01:00[Europe/London]    | true
    occurs twice, the first      | 2027-10-31T01:30:00 | 2027-10-31T00:30:00Z | London  | 2027-10-31T01:30:00+01:00[Europe/London]    | true
    occurs twice, the second     | 2027-10-31T01:30:00 | 2027-10-31T01:30:00Z | London  | 2027-10-31T01:30:00+00:00[Europe/London]    | true
    skipped, read as winter time | 2027-03-28T01:30:00 | 2027-03-28T01:30:00Z | London  | 2027-03-28T02:30:00+01:00[Europe/London]    | true
    skipped, read as summer time | 2027-03-28T01:30:00 | 2027-03-28T00:30:00Z | London  | 2027-03-28T00:30:00+00:00[Europe/London]    | true
    another time zone is set     | 2027-07-09T19:30:00 | 2027-07-09T23:30:00Z | NewYork | 2027-07-09T19:30:00-04:00[America/New_York] | true
    another time zone is not set | 2027-07-09T19:30:00 | 2027-07-09T23:30:00Z | London  | 2027-07-09T19:30:00-04:00[-04:00]           | false
    an offset of 5:45            | 2027-07-09T19:30:00 | 2027-07-09T13:45:00Z | London  | 2027-07-09T19:30:00+05:45[+05:45]           | false
    both are local               | 2027-07-09T19:30:00 | 2027-07-09T19:30:00Z | London  | 2027-07-09T19:30:00+00:00[UTC]              | false
    7 minutes are no offset      | 2027-07-09T19:30:00 | 2027-07-09T18:37:00Z | London  | 2027-07-09T19:37:00+01:00[Europe/London]    | false
    a day is no offset           | 2027-07-09T19:30:00 | 2027-07-08T18:30:00Z | London  | 2027-07-08T19:30:00+01:00[Europe/London]    | false
    MinValue of .NET             | 0001-01-01T00:00:00 | 0001-01-01T00:00:00Z | London  | 0001-01-01T00:00:00+00:00[UTC]              | false
";

#[test]
fn local_and_utc_fields_become_one_time() {
    for line in TIMES.trim().lines().skip(1) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let [what, local, utc, zone, expected, agree] = columns[..] else {
            panic!("{line}");
        };
        let zone = if zone == "London" { &LONDON } else { &NEW_YORK };
        let instance = instance(local, utc);
        assert_eq!(instance.starts_at(zone).to_string(), expected, "{what}");
        assert_eq!(instance.is_in_time_zone(zone).to_string(), agree, "{what}");
    }
}

proptest! {
    #[test]
    fn every_time_is_the_moment_of_the_utc_field(
        seconds in -377_705_023_201_i64..=253_402_207_200,
        minutes in -1000_i64..1000,
        odd_seconds in prop_oneof![Just(0_i64), -30_i64..30],
        is_london: bool,
    ) {
        let utc = Timestamp::from_second(seconds).unwrap();
        let difference = SignedDuration::from_secs(60 * minutes + odd_seconds);
        let local = Offset::UTC.to_datetime(utc).saturating_add(difference);
        let mut instance = instance("2027-01-09T19:30:00", "2027-01-09T19:30:00Z");
        (instance.start, instance.start_utc) = (local, utc);
        let zone = if is_london { &LONDON } else { &NEW_YORK };
        let joined = instance.starts_at(zone);
        prop_assert_eq!(joined.timestamp(), utc);
        // A fixed offset replaces the time zone only to show the local field as it is.
        if joined.time_zone() != zone {
            prop_assert_eq!(joined.datetime(), local);
        }
    }
}

#[test]
fn times_out_of_range_are_the_nearest() {
    let instance = instance("2027-07-09T19:30:00", "2027-07-09T18:30:00Z");
    assert_eq!(instance.sale_starts_at(&LONDON).timestamp(), Timestamp::MIN);
    assert_eq!(instance.sale_ends_at(&LONDON).timestamp(), Timestamp::MAX);
}

#[test]
fn end_is_the_start_and_the_running_time() {
    let table = [
        (
            "on a day without a change",
            "2027-07-09T19:30:00",
            "2027-07-09T18:30:00Z",
            135,
            Some("2027-07-09T21:45:00+01:00[Europe/London]"),
        ),
        (
            "over the change to winter time",
            "2027-10-30T23:00:00",
            "2027-10-30T22:00:00Z",
            240,
            Some("2027-10-31T02:00:00+00:00[Europe/London]"),
        ),
        ("not filled in", "2027-07-09T19:30:00", "2027-07-09T18:30:00Z", 0, None),
        ("negative", "2027-07-09T19:30:00", "2027-07-09T18:30:00Z", -5, None),
        (
            "after the last time",
            "9999-12-30T21:00:00",
            "9999-12-30T21:00:00Z",
            i32::MAX,
            None,
        ),
    ];
    for (why, local, utc, minutes, expected) in table {
        let end = instance(local, utc).ends_at(&event(minutes), &LONDON);
        assert_eq!(end.map(|end| end.to_string()).as_deref(), expected, "{why}");
    }
}

#[test]
fn running_time_is_in_hours_and_minutes() {
    let table = [(1, "PT1M"), (60, "PT1H"), (135, "PT2H15M"), (i32::MAX, "PT35791394H7M")];
    for (minutes, expected) in table {
        let time = event(minutes).running_time().unwrap();
        assert_eq!(time.to_string(), expected);
        let exact = SignedDuration::try_from(time).unwrap();
        assert_eq!(exact, SignedDuration::from_mins(i64::from(minutes)));
    }
}

#[test]
fn a_client_assumes_london_unless_it_is_set() {
    let builder = || {
        let replay = spektrix_v2::testing::Replay::new();
        Client::builder("venue").api_key("test-k3y").transport(replay)
    };
    assert_eq!(builder().build().unwrap().time_zone(), &LONDON);
    let client = builder().time_zone(NEW_YORK.clone()).build().unwrap();
    assert_eq!(client.time_zone().iana_name(), Some("America/New_York"));
}

/// What the documentation claims about recorded instances.
#[test]
fn recorded_times_agree_in_london() {
    let Some(body) = crate::recorded("GetInstances") else {
        return;
    };
    let instances = GetInstances::decode_response(&body, &DecodeOptions::default())
        .unwrap()
        .value;
    assert!(!instances.is_empty());
    for instance in instances {
        assert!(instance.is_in_time_zone(&LONDON), "instance {}", instance.id);
        assert!(instance.sale_starts_at(&LONDON).datetime() == instance.start_selling_at);
        assert!(instance.sale_ends_at(&LONDON).datetime() == instance.stop_selling_at);
    }
}
