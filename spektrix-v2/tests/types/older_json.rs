//! Tests of JSON that an older version wrote: a field that it does not have is empty, unless the field is required.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::{
    Attributes, Band, Basket, Customer, Event, FixedSeries, Instance, InstancePlanStatus, Membership, Offer, Order,
    Plan, Price, PriceList, StockItem, Ticket, TicketType,
};
use spektrix_v2_test_support::random_value::random_value;

/// The fields without which the JSON of a complete value cannot be read, sorted.
fn required<T: Serialize + DeserializeOwned>() -> String {
    // With these bytes, every option is set, and every list has an item.
    let complete: T = random_value(&vec![1; 20_000]);
    let Value::Object(json) = serde_json::to_value(&complete).unwrap() else {
        panic!("{} is not an object", std::any::type_name::<T>());
    };
    let is_required = |field: &&String| {
        let mut older = json.clone();
        older.remove(*field);
        serde_json::from_value::<T>(Value::Object(older)).is_err()
    };
    let mut fields: Vec<&str> = json.keys().filter(is_required).map(String::as_str).collect();
    fields.sort_unstable();
    fields.join(" ")
}

type Required = fn() -> String;

#[test]
fn only_required_fields_must_be_in_json() {
    let rows: &[(&str, Required, &str)] = &[
        ("Band", required::<Band>, "id name"),
        ("Basket", required::<Basket>, ""),
        ("Customer", required::<Customer>, ""),
        (
            "Event",
            required::<Event>,
            "description duration html_description id image_url is_on_sale name thumbnail_url",
        ),
        ("FixedSeries", required::<FixedSeries>, "id is_on_sale"),
        (
            "Instance",
            required::<Instance>,
            "event id is_on_sale plan price_list start start_selling_at start_selling_at_utc start_utc stop_selling_at \
             stop_selling_at_utc",
        ),
        (
            "InstancePlanStatus",
            required::<InstancePlanStatus>,
            "available capacity instance locked name plan reserved selected sold",
        ),
        ("Lists", required::<Lists>, ""),
        ("Membership", required::<Membership>, "id"),
        ("Offer", required::<Offer>, "id"),
        ("Order", required::<Order>, "date date_utc id total"),
        ("Plan", required::<Plan>, "id is_bookable name"),
        ("Price", required::<Price>, "amount is_band_default ticket_type"),
        ("PriceList", required::<PriceList>, "id"),
        ("StockItem", required::<StockItem>, "id price stock_level"),
        ("Ticket", required::<Ticket>, ""),
        ("TicketType", required::<TicketType>, "id name"),
    ];
    for (name, required, expected) in rows {
        assert_eq!(required(), *expected, "{name}");
    }
}

#[test]
fn a_catalogue_is_read_from_json_without_some_lists() {
    let catalogue: Catalogue = serde_json::from_str(r#"{"bands": [{"id": 7, "name": "Stalls"}]}"#).unwrap();
    let lists = Lists {
        bands: vec![Band::new(7, "Stalls")],
        ..Lists::default()
    };
    assert_eq!(catalogue, Catalogue::from(lists));
}

#[test]
fn attributes_are_read_from_json_without_some_parts() {
    let attributes: Attributes = serde_json::from_str(r#"[{"name": "A"}, {"value": "1"}, {}]"#).unwrap();
    assert_eq!(attributes.iter().count(), 3);
    assert_eq!(attributes.get("A"), None);
}
