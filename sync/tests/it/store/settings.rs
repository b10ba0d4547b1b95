//! Settings of a server that its administrator may have changed: none of them changes what is stored, and one that makes a run
//! impossible is explained.

use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::{ErrorKind, Kind, Sync};

use super::mariadb_server::MariaDbServer;
use super::runs::assert_replayed;
use crate::database::{Database, administrate, with_each};

/// What people write, and what servers may store in another way.
fn edit(sandbox: &Sandbox) {
    let edit = |venue: &mut spektrix_v2_sandbox::VenueData| {
        venue.events[0].name = String::from(r#"O'Casey "& sons" \' \n 🎭 ’ "#);
        venue.events[1].description.clear();
        venue.instances[0].start_utc = "0001-01-01T00:00:00Z".parse().unwrap();
    };
    sandbox.edit(edit).unwrap();
}

/// Runs twice, and returns what is stored, without the times of the runs.
async fn stored(sandbox: &Sandbox, database: &Database) -> Vec<Vec<String>> {
    let kinds = [Kind::Events, Kind::Instances, Kind::PriceLists];
    let sync = Sync::new(sandbox.client().unwrap(), database.store().await).only(kinds);
    sync.run().await.unwrap();
    assert_eq!(sync.run().await.unwrap().written(), 0);
    assert_replayed(database).await;
    let mut stored = database
        .query(&["id", "name", "description", "content"], "spektrix_events ORDER BY id")
        .await;
    let columns = ["id", "start_local", "start_utc", "stop_selling_utc", "content"];
    stored.extend(database.query(&columns, "spektrix_instances ORDER BY id").await);
    let columns = ["price_list_id", "position", "amount", "is_band_default"];
    let prices = "spektrix_prices ORDER BY price_list_id, position";
    stored.extend(database.query(&columns, prices).await);
    stored
}

#[tokio::test]
async fn settings_of_postgres_change_nothing() {
    with_each(|database| async move {
        if database.name != "postgres" {
            return;
        }
        let sandbox = Sandbox::start().await.unwrap();
        edit(&sandbox);
        let expected = stored(&sandbox, &database).await;
        let table = [
            "default_transaction_isolation=serializable",
            "DateStyle=German",
            "IntervalStyle=sql_standard",
            "standard_conforming_strings=off",
            "client_encoding=LATIN1",
            "TimeZone=Pacific/Kiritimati",
            "default_transaction_deferrable=on",
            "search_path=other",
        ];
        for (number, setting) in table.into_iter().enumerate() {
            // Each has its own tables, which is a test of a `search_path`, too.
            let schema = format!("s{number}");
            administrate(&database.url, &format!("CREATE SCHEMA {schema}"))
                .await
                .unwrap();
            let url = format!("{}?options[search_path]={schema}", database.url);
            let (name, value) = setting.split_once('=').unwrap();
            let url = if name == "search_path" {
                url
            } else {
                format!("{url}&options[{name}]={value}")
            };
            let database = Database { name: "postgres", url };
            assert_eq!(stored(&sandbox, &database).await, expected, "{setting}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_of_mariadb_change_nothing() {
    let Some(server) = MariaDbServer::start() else { return };
    let sandbox = Sandbox::start().await.unwrap();
    edit(&sandbox);
    let table = [
        ("the defaults", ""),
        ("no autocommit", "autocommit = 0"),
        ("no strict mode", "sql_mode = ''"),
        (
            "another meaning of quotes",
            "sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH'",
        ),
        ("an empty string is null", "sql_mode = 'ORACLE,EMPTY_STRING_IS_NULL'"),
        ("no transactions", "default_storage_engine = MyISAM"),
        ("tables need a key", "innodb_force_primary_key = 1"),
        ("another time zone", "time_zone = '+05:00'"),
        ("three bytes a character", "character_set_server = utf8mb3"),
        ("serializable", "tx_isolation = 'SERIALIZABLE'"),
        ("short waits", "wait_timeout = 1"),
    ];
    let mut expected = None;
    for (number, (name, setting)) in table.into_iter().enumerate() {
        let database = format!("season{number}");
        let defaults = "autocommit = 1, sql_mode = DEFAULT, default_storage_engine = InnoDB, innodb_force_primary_key = 0, \
            time_zone = SYSTEM, character_set_server = utf8mb4, tx_isolation = 'REPEATABLE-READ', wait_timeout = 28800";
        let global = |settings: &str| format!("SET GLOBAL {}", settings.replace(", ", ", GLOBAL "));
        server.administrate(&global(defaults)).await;
        if !setting.is_empty() {
            server.administrate(&format!("SET GLOBAL {setting}")).await;
        }
        server.administrate(&format!("CREATE DATABASE {database}")).await;
        let database = Database {
            name: "mysql",
            url: server.url(&database),
        };
        let stored = stored(&sandbox, &database).await;
        assert_eq!(stored, *expected.get_or_insert_with(|| stored.clone()), "{name}");
        let engines = "information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'";
        let engines = database
            .query(&["count(*)", "max(engine)", "min(engine)"], engines)
            .await
            .concat();
        assert_eq!(
            engines[1..],
            ["InnoDB", "InnoDB"],
            "{name}: a run must be one transaction"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_that_prevent_a_run_are_explained() {
    let Some(server) = MariaDbServer::start() else { return };
    let sandbox = Sandbox::start().await.unwrap();
    server
        .administrate("CREATE DATABASE season; SET GLOBAL max_allowed_packet = 16384")
        .await;
    let database = Database {
        name: "mysql",
        url: server.url("season"),
    };
    explained(&sandbox, &database, ErrorKind::Database, "raise max_allowed_packet").await;
    server.administrate("SET GLOBAL max_allowed_packet = 16777216").await;
    stored(&sandbox, &database).await;

    with_each(|database| async move {
        if database.name != "postgres" {
            return;
        }
        let sandbox = Sandbox::start().await.unwrap();
        let table = [
            (
                "statement_timeout=1",
                ErrorKind::Unavailable,
                "a time limit that is too short",
            ),
            ("search_path=nowhere", ErrorKind::Database, "has no schema"),
        ];
        for (setting, kind, hint) in table {
            let (name, value) = setting.split_once('=').unwrap();
            let url = format!("{}?options[{name}]={value}", database.url);
            explained(&sandbox, &Database { name: "postgres", url }, kind, hint).await;
        }
        let latin = format!("{}_latin1", database.url.rsplit('/').next().unwrap());
        let create =
            format!("CREATE DATABASE {latin} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        administrate(&database.url, &create).await.unwrap();
        let url = format!("{}_latin1", database.url);
        explained(
            &sandbox,
            &Database { name: "postgres", url },
            ErrorKind::Database,
            "the encoding UTF-8",
        )
        .await;
        administrate(&database.url, &format!("DROP DATABASE {latin} WITH (FORCE)"))
            .await
            .unwrap();
    })
    .await;
}

async fn explained(sandbox: &Sandbox, database: &Database, kind: ErrorKind, hint: &str) {
    let error = Sync::new(sandbox.client().unwrap(), database.store().await)
        .run()
        .await
        .expect_err(hint);
    let found = error.hint().unwrap_or_default();
    assert!(
        error.kind() == kind && found.contains(hint),
        "{hint}: {error} ({:?}) {found}",
        error.kind()
    );
}

/// As with a pooler that gives each transaction another connection: the lock is not on the connection that writes.
#[tokio::test]
async fn a_run_that_lost_its_lock_stores_nothing() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await).only([Kind::Bands]);
        sync.run().await.unwrap();
        let trigger = match database.name {
            "postgres" => {
                "CREATE FUNCTION unlock() RETURNS trigger LANGUAGE plpgsql AS \
                 'BEGIN PERFORM pg_advisory_unlock_all(); RETURN NEW; END';
                 CREATE TRIGGER unlock BEFORE INSERT ON spektrix_runs FOR EACH ROW EXECUTE FUNCTION unlock()"
            }
            "mysql" => {
                "CREATE TRIGGER unlock_all BEFORE INSERT ON spektrix_runs FOR EACH ROW SET @count = RELEASE_ALL_LOCKS()"
            }
            _ => return,
        };
        administrate(&database.url, trigger).await.unwrap();
        sandbox.edit(|venue| venue.bands[0].name = "Changed".into()).unwrap();
        let before = database.content().await;
        explained(&sandbox, &database, ErrorKind::Database, "a pooler").await;
        assert_eq!(database.content().await, before, "{}", database.name);
    })
    .await;
}

#[tokio::test]
async fn tables_that_were_changed_are_explained() {
    with_each(|database| async move {
        let sandbox = Sandbox::start().await.unwrap();
        let sync = Sync::new(sandbox.client().unwrap(), database.store().await);
        sync.run().await.unwrap();
        sandbox
            .edit(|venue| venue.event_mut(7001).unwrap().name = "Changed".into())
            .unwrap();
        let removed = "was removed or renamed";
        let table = [
            ("ALTER TABLE spektrix_events RENAME COLUMN name TO title", removed),
            ("ALTER TABLE spektrix_events RENAME COLUMN title TO name", ""),
            ("ALTER TABLE spektrix_related_events RENAME TO related", removed),
            ("ALTER TABLE related RENAME TO spektrix_related_events", ""),
            ("ALTER TABLE spektrix_tags RENAME TO tags", removed),
        ];
        let before = database.content().await;
        for (sql, hint) in table {
            database.execute(sql).await;
            if hint.is_empty() {
                assert_eq!(database.content().await, before, "{}: {sql}", database.name);
            } else {
                explained(&sandbox, &database, ErrorKind::Database, hint).await;
            }
        }
        database.execute("ALTER TABLE tags RENAME TO spektrix_tags").await;
        // What a site adds is left alone.
        database
            .execute("ALTER TABLE spektrix_events ADD COLUMN stars INT")
            .await;
        database.execute("CREATE INDEX stars ON spektrix_events (stars)").await;
        database.execute("UPDATE spektrix_events SET stars = 5").await;
        assert_eq!(sync.run().await.unwrap().written(), 1, "{}", database.name);
        let starred = "spektrix_events WHERE stars = 5 AND name = 'Changed'";
        assert_eq!(database.number("count(*)", starred).await, 1, "{}", database.name);
    })
    .await;
}
