//! The data of the venue is consistent on any date: references, plans, price lists, sale periods, descriptions.

use std::collections::BTreeSet;

use crate::support::{Reader, TODAY};
use jiff::civil::{Date, date};
use spektrix_v2::operations::{
    GetBands, GetBasket, GetBasketRelatedData, GetCustomers, GetEvents, GetFixedSeries, GetInstances,
    GetOrderRelatedData, GetOrders, GetPlans, GetPriceLists, GetPrintAtHomeDocuments, GetStatements, GetStockItems,
    GetTagGroups, GetTags, GetTicketTypes,
};
use spektrix_v2::{DeliveryType, Order, OrderRelatedData, PlanId};

const DAYS: [Date; 4] = [TODAY, date(2031, 7, 20), date(2031, 12, 1), date(2032, 1, 3)];

#[tokio::test]
async fn there_are_no_dangling_references() {
    let reader = Reader::new().await;
    let events = ids(reader.read::<GetEvents>("all=true").await, |event| event.id);
    let plans = reader.read::<GetPlans>("all=true").await;
    let lists = reader.read::<GetPriceLists>("all=true").await;
    let bands = ids(reader.read::<GetBands>("all=true").await, |band| band.id);
    let types = ids(reader.read::<GetTicketTypes>("all=true").await, |one| one.id);
    let stock = ids(reader.read::<GetStockItems>("all=true").await, |item| item.id);
    let instances = reader.read::<GetInstances>("all=true").await;
    for instance in &instances {
        assert!(events.contains(&instance.event), "{instance:?}");
        assert!(plans.iter().any(|plan| plan.id == instance.plan), "{instance:?}");
        assert!(lists.iter().any(|list| list.id == instance.price_list), "{instance:?}");
        assert!(instance.start_selling_at < instance.stop_selling_at && instance.stop_selling_at < instance.start);
    }
    for event in reader.read::<GetEvents>("all=true").await {
        assert!(
            event
                .related_events
                .iter()
                .all(|id| events.contains(id) && *id != event.id),
            "{event:?}"
        );
        assert!(
            event.related_stock_items.iter().all(|id| stock.contains(id)),
            "{event:?}"
        );
    }
    for price in lists.iter().flat_map(|list| &list.prices) {
        assert!(
            bands.contains(&price.band.expect("a band")) && types.contains(&price.ticket_type),
            "{price:?}"
        );
    }
    let instances = ids(instances, |instance| instance.id);
    for series in reader.read::<GetFixedSeries>("").await {
        assert!(
            series.instances.len() > 3 && series.instances.iter().all(|id| instances.contains(id)),
            "{series:?}"
        );
    }
    check_customers(&reader).await;
}

/// Checks the tags and statements of customers.
async fn check_customers(reader: &Reader) {
    let tags = reader.read::<GetTags>("all=true").await;
    let groups = reader.read::<GetTagGroups>("all=true").await;
    for tag in &tags {
        let groups: Vec<_> = groups.iter().filter(|group| group.tags.contains(&tag.id)).collect();
        assert!(groups.len() == 1 && Some(groups[0].id) == tag.tag_group, "{tag:?}");
    }
    let tags = ids(tags, |tag| tag.id);
    let statements = ids(reader.read::<GetStatements>("all=true").await, |one| one.id);
    for customer in 9001..=9006 {
        for customer in reader.read::<GetCustomers>(&format!("customer_id={customer}")).await {
            assert!(customer.tags.iter().all(|tag| tags.contains(tag)), "{customer:?}");
            assert!(
                customer.statements.iter().all(|one| statements.contains(one)),
                "{customer:?}"
            );
            assert!(customer.email.expect("an address").ends_with("@example.org"));
        }
    }
}

fn ids<T, I: Ord>(items: Vec<T>, id: impl Fn(&T) -> I) -> BTreeSet<I> {
    items.into_iter().map(|item| id(&item)).collect()
}

#[tokio::test]
async fn only_plans_without_sub_plans_are_bookable() {
    let reader = Reader::new().await;
    let plans = reader.read::<GetPlans>("all=true").await;
    let find = |id: PlanId| plans.iter().find(|plan| plan.id == id).expect("a plan");
    let main = find(PlanId::new(401));
    assert_eq!(main.sub_plans, [PlanId::new(402), PlanId::new(403)]);
    assert!(plans.iter().all(|plan| plan.sub_plans.is_empty() || !plan.is_bookable));
    assert!(find(PlanId::new(402)).is_bookable && find(PlanId::new(421)).is_bookable);
    assert_eq!(find(PlanId::new(421)).bands.len(), 1, "an unreserved plan has one band");
    let basket = reader.read::<GetBasket>("").await;
    for ticket in &basket.tickets {
        let plan = find(ticket.plan.expect("a plan"));
        assert!(
            plan.is_bookable && plan.bands.contains(&ticket.band.expect("a band")),
            "{ticket:?}"
        );
    }
}

#[tokio::test]
async fn every_band_of_a_price_list_has_one_default() {
    let reader = Reader::new().await;
    let lists = reader.read::<GetPriceLists>("all=true").await;
    assert!(
        lists.iter().any(|list| list.prices.is_empty()),
        "a price list without prices"
    );
    for list in lists {
        let bands: BTreeSet<_> = list.prices.iter().map(|price| price.band).collect();
        for band in bands {
            let of_band: Vec<_> = list.prices.iter().filter(|price| price.band == band).collect();
            assert_eq!(
                of_band.iter().filter(|price| price.is_band_default).count(),
                1,
                "{list:?}"
            );
            let types: BTreeSet<_> = of_band.iter().map(|price| price.ticket_type).collect();
            assert_eq!(types.len(), of_band.len(), "{list:?}");
        }
    }
}

#[tokio::test]
async fn is_on_sale_matches_the_sale_period() {
    for today in DAYS {
        let reader = Reader::on(today).await;
        let noon = today.at(12, 0, 0, 0);
        let instances = reader.read::<GetInstances>("all=true").await;
        for instance in &instances {
            let is_open = instance.start_selling_at <= noon && noon < instance.stop_selling_at;
            assert_eq!(instance.is_on_sale, is_open, "{instance:?}");
        }
        for event in reader.read::<GetEvents>("all=true").await {
            let mut own = instances.iter().filter(|instance| instance.event == event.id);
            assert_eq!(
                event.is_on_sale,
                own.any(|instance| instance.is_on_sale),
                "{}",
                event.name
            );
        }
        assert!(
            instances.iter().any(|instance| instance.start_selling_at > noon),
            "{today}: an instance that is not on sale yet"
        );
        let in_summer_time = instances.iter().filter(|instance| {
            let hours = (instance.start_utc.strftime("%H"), instance.start.strftime("%H"));
            hours.0.to_string() != hours.1.to_string()
        });
        assert!(
            (100..700).contains(&in_summer_time.count()),
            "{today}: instances in summer time"
        );
    }
}

#[tokio::test]
async fn descriptions_are_plain_text_and_html() {
    let reader = Reader::new().await;
    let events = reader.read::<GetEvents>("all=true").await;
    assert!(events.iter().all(|event| event.description.ends_with("\r\n")));
    assert!(events.iter().all(|event| event.html_description.starts_with("<p>")));
    assert!(events.iter().any(|event| event.html_description.contains("&amp;")));
    let flags = events
        .iter()
        .filter(|event| event.attributes.flag("Drama") == Some(true));
    assert_eq!(flags.count(), 12);
    assert!(
        events
            .iter()
            .all(|event| event.attributes.get("Confirmation Text") == Some(""))
    );
    let body = reader.body("events?limit=1").await;
    assert!(
        body.contains("&#xD;\n") && body.contains("&lt;p&gt;") && body.contains("<Value/>"),
        "{body}"
    );
}

#[tokio::test]
async fn related_data_has_all_referenced_objects() {
    let reader = Reader::new().await;
    let basket = reader.read::<GetBasket>("").await;
    let data = reader.read::<GetBasketRelatedData>("").await;
    for ticket in &basket.tickets {
        assert!(data.instances.iter().any(|one| Some(one.id) == ticket.instance));
        assert!(data.plans.iter().any(|one| Some(one.id) == ticket.plan));
        assert!(data.bands.iter().any(|one| Some(one.id) == ticket.band));
        assert!(data.ticket_types.iter().any(|one| Some(one.id) == ticket.ticket_type));
    }
    assert!(data.offers.iter().map(|offer| offer.id).eq(basket.offers));
    assert!(
        data.instances
            .iter()
            .all(|one| data.price_lists.iter().any(|list| list.id == one.price_list))
    );
    assert_eq!(data.stock_items.len(), 2);
    for customer in [9001, 9002, 9003, 9004] {
        let orders = reader.read::<GetOrders>(&format!("customer_id={customer}")).await;
        let data = reader
            .read::<GetOrderRelatedData>(&format!("customer_id={customer}"))
            .await;
        for order in &orders {
            check_related_data(order, &data);
        }
    }
}

fn check_related_data(order: &Order, data: &OrderRelatedData) {
    for ticket in &order.tickets {
        let instance = data
            .instances
            .iter()
            .find(|one| Some(one.id) == ticket.instance)
            .expect("an instance");
        assert!(data.events.iter().any(|event| event.id == instance.event), "{order:?}");
    }
    for item in &order.merchandise_items {
        assert!(
            data.stock_items.iter().any(|one| Some(one.id) == item.stock_item),
            "{order:?}"
        );
    }
}

#[tokio::test]
async fn an_old_order_refers_to_an_inactive_event() {
    let reader = Reader::new().await;
    let data = reader.read::<GetOrderRelatedData>("order_id=30006").await;
    let [event] = data.events.as_slice() else {
        panic!("{data:?}")
    };
    assert!(!event.is_on_sale);
    assert_eq!(reader.read::<GetEvents>(&format!("event_id={}", event.id)).await, []);
    let events = reader.read::<GetEvents>("all=true").await;
    assert!(events.iter().all(|other| other.id != event.id));
    assert_eq!(
        reader
            .read::<GetInstances>(&format!("instance_id={}", data.instances[0].id))
            .await,
        []
    );
}

#[tokio::test]
async fn orders_have_all_three_types_of_delivery() {
    let reader = Reader::new().await;
    let mut types = Vec::new();
    for customer in 9001..=9006 {
        for order in reader.read::<GetOrders>(&format!("customer_id={customer}")).await {
            let deliveries = order.ticket_delivery.into_iter().chain(order.merchandise_delivery);
            for delivery in deliveries {
                let kind = delivery.r#type.expect("a type");
                assert_eq!(delivery.address.is_some(), kind == DeliveryType::Postal);
                types.push(kind);
            }
        }
    }
    assert!(DeliveryType::KNOWN.iter().all(|kind| types.contains(kind)), "{types:?}");
    let links = reader.read::<GetPrintAtHomeDocuments>("customer_id=9002").await;
    let ready: Vec<_> = links
        .iter()
        .map(|link| (link.tickets_ready, link.url.is_some()))
        .collect();
    assert_eq!(ready, [(true, true), (false, false)]);
}
