//! Tests of identifiers: conversions to what they wrap, and `Identified` for all kinds of objects.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use spektrix_v2::{Band, EventId, Identified, Offer, OfferId, PostcodeLookupId, PriceList, StockItem, TicketType};

#[test]
fn an_identifier_converts_to_what_it_wraps() {
    assert_eq!(i32::from(EventId::new(7)), 7);
    assert_eq!(String::from(PostcodeLookupId::new("CB7 4AA")), "CB7 4AA");
    let numbers: Vec<i32> = [OfferId::new(1), OfferId::new(2)].map(Into::into).to_vec();
    assert_eq!(numbers, [1, 2]);
}

/// Adds an object to a cache of all kinds of objects.
fn insert<T: Identified>(cache: &mut BTreeMap<String, usize>, object: &T) {
    let count = cache.len();
    cache.insert(format!("{}/{}", T::KIND, object.id()), count);
}

#[test]
fn objects_of_all_kinds_have_a_kind_and_an_identifier() {
    let mut cache = BTreeMap::new();
    insert(&mut cache, &Band::new(7, "Stalls"));
    insert(&mut cache, &Offer::new(7));
    insert(&mut cache, &PriceList::new(7));
    insert(&mut cache, &TicketType::new(8, "Adult"));
    insert(&mut cache, &StockItem::new(9, Decimal::ONE, 3));
    let keys: Vec<&str> = cache.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["Band/7", "Offer/7", "PriceList/7", "StockItem/9", "TicketType/8"]
    );
}

/// Every list of the catalogue with identifiers, and every other list of objects.
#[test]
fn every_listed_type_with_an_identifier_is_identified() {
    fn kind<T: Identified>() -> &'static str {
        T::KIND
    }
    let kinds = [
        kind::<spektrix_v2::Event>(),
        kind::<spektrix_v2::FixedSeries>(),
        kind::<spektrix_v2::Instance>(),
        kind::<spektrix_v2::Membership>(),
        kind::<spektrix_v2::Order>(),
        kind::<spektrix_v2::Plan>(),
        kind::<spektrix_v2::PrintAtHomeLink>(),
        kind::<spektrix_v2::Statement>(),
        kind::<spektrix_v2::Tag>(),
        kind::<spektrix_v2::TagGroup>(),
        kind::<spektrix_v2::Transaction>(),
    ];
    assert_eq!(kinds.len(), 11);
    assert!(kinds.is_sorted(), "each kind is the name of its type: {kinds:?}");
}
