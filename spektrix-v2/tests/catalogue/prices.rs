//! Tests of price ranges.

use spektrix_v2::catalogue::{Catalogue, Lists, PriceRange};
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{BandId, EventId, InstanceId, PlanId};

use crate::objects::{event, instance, plan, price_list, status};

/// The lowest, the highest and the "from" price, in pence.
fn pence(range: Option<PriceRange>) -> Option<[i64; 3]> {
    let pence = |amount: Decimal| (amount * Decimal::ONE_HUNDRED).try_into().unwrap();
    range.map(|range| [range.lowest, range.highest, range.from].map(pence))
}

/// One instance whose plan has the parts 31, with band 50, and 32, with band 51.
fn lists(prices: &[(i64, i32)]) -> Lists {
    Lists {
        events: vec![event(10)],
        instances: vec![instance(20, 10, "09T19:30")],
        plans: vec![
            plan(30, false, &[31, 32], &[]),
            plan(31, true, &[], &[50]),
            plan(32, true, &[], &[51]),
        ],
        price_lists: vec![price_list(40, prices)],
        ..Lists::default()
    }
}

#[test]
fn ranges_are_over_the_bands_of_the_plan() {
    // The prices as pence and band. The ranges of the instance, and of plan 31.
    let table: [(&str, &[(i64, i32)], _, _); 7] = [
        (
            "two bands",
            &[(1000, 50), (2000, 50), (3000, 51)],
            Some([1000, 3000, 1000]),
            Some([1000, 2000, 1000]),
        ),
        (
            "a band of another plan",
            &[(1000, 50), (500, 59)],
            Some([1000, 1000, 1000]),
            Some([1000, 1000, 1000]),
        ),
        (
            "free for companions",
            &[(0, 50), (1500, 50), (2500, 50)],
            Some([0, 2500, 1500]),
            Some([0, 2500, 1500]),
        ),
        (
            "free first, then the bands",
            &[(0, 50), (0, 51), (700, 51)],
            Some([0, 700, 700]),
            Some([0, 0, 0]),
        ),
        (
            "no band",
            &[(1200, 0)],
            Some([1200, 1200, 1200]),
            Some([1200, 1200, 1200]),
        ),
        ("only bands of other plans", &[(500, 59)], None, None),
        ("no price", &[], None, None),
    ];
    for (what, prices, of_instance, of_plan) in table {
        let catalogue = Catalogue::from(lists(prices));
        let id = InstanceId::new(20);
        assert_eq!(pence(catalogue.price_range(id)), of_instance, "{what}");
        assert_eq!(
            pence(catalogue.plan_price_range(id, PlanId::new(31))),
            of_plan,
            "{what}"
        );
    }
}

#[test]
fn bands_of_a_status_precede_those_of_the_plan() {
    let prices = [(1000, 50), (2000, 51), (3000, 52)];
    let with_bands = |bands: &[i32]| {
        let mut lists = lists(&prices);
        let mut status = status(20, 31, 5, 5);
        status.bands = bands.iter().copied().map(BandId::new).collect();
        lists.statuses = vec![status];
        pence(Catalogue::from(lists).plan_price_range(InstanceId::new(20), PlanId::new(31)))
    };
    assert_eq!(with_bands(&[51, 52]), Some([2000, 3000, 2000]));
    assert_eq!(with_bands(&[]), Some([1000, 1000, 1000]));
}

#[test]
fn all_prices_count_if_no_bands_are_known() {
    let mut lists = lists(&[(1000, 50), (2000, 59)]);
    lists.plans.clear();
    let mut whole = status(20, 30, 5, 5);
    let catalogue = Catalogue::from(lists.clone());
    assert_eq!(
        pence(catalogue.price_range(InstanceId::new(20))),
        Some([1000, 2000, 1000])
    );
    whole.bands = vec![BandId::new(59)];
    lists.statuses = vec![whole];
    let catalogue = Catalogue::from(lists);
    assert_eq!(
        pence(catalogue.price_range(InstanceId::new(20))),
        Some([2000, 2000, 2000]),
        "the status has bands"
    );
    assert_eq!(catalogue.price_range(InstanceId::new(99)), None);
}

#[test]
fn an_event_has_the_range_of_all_its_instances() {
    let mut lists = lists(&[(1000, 50), (0, 50)]);
    let mut other = instance(21, 10, "10T19:30");
    other.price_list = 41.into();
    lists.instances.push(other);
    lists.price_lists.push(price_list(41, &[(800, 50), (4000, 50)]));
    let catalogue = Catalogue::from(lists);
    assert_eq!(
        pence(catalogue.event_price_range(EventId::new(10))),
        Some([0, 4000, 800])
    );
    assert_eq!(catalogue.event_price_range(EventId::new(11)), None);
}
