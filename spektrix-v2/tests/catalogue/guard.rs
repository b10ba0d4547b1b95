//! Tests of `Guard`: which losses are an error, and which are ordinary.

use spektrix_v2::catalogue::{Catalogue, Guard, Lists};
use spektrix_v2::{Band, Instance, TicketType};

use crate::objects::{event, instance, moment, plan, price_list, status};

/// Ten events with an instance each: the first five are on the 2nd, the others on the 20th.
fn lists() -> Lists {
    let instances = (0..10).map(|id| instance(id, 100 + id, if id < 5 { "02T19:30" } else { "20T19:30" }));
    Lists {
        events: (100..110).map(event).collect(),
        instances: instances.collect(),
        statuses: (0..10).map(|id| status(id, 30, 5, 9)).collect(),
        plans: vec![plan(30, true, &[], &[])],
        price_lists: vec![price_list(40, &[])],
        bands: vec![Band::new(50, "Stalls")],
        ticket_types: vec![TicketType::new(60, "Adult")],
    }
}

fn check(guard: Guard, change: fn(&mut Lists), now: &str) -> Result<(), String> {
    let mut later = lists();
    change(&mut later);
    let (earlier, later) = (Catalogue::from(lists()), Catalogue::from(later));
    let result = guard.check(&earlier, &later, moment(now));
    result.map_err(|error| {
        assert!(error.is_implausible(), "{error}");
        error.operation().unwrap().to_owned()
    })
}

#[test]
fn lists_that_lost_most_items_are_refused() {
    type Change = fn(&mut Lists);
    let (before, between, after) = ("01T12:00", "10T12:00", "21T12:00");
    let table: [(&str, &str, Change, Result<(), &str>); 16] = [
        ("nothing", before, |_| {}, Ok(())),
        (
            "everything",
            before,
            |lists| *lists = Lists::default(),
            Err("GetInstances"),
        ),
        (
            "no instances",
            before,
            |lists| lists.instances.clear(),
            Err("GetInstances"),
        ),
        ("no events", before, |lists| lists.events.clear(), Err("GetEvents")),
        (
            "no statuses",
            before,
            |lists| lists.statuses.clear(),
            Err("GetInstanceStatus"),
        ),
        ("no plans", before, |lists| lists.plans.clear(), Err("GetPlans")),
        (
            "no price lists",
            before,
            |lists| lists.price_lists.clear(),
            Err("GetPriceLists"),
        ),
        ("no bands", before, |lists| lists.bands.clear(), Err("GetBands")),
        (
            "no ticket types",
            before,
            |lists| lists.ticket_types.clear(),
            Err("GetTicketTypes"),
        ),
        (
            "half of the instances",
            before,
            |lists| lists.instances.truncate(5),
            Ok(()),
        ),
        (
            "more than half",
            before,
            |lists| lists.instances.truncate(4),
            Err("GetInstances"),
        ),
        (
            "what is over",
            between,
            |lists| drop(lists.instances.drain(..5)),
            Ok(()),
        ),
        (
            "what is not over: 4 of 5",
            between,
            |lists| lists.instances.truncate(6),
            Ok(()),
        ),
        (
            "what is not over: all, and new ones",
            between,
            |lists| lists.instances = new_instances(),
            Ok(()),
        ),
        (
            "everything, when it is over",
            after,
            |lists| clear_programme(lists),
            Ok(()),
        ),
        (
            "bands, when it is over",
            after,
            |lists| lists.bands.clear(),
            Err("GetBands"),
        ),
    ];
    for (what, now, change, expected) in table {
        let found = check(Guard::new(), change, now);
        assert_eq!(found, expected.map_err(str::to_owned), "{what}");
        assert_eq!(check(Guard::none(), change, now), Ok(()), "{what}");
    }
}

fn new_instances() -> Vec<Instance> {
    (50..60).map(|id| instance(id, 100, "21T19:30")).collect()
}

fn clear_programme(lists: &mut Lists) {
    lists.events.clear();
    lists.instances.clear();
    lists.statuses.clear();
    lists.plans.clear();
    lists.price_lists.clear();
}

#[test]
fn what_can_no_longer_be_booked_may_leave() {
    // The end of the sale, whether the list of instances may be empty then, at noon of the 2nd.
    let table = [
        ("02T11:59", true),
        ("02T12:00", true),
        ("02T12:01", false),
        ("01T09:59", false),
    ];
    for (stop, is_allowed) in table {
        let mut lists = lists();
        for instance in &mut lists.instances {
            instance.stop_selling_at_utc = moment(stop);
        }
        let earlier = Catalogue::from(lists.clone());
        clear_programme(&mut lists);
        let result = Guard::new().check(&earlier, &Catalogue::from(lists), moment("02T12:00"));
        assert_eq!(result.is_ok(), is_allowed, "the sale ends at {stop}");
    }
}

#[test]
fn the_share_that_may_be_lost_is_a_setting() {
    let lose_two: fn(&mut Lists) = |lists| lists.statuses.truncate(8);
    assert_eq!(check(Guard::max_loss(20), lose_two, "01T12:00"), Ok(()));
    assert_eq!(
        check(Guard::max_loss(19), lose_two, "01T12:00"),
        Err("GetInstanceStatus".to_owned())
    );
    let lose_all: fn(&mut Lists) = |lists| lists.statuses.clear();
    assert_eq!(
        check(Guard::max_loss(100), lose_all, "01T12:00"),
        Err("GetInstanceStatus".to_owned())
    );
}

#[test]
fn error_says_what_is_missing_and_what_to_do() {
    let (earlier, later) = (Catalogue::from(lists()), Catalogue::default());
    let error = Guard::new().check(&earlier, &later, moment("01T12:00")).unwrap_err();
    let expected = "GetInstances: the list lacks 10 of 10 items that are expected: the service may be failing, or its data \
        may be incomplete. Retry later. If the list is right, allow it with a `Guard`";
    assert_eq!(error.to_string(), expected);
    assert!(!error.is_server() && !error.is_decode());
}
