//! Tests of `availability` and `plan_availability`: the state of the sale, and the seats of plans with sub plans.

use spektrix_v2::catalogue::{Availability, Catalogue, Lists, SaleState};
use spektrix_v2::{InstanceId, PlanId};

use crate::objects::{event, instance, moment, plan, status};

/// One instance of event 10 on the 9th, on sale from the 1st at 10:00, with an undivided plan.
fn lists() -> Lists {
    Lists {
        events: vec![event(10)],
        instances: vec![instance(20, 10, "09T19:30")],
        statuses: vec![status(20, 30, 7, 100)],
        plans: vec![plan(30, true, &[], &[])],
        ..Lists::default()
    }
}

fn availability(lists: Lists, now: &str) -> Availability {
    let catalogue = Catalogue::from(lists);
    catalogue.availability(InstanceId::new(20), moment(now)).unwrap()
}

#[test]
fn state_depends_on_time_flags_and_seats() {
    type Change = fn(&mut Lists);
    let during = "05T12:00";
    let table: [(&str, &str, Change, SaleState); 14] = [
        ("during the sale", during, |_| {}, SaleState::OnSale),
        ("before it", "01T09:59", |_| {}, SaleState::NotYetOnSale),
        ("at its start", "01T10:00", |_| {}, SaleState::OnSale),
        ("before its end", "09T19:29", |_| {}, SaleState::OnSale),
        ("at its end", "09T19:30", |_| {}, SaleState::SaleEnded),
        (
            "no seat",
            during,
            |lists| lists.statuses[0].available = 0,
            SaleState::SoldOut,
        ),
        (
            "fewer than none",
            during,
            |lists| lists.statuses[0].available = -3,
            SaleState::SoldOut,
        ),
        (
            "no seat, before it",
            "01T09:59",
            |lists| lists.statuses[0].available = 0,
            SaleState::NotYetOnSale,
        ),
        (
            "flag of the instance",
            during,
            |lists| lists.instances[0].is_on_sale = false,
            SaleState::NotOnSale,
        ),
        (
            "flag of the event",
            during,
            |lists| lists.events[0].is_on_sale = false,
            SaleState::NotOnSale,
        ),
        (
            "plan is not bookable",
            during,
            |lists| lists.plans[0].is_bookable = false,
            SaleState::NotOnSale,
        ),
        ("no event", during, |lists| lists.events.clear(), SaleState::OnSale),
        ("no plan", during, |lists| lists.plans.clear(), SaleState::OnSale),
        ("no status", during, |lists| lists.statuses.clear(), SaleState::OnSale),
    ];
    for (what, now, change, expected) in table {
        let mut lists = lists();
        change(&mut lists);
        let availability = availability(lists, now);
        assert_eq!(availability.state, expected, "{what}");
        assert_eq!(availability.is_on_sale(), expected == SaleState::OnSale, "{what}");
    }
}

#[test]
fn seats_are_those_of_the_bookable_plans() {
    // Plan 30 is divided into 31 and 33; 33 into 34 and 35, of which 35 is not bookable.
    let divided = || {
        vec![
            plan(30, false, &[31, 33], &[]),
            plan(31, true, &[], &[]),
            plan(33, false, &[34, 35, 30], &[]),
            plan(34, true, &[], &[]),
            plan(35, false, &[], &[]),
        ]
    };
    let parts = [status(20, 31, 5, 50), status(20, 34, 2, 20), status(20, 35, 9, 10)];
    let whole = status(20, 30, 16, 80);
    let mut with_sub_plans = whole.clone();
    with_sub_plans.sub_plans = vec![PlanId::new(31), PlanId::new(33)];
    let all = || [vec![with_sub_plans.clone()], parts.to_vec()].concat();
    let table = [
        ("the parts", divided(), all(), Some((7, 70))),
        (
            "one part is listed",
            divided(),
            vec![whole.clone(), parts[1].clone()],
            Some((2, 20)),
        ),
        (
            "only the whole is listed",
            divided(),
            vec![whole.clone()],
            Some((16, 80)),
        ),
        ("nothing is listed", divided(), vec![status(21, 30, 1, 1)], None),
        ("no plan is known", vec![], all(), Some((16, 80))),
        (
            "no plan is known, only parts are listed",
            vec![],
            parts.to_vec(),
            Some((16, 80)),
        ),
        (
            "none is bookable",
            vec![plan(30, false, &[], &[])],
            vec![whole.clone()],
            Some((16, 80)),
        ),
    ];
    for (what, plans, statuses, expected) in table {
        let lists = Lists {
            plans,
            statuses,
            ..lists()
        };
        let found = availability(lists, "05T12:00");
        assert_eq!(found.left.zip(found.capacity), expected, "{what}");
    }
}

#[test]
fn a_plan_has_its_own_availability() {
    let mut lists = lists();
    lists.plans = vec![
        plan(30, false, &[31, 32], &[]),
        plan(31, true, &[], &[]),
        plan(32, false, &[], &[]),
    ];
    lists.statuses = vec![status(20, 31, 0, 50), status(20, 32, 4, 4), status(20, 39, 1, 1)];
    let catalogue = Catalogue::from(lists);
    let of = |plan| {
        let found = catalogue.plan_availability(InstanceId::new(20), PlanId::new(plan), moment("05T12:00"));
        found.map(|found| (found.left, found.state))
    };
    assert_eq!(of(30), Some((Some(0), SaleState::SoldOut)), "the whole");
    assert_eq!(of(31), Some((Some(0), SaleState::SoldOut)), "a part");
    assert_eq!(of(32), Some((Some(4), SaleState::NotOnSale)), "it is not bookable");
    assert_eq!(
        of(39),
        Some((Some(1), SaleState::OnSale)),
        "its status is listed, it is not"
    );
    assert_eq!(of(38), None, "another plan");
    assert_eq!(
        catalogue.plan_availability(InstanceId::new(99), PlanId::new(31), moment("05T12:00")),
        None
    );
    assert_eq!(catalogue.availability(InstanceId::new(99), moment("05T12:00")), None);
}

#[test]
fn few_seats_are_at_most_the_given_percentage() {
    let table = [
        (0, 100, false),
        (1, 100, true),
        (10, 100, true),
        (11, 100, false),
        (1, 0, false),
    ];
    for (left, capacity, expected) in table {
        let mut lists = lists();
        lists.statuses = vec![status(20, 30, left, capacity)];
        assert_eq!(
            availability(lists, "05T12:00").is_low(10),
            expected,
            "{left} of {capacity}"
        );
    }
    let unlisted = Lists {
        statuses: vec![],
        ..lists()
    };
    assert!(!availability(unlisted, "05T12:00").is_low(100));
}

#[test]
fn counts_that_overflow_are_the_largest() {
    let mut lists = lists();
    lists.plans = vec![
        plan(30, false, &[31, 32, 33], &[]),
        plan(31, true, &[], &[]),
        plan(32, true, &[], &[]),
        plan(33, true, &[], &[]),
    ];
    lists.statuses = [31, 32, 33].map(|plan| status(20, plan, i32::MAX, i32::MAX)).to_vec();
    assert_eq!(availability(lists, "05T12:00").left, Some(u32::MAX));
}
