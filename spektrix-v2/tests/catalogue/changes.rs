//! Tests of `changes_since`: added, changed and removed objects, their JSON, and their display.

use spektrix_v2::catalogue::{Catalogue, Changes, Lists};

use crate::objects::{event, instance, price_list, status};

fn earlier() -> Lists {
    Lists {
        events: vec![event(10), event(11)],
        instances: vec![instance(20, 10, "09T19:30"), instance(21, 10, "10T19:30")],
        statuses: vec![status(20, 31, 7, 9), status(20, 32, 1, 9), status(21, 31, 5, 9)],
        price_lists: vec![price_list(40, &[(1000, 50)])],
        ..Lists::default()
    }
}

/// Event 11 is gone, 12 is new, instance 20 has another date, seats were sold, and the price list is gone.
fn later() -> Lists {
    Lists {
        events: vec![event(12), event(10)],
        instances: vec![instance(20, 10, "11T19:30"), instance(21, 10, "10T19:30")],
        statuses: vec![status(20, 31, 6, 9), status(20, 32, 1, 9), status(23, 31, 5, 9)],
        ..Lists::default()
    }
}

#[test]
fn added_changed_and_removed_objects_are_returned() {
    let (earlier, later) = (Catalogue::from(earlier()), Catalogue::from(later()));
    let changes = later.changes_since(&earlier);
    assert_eq!(changes.events.added, [event(12)]);
    assert_eq!(changes.events.removed, [event(11)]);
    assert!(changes.events.changed.is_empty());
    let [moved] = &changes.instances.changed[..] else {
        panic!("one instance")
    };
    assert_eq!(moved.before, instance(20, 10, "09T19:30"));
    assert_eq!(moved.after, instance(20, 10, "11T19:30"));
    assert_eq!(changes.price_lists.removed.len(), 1);
    assert!(changes.plans.is_empty() && changes.bands.is_empty() && changes.ticket_types.is_empty());

    let current: Vec<_> = changes.statuses.current().cloned().collect();
    assert_eq!(
        current,
        [status(23, 31, 5, 9), status(20, 31, 6, 9)],
        "added, then changed"
    );
    assert_eq!(
        changes.to_string(),
        "events: 1 added, 1 removed; instances: 1 changed; statuses: 1 added, 1 changed, 1 removed; price lists: 1 removed"
    );
}

#[test]
fn comparing_in_reverse_swaps_added_and_removed() {
    let (earlier, later) = (Catalogue::from(earlier()), Catalogue::from(later()));
    let (forward, backward) = (later.changes_since(&earlier), earlier.changes_since(&later));
    assert_eq!(forward.events.added, backward.events.removed);
    assert_eq!(forward.statuses.removed, backward.statuses.added);
    assert_eq!(forward.instances.changed[0].after, backward.instances.changed[0].before);
}

#[test]
fn equal_catalogues_have_no_changes() {
    let catalogue = Catalogue::from(earlier());
    let changes = catalogue.changes_since(&catalogue.clone());
    assert!(changes.is_empty() && changes == Changes::default());
    assert_eq!(changes.to_string(), "no changes");
}

#[test]
fn changes_survive_a_json_round_trip() {
    let changes = Catalogue::from(later()).changes_since(&Catalogue::from(earlier()));
    let json = serde_json::to_value(&changes).unwrap();
    assert_eq!(json["events"]["added"][0]["name"], "event 12");
    assert_eq!(json["statuses"]["changed"][0]["before"]["available"], 7);
    assert_eq!(serde_json::from_value::<Changes>(json).unwrap(), changes);
    assert_eq!(serde_json::from_str::<Changes>("{}").unwrap(), Changes::default());
}
