//! The stored hashes: a run writes those of another version again, and objects whose rows are gone, and nothing else.

use std::borrow::Cow;

use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::{Kind, Sync};
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use crate::database::{Database, with_each};

/// The number of changes, and the forms of the hashes.
async fn recorded(database: &Database) -> (i64, Vec<Vec<String>>) {
    let changes = database.number("count(*)", "spektrix_changes").await;
    let forms = database
        .query(&["form"], "spektrix_hashes GROUP BY form ORDER BY form")
        .await;
    (changes, forms)
}

#[tokio::test]
async fn hashes_of_another_form_are_replaced() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let before = database.content().await;
        let (changes, current) = recorded(&database).await;
        assert_eq!(current.len(), 1);
        database.execute("UPDATE spektrix_hashes SET form = 0").await;

        let report = sync.run().await.unwrap();
        assert_eq!(report.written(), 0, "{}: {report}", database.name);
        assert_eq!(
            recorded(&database).await,
            (changes, current.clone()),
            "{}",
            database.name
        );
        assert_eq!(database.content().await, before, "{}", database.name);

        // A change that the service makes at the same time is recorded, and alone.
        database.execute("UPDATE spektrix_hashes SET form = 0").await;
        let rename = |venue: &mut spektrix_v2_sandbox::VenueData| venue.event_mut(7001).unwrap().name = "Other".into();
        sandbox.edit(rename).unwrap();
        let report = sync.run().await.unwrap();
        assert_eq!(
            (report.written(), report.counts[&Kind::Events].changed),
            (1, 1),
            "{report}"
        );
        assert_eq!(recorded(&database).await, (changes + 1, current), "{}", database.name);
        assert_eq!(sync.run().await.unwrap().written(), 0);
    })
    .await;
}

#[tokio::test]
async fn hashes_that_differ_record_no_false_change() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let (changes, _) = recorded(&database).await;
        // An entry starts with its key of 4 bytes and its hash of 8.
        let other = match database.name {
            "sqlite" => "CAST(substr(entries, 1, 4) || x'0101010101010101' || substr(entries, 13) AS BLOB)",
            "postgres" => "overlay(entries placing decode('0101010101010101', 'hex') from 5 for 8)",
            _ => "INSERT(entries, 5, 8, REPEAT(CHAR(1), 8))",
        };
        let sql = format!("UPDATE spektrix_hashes SET entries = {other} WHERE kind = 'bands'");
        database.execute(&sql).await;
        let report = sync.run().await.unwrap();
        assert_eq!(report.counts[&Kind::Bands].changed, 1, "{}: {report}", database.name);
        assert_eq!(recorded(&database).await.0, changes, "{}", database.name);
        assert_eq!(sync.run().await.unwrap().written(), 0);
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_deleted_are_stored_again() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        let table = [
            ("one", "DELETE FROM spektrix_events WHERE id = 7001", 1),
            ("all", "DELETE FROM spektrix_bands", 5),
            ("hashes", "DELETE FROM spektrix_hashes", 0),
            ("some hashes", "DELETE FROM spektrix_hashes WHERE block > 0", 0),
        ];
        for (name, sql, added) in table {
            database.execute(sql).await;
            let report = sync.run().await.unwrap();
            let sum: usize = report.counts.values().map(|counts| counts.added).sum();
            assert_eq!(
                (sum, report.written()),
                (added, added),
                "{}: {name}: {report}",
                database.name
            );
            assert_eq!(sync.run().await.unwrap().written(), 0, "{name}");
        }
    })
    .await;
}

/// The migrations before hashes were stored in blocks.
fn old_migrations(database: &str) -> Migrator {
    let files: &[(i64, &'static str, &'static str)] = match database {
        "sqlite" => &[
            (1, "tables", include_str!("../../../migrations/sqlite/1_tables.sql")),
            (2, "views", include_str!("../../../migrations/sqlite/2_views.sql")),
        ],
        "postgres" => &[
            (1, "tables", include_str!("../../../migrations/postgres/1_tables.sql")),
            (2, "views", include_str!("../../../migrations/postgres/2_views.sql")),
            (3, "fleet", include_str!("../../../migrations/postgres/3_fleet.sql")),
        ],
        _ => &[
            (1, "tables", include_str!("../../../migrations/mysql/1_tables.sql")),
            (2, "views", include_str!("../../../migrations/mysql/2_views.sql")),
        ],
    };
    let migrations = files.iter().map(|(version, name, sql)| {
        let kind = MigrationType::Simple;
        Migration::new(*version, Cow::Borrowed(*name), kind, sql.into_sql_str(), false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.dangerous_set_table_name("spektrix_migrations");
    migrator
}

#[tokio::test]
async fn tables_of_an_older_version_are_kept() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let client = sandbox.client().unwrap();
        database.migrate(&old_migrations(database.name)).await;
        let bands = client.bands().all().await.unwrap();
        for (index, band) in bands.iter().enumerate() {
            let mut content = serde_json::to_value(band).unwrap();
            if index == 0 {
                content["name"] = "Before".into();
            }
            let sql = format!(
                "INSERT INTO spektrix_bands (venue, id, name, content, hash, first_seen, changed_at) VALUES \
                 ('{}', {}, 'x', '{content}', '00', '2027-01-01 00:00:00', '2027-01-01 00:00:00')",
                client.client_name(),
                band.id
            );
            database.execute(&sql).await;
        }
        let sync = Sync::new(client, database.store().await).only([Kind::Bands]);
        let report = sync.run().await.unwrap();
        let counts = report.counts[&Kind::Bands];
        assert_eq!((counts.added, counts.changed), (0, 1), "{}: {report}", database.name);
        let changes = database.query(&["what"], "spektrix_changes").await;
        assert_eq!(changes, [["changed"]], "{}", database.name);
        assert_eq!(sync.run().await.unwrap().written(), 0);
    })
    .await;
}
