//! Paging, and filters by event, instance, dates, customer, postcode and offer.

use std::collections::BTreeSet;

use crate::support::{Reader, TODAY, accepted_client, get, url};
use spektrix_v2::operations::{
    GetAddress, GetCustomers, GetEvents, GetFixedSeries, GetInstanceStatus, GetInstances, GetOffers, GetOffers2,
    GetOrderRelatedData, GetOrders, GetPlans, GetPriceLists, GetTransactions, PostcodeLookup,
};
use spektrix_v2::{EventId, Instance, InstanceId, Offer, Plan};

#[tokio::test]
async fn all_pages_together_are_the_whole_list() {
    let reader = Reader::new().await;
    let whole = reader.read::<GetInstances>("all=true").await;
    assert!((700..900).contains(&whole.len()), "{} instances", whole.len());
    let mut read = Vec::new();
    let mut is_last = false;
    while !is_last {
        let query = format!("limit=97&offset={}", read.len());
        let page = reader.read::<GetInstances>(&query).await;
        is_last = page.len() < 97;
        read.extend(page);
    }
    assert_eq!(read, whole);
    assert_eq!(reader.read::<GetInstances>("").await, whole[..10]);
    assert_eq!(reader.read::<GetInstances>("limit=0").await, []);
    assert_eq!(reader.read::<GetInstances>("offset=100000").await, []);
    let events = reader.read::<GetEvents>("all=true").await;
    assert_eq!(events.len(), 64);
}

/// Returns whether an instance matches a query.
type Matches<'a> = &'a dyn Fn(&Instance) -> bool;

#[tokio::test]
async fn instances_are_filtered_by_event_id_and_start() {
    let reader = Reader::new().await;
    let all = reader.read::<GetInstances>("all=true").await;
    let one = &all[100];
    let today = TODAY.at(0, 0, 0, 0);
    let month = TODAY.saturating_add(jiff::Span::new().days(30)).at(0, 0, 0, 0);
    let cases: [(String, Matches<'_>); 7] = [
        (format!("event_id={}", one.event), &|other| other.event == one.event),
        (format!("instance_id={}", one.id), &|other| other.id == one.id),
        (format!("event_id=7001&instance_id={}", one.id), &|other| {
            other.id == one.id && other.event == EventId::new(7001)
        }),
        (format!("instance_start_from={TODAY}"), &|other| other.start >= today),
        (
            format!("instance_start_from={TODAY}&instance_start_to={}", month.date()),
            &|other| (today..=month).contains(&other.start),
        ),
        (format!("instance_start_from={}", one.start_utc), &|other| {
            other.start_utc >= one.start_utc
        }),
        (format!("instance_start_to={}", one.start), &|other| {
            other.start <= one.start
        }),
    ];
    for (query, matches) in cases {
        let filtered = reader.read::<GetInstances>(&format!("all=true&{query}")).await;
        let expected: Vec<_> = all.iter().filter(|instance| matches(instance)).cloned().collect();
        assert_eq!(filtered, expected, "{query}");
        check_related_lists(&reader, &query, &filtered).await;
    }
}

/// Checks that events, price lists, statuses and plans are those of the filtered instances.
async fn check_related_lists(reader: &Reader, query: &str, instances: &[Instance]) {
    let query = format!("all=true&{query}");
    let events: BTreeSet<_> = reader
        .read::<GetEvents>(&query)
        .await
        .into_iter()
        .map(|event| event.id)
        .collect();
    assert_eq!(
        events,
        instances.iter().map(|instance| instance.event).collect(),
        "{query}"
    );
    let lists = reader.read::<GetPriceLists>(&query).await;
    let lists: BTreeSet<_> = lists.into_iter().map(|list| list.id).collect();
    assert_eq!(
        lists,
        instances.iter().map(|instance| instance.price_list).collect(),
        "{query}"
    );
    let statuses = reader.read::<GetInstanceStatus>(&query).await;
    let statuses: BTreeSet<_> = statuses.into_iter().map(|status| status.instance).collect();
    assert_eq!(
        statuses,
        instances.iter().map(|instance| instance.id).collect(),
        "{query}"
    );
    let plans = reader.read::<GetPlans>(&query).await;
    let parts: BTreeSet<_> = plans.iter().flat_map(|plan| plan.sub_plans.clone()).collect();
    let wholes: BTreeSet<_> = plans
        .iter()
        .map(|plan: &Plan| plan.id)
        .filter(|id| !parts.contains(id))
        .collect();
    assert_eq!(
        wholes,
        instances.iter().map(|instance| instance.plan).collect(),
        "{query}"
    );
    assert!(
        parts.iter().all(|part| plans.iter().any(|plan| plan.id == *part)),
        "{query}"
    );
}

#[tokio::test]
async fn unknown_ids_give_an_empty_list_or_not_found() {
    let reader = Reader::new().await;
    let empty = [
        "events?event_id=1",
        "events?instance_id=1",
        "events?event_id=6990",
        "instances?event_id=1",
        "instances?instance_start_from=2099-01-01",
        "instance-status?instance_id=1",
        "plans?instance_id=1",
        "price-lists?event_id=1",
        "offers?instance_id=1",
        "offers2?event_id=1",
        "fixed-series?fixed_series_id=1",
        "customers?customer_id=1",
        "customers?customer_id=9001&email=ben.example@example.org",
        "customers/addresses?customer_id=1",
        "customers/print-at-home-documents?customer_id=9001",
        "orders?order_id=1",
        "orders?order_id=30001&customer_id=9002",
        "transactions?transaction_id=1",
        "postcode-lookup?postcode=QV99ZZ",
    ];
    for path in empty {
        let body = reader.body(path).await;
        assert!(body.ends_with("XMLSchema-instance\"/>"), "{path}: {body}");
    }
    let nothing = reader.read::<GetOrderRelatedData>("order_id=1").await;
    assert_eq!(nothing, spektrix_v2::OrderRelatedData::new());
    let (status, body) = reader.get("postcode-lookup/address?postcode_lookup_id=nowhere").await;
    assert!(status == 404 && body.contains("nowhere"), "{status}: {body}");
}

#[tokio::test]
async fn a_basket_needs_a_valid_session() {
    let reader = Reader::new().await;
    for path in ["basket", "basket/related-data"] {
        assert_eq!(reader.get(path).await.0, 200, "{path}");
        let (status, body) = get(&reader.sandbox, path).await;
        assert!(status == 404 && body.contains("no cookie SessionId"), "{path}: {body}");
        let url = url(&reader.sandbox, &format!("{path}?api_key=sandbox-api-key"));
        let request = accepted_client(&reader.sandbox)
            .get(url)
            .header("Cookie", "SessionId=expired");
        let response = request.send().await.expect("a response");
        assert_eq!(response.status(), 404, "{path}");
        let body = response.text().await.expect("a body");
        assert!(body.contains("it has expired"), "{path}: {body}");
    }
}

#[tokio::test]
async fn customers_and_orders_are_found_by_any_id() {
    let reader = Reader::new().await;
    for query in [
        "customer_id=9002",
        "email=BEN.Example%40example.org",
        "friendly_id=C-88408",
        "customer_id=9002&email=",
    ] {
        let found = reader.read::<GetCustomers>(query).await;
        let names: Vec<_> = found.iter().map(|customer| customer.last_name.as_deref()).collect();
        assert_eq!(names, [Some("Example")], "{query}");
    }
    for (query, expected) in [
        ("order_id=30003", vec![30003]),
        ("friendly_id=MP-90009", vec![30003]),
        ("customer_id=9002", vec![30003, 30004]),
    ] {
        let orders = reader.read::<GetOrders>(query).await;
        assert_eq!(
            orders.iter().map(|order| order.id.get()).collect::<Vec<_>>(),
            expected,
            "{query}"
        );
    }
    let one = reader
        .read::<GetTransactions>("transaction_id=40001&order_id=30001")
        .await;
    assert_eq!(one.len(), 1);
    let series = reader.read::<GetFixedSeries>("fixed_series_id=702").await;
    assert_eq!(series.len(), 1);
}

#[tokio::test]
async fn a_postcode_lookup_finds_addresses() {
    let reader = Reader::new().await;
    for postcode in ["QV1%202AB", "qv12ab", "Qv1%20%202aB"] {
        let found = reader.read::<PostcodeLookup>(&format!("postcode={postcode}")).await;
        assert_eq!(found.len(), 4, "{postcode}");
        for lookup in found {
            let id = lookup.id.expect("an id");
            let address = reader.read::<GetAddress>(&format!("postcode_lookup_id={id}")).await;
            let line1 = address.line1.expect("a line");
            let description = lookup.description.expect("a description");
            assert!(description.starts_with(&line1), "{line1}");
        }
    }
}

#[tokio::test]
async fn offers_depend_on_the_event_and_the_customer() {
    let reader = Reader::new().await;
    let instances = reader.read::<GetInstances>("all=true").await;
    let events = reader.read::<GetEvents>("all=true").await;
    let of = |title: &str| {
        let event = events.iter().find(|event| event.name == title).expect(title);
        format!("event_id={}", event.id)
    };
    let (play, film) = (of("The Lamplighter’s Account"), of("Signal Box"));
    let cases = [
        (String::new(), vec![301, 302, 304, 305]),
        (play.clone(), vec![302, 305]),
        (format!("{play}&customer_id=9001"), vec![302, 303, 305]),
        (format!("{play}&customer_id=9002"), vec![302, 305]),
        (format!("{film}&customer_id=9001"), vec![302, 304, 305]),
    ];
    for (query, expected) in cases {
        assert_eq!(ids(&reader.read::<GetOffers2>(&query).await), expected, "{query}");
    }
    assert_eq!(ids(&reader.read::<GetOffers>("").await), [301, 302, 303, 304, 305]);
    let instance = instances.iter().find(|instance| instance.event == EventId::new(7001));
    let instance: InstanceId = instance.expect("an instance").id;
    let panto = reader.read::<GetOffers>(&format!("instance_id={instance}")).await;
    assert_eq!(ids(&panto), [301, 302, 305]);
}

fn ids(offers: &[Offer]) -> Vec<i32> {
    offers.iter().map(|offer| offer.id.get()).collect()
}
