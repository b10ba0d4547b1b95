//! Databases for tests: each has one that is new, and is dropped at the end.

use std::future::Future;
use std::str::FromStr as _;
use std::sync::atomic::{AtomicU32, Ordering};

use spektrix_v2_sync::Store;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};

/// A new database.
#[derive(Clone)]
pub(crate) struct Database {
    pub(crate) name: &'static str,
    pub(crate) url: String,
}

const POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/";
const MYSQL: &str = "mysql://root@127.0.0.1:3306/";

/// Runs a test with a new database of each kind. Those that do not run on this machine are skipped, and the output says so.
pub(crate) async fn with_each<F: Future<Output = ()> + Send + 'static>(test: impl Fn(Database) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("season.db").display());
    test(Database { name: "sqlite", url }).await;
    for (name, server) in [("postgres", POSTGRES), ("mysql", MYSQL)] {
        let database = new_name();
        if let Err(error) = administrate(server, &format!("CREATE DATABASE {database}")).await {
            println!("NOT RUN: {name} is not reachable on this machine: {error}");
            continue;
        }
        // In a task, so that the database is dropped after a failed assertion, too.
        let url = format!("{server}{database}");
        let result = tokio::spawn(test(Database { name, url })).await;
        let force = if name == "postgres" { " WITH (FORCE)" } else { "" };
        administrate(server, &format!("DROP DATABASE {database}{force}"))
            .await
            .unwrap();
        result.unwrap();
    }
}

fn new_name() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("spektrix_test_{}_{number}", std::process::id())
}

/// Runs a statement on a server.
pub(crate) async fn administrate(server: &str, sql: &str) -> sqlx::Result<()> {
    let sql = AssertSqlSafe(sql.to_owned());
    if server.starts_with("postgres") {
        let mut connection = sqlx::PgConnection::connect(server).await?;
        connection.execute(sqlx::raw_sql(sql)).await?;
    } else {
        let mut connection = sqlx::MySqlConnection::connect(server).await?;
        connection.execute(sqlx::raw_sql(sql)).await?;
    }
    Ok(())
}

/// Returns the rows of a query, whose columns are cast to text. `{text}` is the type of text in a cast.
macro_rules! rows_of {
    ($connection:expr, $sql:expr) => {{
        let rows = sqlx::query(AssertSqlSafe($sql))
            .fetch_all(&mut $connection)
            .await
            .unwrap();
        rows.iter()
            .map(|row| {
                (0..row.len())
                    .map(|column| row.get::<Option<String>, _>(column).unwrap_or("∅".into()))
                    .collect()
            })
            .collect()
    }};
}

impl Database {
    pub(crate) async fn store(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    /// Runs a statement.
    pub(crate) async fn execute(&self, sql: &str) {
        if self.name == "sqlite" {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
            let sql = AssertSqlSafe(sql.to_owned());
            connection.execute(sqlx::raw_sql(sql)).await.unwrap();
        } else {
            administrate(&self.url, sql).await.unwrap();
        }
    }

    /// Returns the rows of these columns or expressions, as text.
    pub(crate) async fn query(&self, columns: &[&str], from: &str) -> Vec<Vec<String>> {
        let text = if self.name == "mysql" { "CHAR" } else { "TEXT" };
        let columns: Vec<_> = columns
            .iter()
            .map(|column| format!("CAST({column} AS {text})"))
            .collect();
        let sql = format!("SELECT {} FROM {from}", columns.join(", "));
        match self.name {
            "sqlite" => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.unwrap();
                rows_of!(connection, sql)
            }
            "postgres" => {
                let mut connection = sqlx::PgConnection::connect(&self.url).await.unwrap();
                connection.execute("SET TIME ZONE 'UTC'").await.unwrap();
                rows_of!(connection, sql)
            }
            _ => {
                let mut connection = sqlx::MySqlConnection::connect(&self.url).await.unwrap();
                rows_of!(connection, sql)
            }
        }
    }

    /// Creates tables.
    pub(crate) async fn migrate(&self, migrator: &sqlx::migrate::Migrator) {
        let migrated = match self.name {
            "sqlite" => {
                let options = SqliteConnectOptions::from_str(&self.url).unwrap();
                let pool = sqlx::SqlitePool::connect_with(options.create_if_missing(true)).await;
                migrator.run(&pool.unwrap()).await
            }
            "postgres" => migrator.run(&sqlx::PgPool::connect(&self.url).await.unwrap()).await,
            _ => migrator.run(&sqlx::MySqlPool::connect(&self.url).await.unwrap()).await,
        };
        migrated.unwrap();
    }

    /// Returns the first value of a query as a number.
    pub(crate) async fn number(&self, expression: &str, from: &str) -> i64 {
        self.query(&[expression], from).await[0][0].parse().unwrap()
    }

    /// Returns everything that a sync writes, apart from the records of runs.
    pub(crate) async fn content(&self) -> Vec<String> {
        let mut all = Vec::new();
        for table in KINDS {
            let columns = ["venue", "content", "first_seen", "changed_at", "removed_at"];
            let rows = self.query(&columns, &format!("{table} ORDER BY 1, 2, 3")).await;
            all.extend(rows.into_iter().map(|row| format!("{table} {}", row.join(" "))));
        }
        for table in CHILDREN {
            all.push(format!("{table} {}", self.number("count(*)", table).await));
        }
        let columns = ["id", "venue", "kind", "object_key", "what"];
        let rows = self.query(&columns, "spektrix_changes ORDER BY id").await;
        all.extend(rows.into_iter().map(|row| row.join(" ")));
        all
    }
}

/// The tables of objects.
pub(crate) const KINDS: [&str; 12] = [
    "spektrix_events",
    "spektrix_instances",
    "spektrix_plans",
    "spektrix_bands",
    "spektrix_ticket_types",
    "spektrix_price_lists",
    "spektrix_availability",
    "spektrix_offers",
    "spektrix_memberships",
    "spektrix_stock_items",
    "spektrix_tags",
    "spektrix_statements",
];

/// The tables of their lists.
pub(crate) const CHILDREN: [&str; 12] = [
    "spektrix_event_attributes",
    "spektrix_related_events",
    "spektrix_related_stock_items",
    "spektrix_instance_attributes",
    "spektrix_plan_bands",
    "spektrix_sub_plans",
    "spektrix_prices",
    "spektrix_availability_bands",
    "spektrix_offer_promo_codes",
    "spektrix_membership_attributes",
    "spektrix_stock_item_attributes",
    "spektrix_bookable_plans",
];
