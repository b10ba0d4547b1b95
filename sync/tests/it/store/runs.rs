//! What a run stores: changes of the lists, venues, purges.

use std::collections::BTreeMap;

use jiff::Timestamp;
use spektrix_v2_sandbox::{Sandbox, VenueData};
use spektrix_v2_sync::{ErrorKind, Kind, Report, Store, Sync};

use crate::database::{Database, KINDS, with_each};

async fn sync(sandbox: &Sandbox, database: &Database) -> Report {
    let store = database.store().await;
    let report = Sync::new(sandbox.client().unwrap(), store.clone()).run().await.unwrap();
    store.close().await;
    report
}

/// How many objects were added, changed and removed.
fn written(report: &Report, kind: Kind) -> [usize; 3] {
    let counts = report.counts[&kind];
    [counts.added, counts.changed, counts.removed]
}

#[tokio::test]
async fn runs_store_what_changed_and_nothing_else() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let client = sandbox.client().unwrap();
        let first = sync(&sandbox, &database).await;
        let events = client.events().all().await.unwrap().len();
        assert_eq!(written(&first, Kind::Events), [events, 0, 0]);
        assert_eq!(
            database.number("count(*)", "spektrix_events").await,
            i64::try_from(events).unwrap()
        );
        for table in KINDS {
            assert!(database.number("count(*)", table).await > 0, "{table} is empty");
        }

        let before = database.content().await;
        let second = sync(&sandbox, &database).await;
        assert_eq!(second.written(), 0, "{second}");
        assert_eq!(database.content().await, before, "{}", database.name);

        sandbox
            .edit(|venue| {
                venue.event_mut(7001).unwrap().name = "A \"new\" title\t\\N ☃".to_owned();
                venue.events.retain(|event| event.id.get() != 7004);
            })
            .unwrap();
        let third = sync(&sandbox, &database).await;
        // Two other events refer to the one that is gone.
        assert_eq!(written(&third, Kind::Events), [0, 3, 1], "{third}");
        let names = database.query(&["name"], "spektrix_events WHERE id = 7001").await;
        assert_eq!(names, [["A \"new\" title\t\\N ☃"]]);
        let removed = "spektrix_events WHERE removed_at IS NOT NULL";
        assert_eq!(database.query(&["id"], removed).await, [["7004"]]);
        let changes = "spektrix_changes WHERE run_id = 3 AND kind = 'events' AND object_key IN ('7001', '7004') ORDER BY object_key";
        let changes = database.query(&["object_key", "what"], changes).await;
        assert_eq!(changes, [["7001", "changed"], ["7004", "removed"]]);

        sandbox.reset().unwrap();
        let fourth = sync(&sandbox, &database).await;
        assert_eq!(written(&fourth, Kind::Events), [1, 3, 0], "{fourth}");
        assert_eq!(database.number("count(*)", removed).await, 0);
        assert_replayed(&database).await;
        assert_eq!(sync(&sandbox, &database).await.written(), 0);
    })
    .await;
}

/// The changes, replayed from nothing, give the objects that are listed.
pub(super) async fn assert_replayed(database: &Database) {
    let columns = ["kind", "object_key", "what", "before_content", "after_content"];
    let mut replayed: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in database.query(&columns, "spektrix_changes ORDER BY id").await {
        let [kind, key, what, before, after] = <[String; 5]>::try_from(row).unwrap();
        let stored = if what == "removed" {
            replayed.remove(&(kind.clone(), key.clone()))
        } else {
            replayed.insert((kind.clone(), key.clone()), after)
        };
        assert_eq!(stored.unwrap_or("∅".into()), before, "{kind} {key} {what}");
    }
    for table in KINDS {
        let kind = table.trim_start_matches("spektrix_");
        let mut of_kind: Vec<_> = replayed
            .iter()
            .filter(|((of, _), _)| of == kind)
            .map(|(_, content)| content)
            .collect();
        let rows = database
            .query(&["content"], &format!("{table} WHERE removed_at IS NULL"))
            .await;
        let mut stored: Vec<_> = rows.iter().map(|row| &row[0]).collect();
        of_kind.sort();
        stored.sort();
        assert_eq!(of_kind, stored, "{table}");
    }
}

#[tokio::test]
async fn venues_share_a_database() {
    with_each(|database| async move {
        let sandbox = Sandbox::builder().venues(2).start().await.unwrap();
        let store = database.store().await;
        for venue in sandbox.venues() {
            let run = Sync::new(venue.client().unwrap(), store.clone()).run().await.unwrap();
            assert_eq!((run.venue.as_str(), run.run), (venue.client_name(), Some(1)));
        }
        sandbox
            .venue("sandbox-2")
            .unwrap()
            .edit(|venue| venue.event_mut(7001).unwrap().name = "Other".into())
            .unwrap();
        for (venue, expected) in sandbox.venues().zip([0, 1]) {
            let run = Sync::new(venue.client().unwrap(), store.clone()).run().await.unwrap();
            assert_eq!(run.written(), expected);
        }
        let names = database.query(&["venue"], "spektrix_events WHERE name = 'Other'").await;
        assert_eq!(names, [["sandbox-2"]]);
    })
    .await;
}

#[tokio::test]
async fn plans_store_nothing() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).only([Kind::Bands, Kind::Tags]);
        let plan = sync.plan().await.unwrap();
        assert_eq!(plan.planned.len(), plan.written());
        assert!(plan.written() > 0 && plan.counts.len() == 2, "{plan}");
        assert_eq!(database.number("count(*)", "spektrix_bands").await, 0);
        assert_eq!(database.number("count(*)", "spektrix_runs").await, 0);
        assert_eq!(sync.run().await.unwrap().counts, plan.counts);
    })
    .await;
}

#[tokio::test]
async fn venue_names_that_a_database_confuses_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let store = Store::open("sqlite::memory:").await.unwrap();
    for name in ["", "a ", " a", "a\u{a0}", "a\tb", "a\0", &"x".repeat(101)] {
        let sync = Sync::new(sandbox.client().unwrap(), store.clone()).venue(name);
        assert_eq!(
            sync.run().await.unwrap_err().kind(),
            ErrorKind::Configuration,
            "{name:?}"
        );
    }
    with_each(|database| async move {
        // Names that differ only in what some collations ignore are different venues.
        let names = ["a", "A", "á", "a\u{301}", "ａ", "ß", "ss"];
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).only([Kind::Bands]);
        for (index, name) in names.into_iter().enumerate() {
            let edit = |venue: &mut VenueData| venue.bands[0].name = format!("of {index}");
            sandbox.edit(edit).unwrap();
            assert_eq!(sync.clone().venue(name).run().await.unwrap().run, Some(1), "{name}");
        }
        let rows = database
            .query(
                &["venue", "name"],
                "spektrix_bands WHERE name LIKE 'of %' ORDER BY name",
            )
            .await;
        let expected = names
            .into_iter()
            .enumerate()
            .map(|(index, name)| [name.to_owned(), format!("of {index}")]);
        assert_eq!(rows, expected.collect::<Vec<_>>(), "{}", database.name);
    })
    .await;
}

#[tokio::test]
async fn purges_delete_old_records_and_no_listed_object() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        sync(&sandbox, &database).await;
        sandbox
            .edit(|venue| venue.events.retain(|event| event.id.get() != 7004))
            .unwrap();
        sync(&sandbox, &database).await;
        let store = database.store().await;
        let hour = jiff::SignedDuration::from_hours(1);
        let nothing = store.purge(Timestamp::now() - hour).await.unwrap();
        assert_eq!((nothing.objects, nothing.changes, nothing.runs), (0, 0, 0));
        let listed = database
            .number("count(*)", "spektrix_events WHERE removed_at IS NULL")
            .await;
        let purged = store.purge(Timestamp::now() + hour).await.unwrap();
        assert!(
            purged.objects > 0 && purged.changes > 0 && purged.runs == 1,
            "{purged:?}"
        );
        assert_eq!(database.number("count(*)", "spektrix_events").await, listed);
        assert_eq!(
            database
                .number("count(*)", "spektrix_event_attributes WHERE event_id = 7004")
                .await,
            0
        );
        assert_eq!(store.runs(5).await.unwrap().len(), 1);
        assert_eq!(sync(&sandbox, &database).await.written(), 0);
    })
    .await;
}

#[tokio::test]
async fn sites_pass_their_own_pool() {
    let pool = sqlx::SqlitePool::connect("sqlite::memory:").await.unwrap();
    let pool = sqlx::sqlite::SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with((*pool.connect_options()).clone())
        .await
        .unwrap();
    let sandbox = Sandbox::start().await.unwrap();
    let report = Sync::new(sandbox.client().unwrap(), Store::from(pool.clone()))
        .run()
        .await
        .unwrap();
    assert!(report.written() > 1_000, "{report}");
    let (bands,): (i64,) = sqlx::query_as("SELECT count(*) FROM spektrix_bands")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(bands, 5);
}
