//! Edits of a running venue: what readers see of them, what is refused, and how baskets and orders follow.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::date;
use spektrix_v2::operations::{GetEvents, GetInstanceStatus, GetInstances, GetPriceLists, GetStockItems};
use spektrix_v2::{CustomerId, DeliveryType, EventId, InstanceId, StockItemId};
use spektrix_v2_sandbox::{Sandbox, VenueData};

use crate::support::{Reader, Visitor, accepted_client, amount, get, sandbox, ticket, url};

/// The paths of all lists that an edit can change.
const LISTS: [&str; 13] = [
    "bands",
    "events",
    "fixed-series",
    "instance-status",
    "instances",
    "memberships",
    "plans",
    "price-lists",
    "statements",
    "stock-items",
    "tag-groups",
    "tags",
    "ticket-types",
];

/// Returns the bodies of all lists.
async fn bodies(sandbox: &Sandbox) -> Vec<String> {
    let mut bodies = Vec::new();
    for path in LISTS {
        let all = if path == "fixed-series" { "" } else { "?all=true" };
        let (status, body) = get(sandbox, &format!("{path}{all}")).await;
        assert_eq!(status, 200, "{path}: {body}");
        bodies.push(body);
    }
    bodies
}

/// Changes a bit of everything.
fn change(venue: &mut VenueData) {
    let event = venue.event_mut(7001).expect("an event");
    event.name = "A new title".into();
    event.attributes.insert("Colour", "green");
    let mut event = event.clone();
    let instance = venue.instance_mut(21002).expect("an instance");
    instance.start = date(2031, 7, 1).at(20, 15, 0, 0);
    instance.is_on_sale = !instance.is_on_sale;
    let mut added = instance.clone();
    added.id = InstanceId::new(90_001);
    added.event = EventId::new(9000);
    venue.instances.push(added);
    event.id = EventId::new(9000);
    venue.events.push(event);
    venue.events.retain(|event| event.id != EventId::new(7004));
    venue.price_lists[0].prices[0].amount = amount("99.50");
}

#[tokio::test]
async fn every_list_shows_the_edit() {
    let reader = Reader::new().await;
    let before: Vec<_> = reader.read::<GetInstances>("all=true").await;
    reader.sandbox.edit(change).expect("a valid edit");

    let events = reader.read::<GetEvents>("all=true").await;
    let event = events.iter().find(|event| event.id.get() == 7001).expect("an event");
    assert_eq!(
        (event.name.as_str(), event.attributes.get("Colour")),
        ("A new title", Some("green"))
    );
    assert!(events.iter().all(|event| event.id.get() != 7004), "it was removed");
    assert_eq!(events.last().expect("a last").id, EventId::new(9000));

    let instances = reader.read::<GetInstances>("all=true").await;
    let find = |list: &[spektrix_v2::Instance]| list.iter().find(|one| one.id.get() == 21002).cloned().expect("one");
    let (old, new) = (find(&before), find(&instances));
    assert_eq!(new.start, date(2031, 7, 1).at(20, 15, 0, 0));
    assert_eq!(new.is_on_sale, !old.is_on_sale);
    assert!(
        instances.iter().all(|instance| instance.event.get() != 7004),
        "they went with their event"
    );
    assert_eq!(reader.read::<GetInstances>("event_id=9000").await.len(), 1);

    let free = reader.read::<GetInstanceStatus>("instance_id=90001").await;
    assert!(
        free.iter().all(|status| status.sold == 0 && status.available >= 100),
        "{free:?}"
    );
    let ids: Vec<_> = instances.iter().map(|instance| instance.id).collect();
    let statuses = reader.read::<GetInstanceStatus>("all=true").await;
    assert!(statuses.iter().all(|status| ids.contains(&status.instance)));
    let prices = reader.read::<GetPriceLists>("all=true").await;
    assert_eq!(prices[0].prices[0].amount, amount("99.50"));
}

#[tokio::test]
async fn the_same_edits_give_the_same_bodies() {
    let (one, two) = (sandbox().await, sandbox().await);
    let original = bodies(&one).await;
    for sandbox in [&one, &two] {
        sandbox.edit(change).expect("a valid edit");
        sandbox
            .edit(|venue| venue.stock_items.truncate(2))
            .expect("a valid edit");
    }
    let edited = bodies(&one).await;
    assert_ne!(edited, original);
    assert_eq!(edited, bodies(&two).await);
    one.reset().expect("a reset");
    assert_eq!(bodies(&one).await, original);
    one.edit(|_| ()).expect("a valid edit");
    assert_eq!(bodies(&one).await, original, "an edit that changes nothing");
}

#[tokio::test]
async fn an_invalid_edit_changes_nothing() {
    type Change = fn(&mut VenueData);
    let sandbox = sandbox().await;
    let original = bodies(&sandbox).await;
    let cases: [(Change, &str); 5] = [
        (
            |venue| venue.instances[3].event = EventId::new(99),
            "instances[3].event is 99, but none of the events has this id",
        ),
        (
            |venue| {
                let mut added = venue.instances[0].clone();
                added.id = InstanceId::new(90_001);
                added.event = EventId::new(7004);
                venue.instances.push(added);
                venue.events.retain(|event| event.id.get() != 7004);
            },
            "].event is 7004, but none of the events has this id",
        ),
        (
            |venue| venue.events[1].id = venue.events[0].id,
            "events[1] has the same id as an item before it",
        ),
        (
            |venue| venue.plans[0].bands = vec![99.into()],
            "plans[0].bands[0] is 99",
        ),
        (
            |venue| venue.instance_status[5].instance = InstanceId::new(1),
            "instance_status[5].instance is 1",
        ),
    ];
    for (change, expected) in cases {
        let error = sandbox.edit(change).expect_err(expected).to_string();
        assert!(
            error.starts_with("the venue was not edited: ") && error.contains(expected),
            "{error}"
        );
    }
    assert_eq!(bodies(&sandbox).await, original);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_see_whole_edits() {
    let sandbox = Arc::new(sandbox().await);
    let rename = |sandbox: &Sandbox, title: &str| {
        sandbox
            .edit(|venue| venue.events.iter_mut().for_each(|event| event.name = title.to_owned()))
            .expect("a valid edit");
    };
    rename(&sandbox, "Title A");
    let is_done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (sandbox, is_done) = (Arc::clone(&sandbox), Arc::clone(&is_done));
            tokio::spawn(async move {
                let client = accepted_client(&sandbox);
                let mut seen = [0, 0];
                while !is_done.load(Ordering::Relaxed) {
                    let path = format!("events?all=true&api_key={}", sandbox.api_key());
                    let response = client.get(url(&sandbox, &path)).send().await.expect("a response");
                    let body = response.text().await.expect("a body");
                    let counts = ["Title A", "Title B"].map(|title| body.matches(title).count());
                    assert!(counts == [64, 0] || counts == [0, 64], "{counts:?}");
                    seen[usize::from(counts[0] == 0)] += 1;
                }
                seen
            })
        })
        .collect();
    for round in 0..20 {
        let sandbox = Arc::clone(&sandbox);
        let title = if round % 2 == 0 { "Title B" } else { "Title A" };
        tokio::task::spawn_blocking(move || rename(&sandbox, title))
            .await
            .expect("an edit");
    }
    is_done.store(true, Ordering::Relaxed);
    let mut seen = [0, 0];
    for reader in readers {
        let counts = reader.await.expect("no mixed response");
        seen = [seen[0] + counts[0], seen[1] + counts[1]];
    }
    assert!(seen[0] > 0 && seen[1] > 0, "both titles were read: {seen:?}");
}

#[tokio::test]
async fn removed_items_leave_baskets() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let (kept, removed) = (visitor.on_sale(431, 2).await, visitor.on_sale(411, 2).await);
    let before = visitor.statuses(kept).await;
    visitor
        .add_tickets([ticket(kept, 431), ticket(removed, 411).with_band(12)])
        .await
        .expect("tickets");
    visitor.add_merchandise(503).await.expect("a mug");
    let price = visitor.basket().await.tickets[0].price.expect("a price");
    sandbox
        .edit(|venue| {
            venue.instances.retain(|instance| instance.id != removed);
            venue.stock_items.retain(|item| item.id != StockItemId::new(503));
            let list = venue
                .instances
                .iter()
                .find(|instance| instance.id == kept)
                .expect("it is kept")
                .price_list;
            let list = venue
                .price_lists
                .iter_mut()
                .find(|other| other.id == list)
                .expect("a price list");
            list.prices.iter_mut().for_each(|price| price.amount += amount("1.00"));
        })
        .expect("a valid edit");

    let basket = visitor.basket().await;
    let instances: Vec<_> = basket.tickets.iter().map(|ticket| ticket.instance).collect();
    assert_eq!(instances, [Some(kept)]);
    assert_eq!((basket.merchandise_items.len(), basket.total), (0, Some(price)));
    assert_eq!(visitor.statuses(kept).await[0].selected, before[0].selected + 1);
    visitor.add_tickets([ticket(kept, 431)]).await.expect("a ticket");
    let new_price = visitor.basket().await.tickets[1].price;
    assert_eq!(
        new_price,
        Some(price + amount("1.00")),
        "a new ticket has the new price"
    );
    let refused = visitor
        .add_tickets([ticket(removed, 411).with_band(12)])
        .await
        .expect_err("no instance");
    assert!(refused.page.contains("there is no instance"), "{refused:?}");

    // Fewer seats than visitors hold: none are available, and the number is not negative.
    sandbox
        .edit(|venue| {
            let mut of_kept = venue
                .instance_status
                .iter_mut()
                .filter(|status| status.instance == kept);
            of_kept.next().expect("a status").available = 1;
        })
        .expect("a valid edit");
    let status = &visitor.statuses(kept).await[0];
    assert_eq!((status.available, status.selected), (0, before[0].selected + 2));
    let refused = visitor.add_tickets([ticket(kept, 431)]).await.expect_err("no seat");
    assert!(refused.page.contains("There are not enough seats"), "{refused:?}");
}

#[tokio::test]
async fn orders_keep_removed_events() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let order = visitor.buy_film_ticket(CustomerId::new(9002), DeliveryType::Cobo).await;
    let path = format!("orders/related-data?order_id={}", order.id);
    let before = visitor.send("GET", &path, None).await.expect("related data");
    let instance = order.tickets[0].instance.expect("an instance");
    let mut event = None;
    sandbox
        .edit(|venue| {
            let found = venue.instance_mut(instance).expect("an instance").event;
            venue.events.retain(|event| event.id != found);
            event = Some(found);
        })
        .expect("a valid edit");
    let event = event.expect("the edit was called");
    let reader = Visitor::new(&sandbox)
        .send("GET", &format!("events?event_id={event}"), None)
        .await;
    assert!(
        !reader.expect("a list").contains("<Event "),
        "the list no longer has it"
    );
    assert_eq!(visitor.send("GET", &path, None).await.expect("related data"), before);
    let items = visitor.call(GetStockItems::new()).await.expect("stock items");
    assert!(!items.is_empty(), "other lists are not affected");
}

#[tokio::test]
async fn an_instance_can_move_to_another_plan() {
    let reader = Reader::new().await;
    let mut moved = None;
    reader
        .sandbox
        .edit(|venue| {
            let instance = venue.instances.iter_mut().find(|instance| instance.plan.get() == 431);
            let instance = instance.expect("an instance");
            instance.plan = 401.into();
            moved = Some(instance.id);
        })
        .expect("a valid edit");
    let moved = moved.expect("the edit was called");
    let statuses = reader
        .read::<GetInstanceStatus>(&format!("instance_id={moved}&all=true"))
        .await;
    let plans: Vec<_> = statuses.iter().map(|status| status.plan.get()).collect();
    assert!(plans.contains(&401) && !plans.contains(&431), "{plans:?}");
    assert!(statuses.iter().all(|status| status.available >= 100), "{statuses:?}");
}
