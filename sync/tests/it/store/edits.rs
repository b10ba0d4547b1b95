//! A property test: after each of many random edits of a venue, the database has what the service lists, and the changes lead
//! from the state before to the state after.
//!
//! `TEST_EDITS` sets the number of sequences of edits for each database.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use spektrix_v2::{BandId, Client, EventId, InstanceId};
use spektrix_v2_sandbox::{Sandbox, VenueData};
use spektrix_v2_sync::Sync;
use tokio::runtime::Handle;

use super::runs::assert_replayed;
use crate::database::{Database, KINDS, with_each};

/// An edit of an object, whose number is taken modulo the length of the list.
#[derive(Debug, Clone)]
enum Edit {
    RenameEvent(usize, String),
    AddEvent(usize),
    RemoveEvent(usize),
    MoveInstance(usize, i64),
    AddInstance(usize),
    RemoveInstance(usize),
    SetPrice(usize, usize, i64),
    RemovePrice(usize, usize),
    Sell(usize, i32),
    RemoveStatus(usize),
    RenameTag(usize, Option<String>),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = || 0..1_000_usize;
    // What a text format could confuse, and what people write.
    let text = || {
        prop_oneof![
            "[a-zé☃]{0,8}",
            "[\\\\\t\"'%_N]{0,6}",
            Just("\\N".to_owned()),
            Just("O'Casey & sons\n".to_owned())
        ]
    };
    prop_oneof![
        (index(), text()).prop_map(|(event, name)| Edit::RenameEvent(event, name)),
        index().prop_map(Edit::AddEvent),
        index().prop_map(Edit::RemoveEvent),
        (index(), 1..500_i64).prop_map(|(instance, hours)| Edit::MoveInstance(instance, hours)),
        index().prop_map(Edit::AddInstance),
        index().prop_map(Edit::RemoveInstance),
        (index(), index(), 0..10_000_i64).prop_map(|(list, price, pence)| Edit::SetPrice(list, price, pence)),
        (index(), index()).prop_map(|(list, price)| Edit::RemovePrice(list, price)),
        (index(), 0..50).prop_map(|(status, available)| Edit::Sell(status, available)),
        index().prop_map(Edit::RemoveStatus),
        (index(), proptest::option::of(text())).prop_map(|(tag, name)| Edit::RenameTag(tag, name)),
    ]
}

/// Returns an object of a list, and whether the list is not empty.
fn at<T>(list: &mut [T], index: usize) -> Option<&mut T> {
    let length = list.len().max(1);
    list.get_mut(index % length)
}

fn remove<T>(list: &mut Vec<T>, index: usize) {
    if !list.is_empty() {
        list.remove(index % list.len());
    }
}

impl Edit {
    fn apply(self, venue: &mut VenueData) -> Option<()> {
        match self {
            Self::RenameEvent(index, name) => at(&mut venue.events, index)?.name = name,
            Self::AddEvent(index) => {
                let mut event = at(&mut venue.events, index)?.clone();
                let last = venue.events.iter().map(|event| event.id.get()).max()?;
                event.id = EventId::new(last + 1);
                venue.events.push(event);
            }
            Self::RemoveEvent(index) => remove(&mut venue.events, index),
            Self::MoveInstance(index, hours) => {
                let instance = at(&mut venue.instances, index)?;
                let by = jiff::SignedDuration::from_hours(hours);
                instance.start = instance.start.checked_add(by).ok()?;
                instance.start_utc = instance.start_utc.checked_add(by).ok()?;
            }
            Self::AddInstance(index) => {
                let mut instance = at(&mut venue.instances, index)?.clone();
                let last = venue.instances.iter().map(|instance| instance.id.get()).max()?;
                instance.id = InstanceId::new(last + 1);
                venue.instances.push(instance);
            }
            Self::RemoveInstance(index) => remove(&mut venue.instances, index),
            Self::SetPrice(list, index, pence) => {
                let list = at(&mut venue.price_lists, list)?;
                at(&mut list.prices, index)?.amount = Decimal::new(pence, 2);
            }
            Self::RemovePrice(list, index) => remove(&mut at(&mut venue.price_lists, list)?.prices, index),
            Self::Sell(index, available) => at(&mut venue.instance_status, index)?.available = available,
            Self::RemoveStatus(index) => remove(&mut venue.instance_status, index),
            Self::RenameTag(index, name) => at(&mut venue.tags, index)?.name = name,
        }
        Some(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_edits_give_what_the_service_lists() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let default = if database.name == "sqlite" { 3 } else { 1 };
        let cases = std::env::var("TEST_EDITS").map_or(default, |cases| cases.parse().unwrap());
        let config = Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 60,
            ..Config::default()
        };
        let sequence = vec(vec(edit(), 1..8), 1..4);
        let result = TestRunner::new(config).run(&sequence, |rounds| {
            let check = check(&sandbox, &sync, &database, rounds);
            tokio::task::block_in_place(|| Handle::current().block_on(check));
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{}: {error}", database.name));
    })
    .await;
}

async fn check(sandbox: &Sandbox, sync: &Sync, database: &Database, rounds: Vec<Vec<Edit>>) {
    // What the last sequence left is the state before.
    sandbox.reset().unwrap();
    let client = sandbox.client().unwrap();
    for edits in rounds {
        for edit in edits {
            // A removal that another list refers to is refused, and then nothing changes.
            let _ = sandbox.edit(|venue| {
                edit.clone().apply(venue);
            });
        }
        sync.run().await.unwrap();
        assert_eq!(stored(database).await, listed(&client).await);
        assert_prices(database, &client).await;
    }
    assert_replayed(database).await;
}

/// The objects of the service, by kind and key.
async fn listed(client: &Client) -> BTreeMap<String, Value> {
    let mut objects = BTreeMap::new();
    add(&mut objects, "events", client.events().all().await.unwrap());
    add(&mut objects, "instances", client.instances().all().await.unwrap());
    add(&mut objects, "plans", client.plans().all().await.unwrap());
    add(&mut objects, "bands", client.bands().all().await.unwrap());
    add(&mut objects, "ticket_types", client.ticket_types().all().await.unwrap());
    add(&mut objects, "price_lists", client.price_lists().all().await.unwrap());
    add(
        &mut objects,
        "availability",
        client.instance_status().all().await.unwrap(),
    );
    add(&mut objects, "offers", client.offers().all().await.unwrap());
    add(&mut objects, "memberships", client.memberships().all().await.unwrap());
    add(&mut objects, "stock_items", client.stock_items().all().await.unwrap());
    add(&mut objects, "tags", client.tags().all().await.unwrap());
    add(&mut objects, "statements", client.statements().all().await.unwrap());
    objects
}

fn add<T: Serialize>(objects: &mut BTreeMap<String, Value>, kind: &str, list: Vec<T>) {
    for object in list {
        let value = serde_json::to_value(object).unwrap();
        assert!(objects.insert(key(kind, &value), value).is_none());
    }
}

fn key(kind: &str, object: &Value) -> String {
    let parts = if kind == "availability" {
        &["instance", "plan"][..]
    } else {
        &["id"]
    };
    let parts: Vec<_> = parts.iter().map(|part| object[part].to_string()).collect();
    format!("{kind} {}", parts.join("/"))
}

/// The objects of the database, by kind and key.
async fn stored(database: &Database) -> BTreeMap<String, Value> {
    let mut objects = BTreeMap::new();
    for table in KINDS {
        let kind = table.trim_start_matches("spektrix_");
        let rows = database
            .query(&["content"], &format!("{table} WHERE removed_at IS NULL"))
            .await;
        for row in rows {
            let value: Value = serde_json::from_str(&row[0]).unwrap();
            assert!(objects.insert(key(kind, &value), value).is_none());
        }
    }
    objects
}

/// Prices are separate rows, so that the content does not show a mistake in them.
async fn assert_prices(database: &Database, client: &Client) {
    let columns = [
        "price_list_id",
        "position",
        "coalesce(band_id, 0)",
        "ticket_type_id",
        "amount",
    ];
    let rows = database.query(&columns, "spektrix_prices").await;
    let number = |text: &String| text.parse::<Decimal>().unwrap().normalize().to_string();
    let mut stored: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(number).collect()).collect();
    let mut listed: Vec<Vec<String>> = Vec::new();
    for list in client.price_lists().all().await.unwrap() {
        for (position, price) in list.prices.iter().enumerate() {
            let band = price.band.map_or(0, BandId::get);
            let texts = [
                list.id.to_string(),
                position.to_string(),
                band.to_string(),
                price.ticket_type.to_string(),
            ];
            listed.push(
                texts
                    .into_iter()
                    .chain([price.amount.normalize().to_string()])
                    .collect(),
            );
        }
    }
    stored.sort();
    listed.sort();
    assert_eq!(stored, listed, "{}", database.name);
}
