//! Copies the programme of a venue to PostgreSQL, in one transaction. Run it every few minutes.
//!
//! ```text
//! DATABASE_URL="host=127.0.0.1 user=postgres" cargo run --example sync-postgres
//! ```

#[cfg(test)]
mod tests;

use std::io::Write as _;

use jiff::Timestamp;
use serde_json::{Value, json};
use spektrix_v2::Client;
use spektrix_v2::catalogue::{Catalogue, Changes, Guard};
use spektrix_v2_examples::Service;
use tokio_postgres::types::Json;
use tokio_postgres::{NoTls, Transaction};

const BEGIN: &str = "
    SELECT pg_advisory_xact_lock(20);  -- one run at a time
    CREATE TABLE IF NOT EXISTS last_run (catalogue jsonb NOT NULL);
    CREATE TABLE IF NOT EXISTS events (id int PRIMARY KEY, name text, duration int, price_from numeric, is_listed bool);
    CREATE TABLE IF NOT EXISTS instances (id int PRIMARY KEY, event int, start timestamp, start_utc timestamptz,
        seats_left int, capacity int, sale text, price_from numeric, is_listed bool);
    -- What is no longer listed is marked, never deleted: it may come back.
    UPDATE events SET is_listed = false; UPDATE instances SET is_listed = false;";
const EVENT: &str = "name, duration, price_from, is_listed";
const INSTANCE: &str = "event, start, start_utc, seats_left, capacity, sale, price_from, is_listed";
const LAST_RUN: &str = "DELETE FROM last_run RETURNING catalogue";
const THIS_RUN: &str = "INSERT INTO last_run VALUES ($1)";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    let url = std::env::var("DATABASE_URL").unwrap_or_else(|_| "host=127.0.0.1 user=postgres".to_owned());
    let (mut database, connection) = tokio_postgres::connect(&url, NoTls).await?;
    tokio::spawn(connection);
    let changes = sync(service.client(), &mut database).await?;
    Ok(writeln!(std::io::stdout(), "{changes}")?)
}

/// Loads the programme, checks it against that of the last run, and stores both.
async fn sync(client: &Client, database: &mut tokio_postgres::Client) -> anyhow::Result<Changes> {
    let transaction = database.transaction().await?;
    transaction.batch_execute(BEGIN).await?;
    let last_run = transaction.query_opt(LAST_RUN, &[]).await?;
    let earlier = last_run.map_or_else(Catalogue::default, |row| row.get::<_, Json<Catalogue>>(0).0);
    let current = Catalogue::load(client).await?;
    // An outage that looks like an empty programme ends here, and the transaction is rolled back.
    Guard::new().check(&earlier, &current, Timestamp::now())?;
    let events = current.events().map(|event| {
        let price = current.event_price_range(event.id).map(|price| price.from);
        json!({ "id": event.id, "name": event.name, "duration": event.duration, "price_from": price, "is_listed": true })
    });
    store(&transaction, "events", EVENT, events.collect()).await?;
    let instances = current.instances().map(|instance| {
        let seats = current.availability(instance.id, Timestamp::now());
        let price = current.price_range(instance.id).map(|price| price.from);
        json!({ "id": instance.id, "event": instance.event, "start": instance.start, "start_utc": instance.start_utc,
            "seats_left": seats.map(|seats| seats.left), "capacity": seats.map(|seats| seats.capacity),
            "sale": seats.map(|seats| seats.state), "price_from": price, "is_listed": true })
    });
    store(&transaction, "instances", INSTANCE, instances.collect()).await?;
    transaction.execute(THIS_RUN, &[&Json(&current)]).await?;
    transaction.commit().await?;
    Ok(current.changes_since(&earlier))
}

/// Inserts rows, or updates the columns of those that exist.
async fn store(database: &Transaction<'_>, table: &str, columns: &str, rows: Vec<Value>) -> anyhow::Result<()> {
    let rows_of = format!("SELECT id, {columns} FROM jsonb_populate_recordset(NULL::{table}, $1)");
    let excluded = columns.replace(", ", ", excluded.");
    let update = format!("SET ({columns}) = ROW(excluded.{excluded})");
    let upsert = format!("INSERT INTO {table} (id, {columns}) {rows_of} ON CONFLICT (id) DO UPDATE {update}");
    database.execute(&upsert, &[&Json(rows)]).await?;
    Ok(())
}
