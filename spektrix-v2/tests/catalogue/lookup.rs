//! Tests of lookups and dangling references.

use spektrix_v2::catalogue::{Catalogue, ObjectId};
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{BandId, EventId, InstanceId, PlanId, PriceListId, TicketTypeId};

use crate::venue::catalogue;

#[tokio::test]
async fn instances_and_statuses_are_found() {
    let catalogue = catalogue().await;
    let lear = catalogue.event(EventId::new(10)).unwrap();
    assert_eq!(lear.name, "Lear");
    let dates: Vec<_> = catalogue
        .instances_of(lear.id)
        .map(|instance| instance.id.get())
        .collect();
    assert_eq!(dates, [21, 20], "sorted by start time");
    let available = |id| {
        let statuses = catalogue.statuses_of(InstanceId::new(id));
        statuses.map(|status| status.available).collect::<Vec<_>>()
    };
    assert_eq!(
        [available(20), available(21), available(22)],
        [vec![7, 1], vec![5], vec![]]
    );
    let status = catalogue.status(InstanceId::new(20), PlanId::new(32)).unwrap();
    assert_eq!(status.available, 1);
}

#[tokio::test]
async fn bookable_plans_of_an_instance_are_found() {
    let catalogue = catalogue().await;
    let plans = |id| {
        let plans = catalogue.bookable_plans_of(InstanceId::new(id));
        plans.map(|plan| plan.name.as_str()).collect::<Vec<_>>()
    };
    // Plan 30 has sub-plans, of which one is itself. Plan 39 is not in the catalogue.
    assert_eq!(
        [plans(20), plans(21), plans(22), plans(99)],
        [vec!["Stalls"], vec!["Stalls"], vec![], vec![]]
    );
}

#[tokio::test]
async fn prices_of_an_instance_are_found() {
    let catalogue = catalogue().await;
    let id = InstanceId::new(20);
    let prices: Vec<_> = catalogue.prices_of(id).collect();
    assert_eq!(prices[0].amount, Decimal::new(2000, 2));
    assert_eq!(prices[0].band.unwrap().name, "Premium");
    assert_eq!(prices[0].ticket_type.unwrap().name, "Adult");
    assert!(prices[0].is_band_default && !prices[1].is_band_default);
    assert!(prices[1].ticket_type.is_none(), "it is not in the catalogue");

    let price = |band, kind| catalogue.price_of(id, BandId::new(band), TicketTypeId::new(kind));
    assert_eq!(price(50, 60), Some(Decimal::new(2000, 2)));
    assert_eq!(
        price(50, 69),
        Some(Decimal::new(1250, 2)),
        "a price is found even if its ticket type is not in the catalogue"
    );
    assert_eq!(price(51, 60), None);
    assert_eq!(
        catalogue.prices_of(InstanceId::new(22)).count(),
        0,
        "its price list is not in the catalogue"
    );
}

#[tokio::test]
async fn dangling_references_are_listed() {
    let dangling = catalogue().await.dangling_references();
    let dangling: Vec<_> = dangling.iter().map(ToString::to_string).collect();
    let expected = [
        "event 11 refers to event 19",
        "instance 22 refers to event 18",
        "instance 22 refers to plan 39",
        "instance 22 refers to price list 49",
        "price list 40 refers to ticket type 69",
    ];
    assert_eq!(
        dangling,
        expected.map(|line| format!("{line}, which is not in the catalogue"))
    );
}

#[tokio::test]
async fn an_empty_catalogue_has_no_objects_and_no_references() {
    let catalogue = Catalogue::default();
    assert!(catalogue.dangling_references().is_empty());
    assert_eq!(catalogue.instances_of(EventId::new(1)).count(), 0);
    assert_eq!(catalogue.statuses_of(InstanceId::new(1)).count(), 0);
    assert!(catalogue.price_list(PriceListId::new(1)).is_none());
    assert!(!catalogue.contains(ObjectId::Band(BandId::new(1))));
}
