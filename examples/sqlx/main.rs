//! A website's own table with identifiers of the service as keys: which events a visitor has saved. With sqlx, in SQLite.
//!
//! ```text
//! cargo run --example sqlx
//! ```

#[cfg(test)]
mod tests;

use std::io::Write as _;

use spektrix_v2::EventId;
use spektrix_v2_examples::Service;
use sqlx::sqlite::{SqlitePool, SqlitePoolOptions};

/// A row of the table. The column is an integer, from which an identifier is made.
#[derive(Debug, PartialEq, sqlx::FromRow)]
struct SavedEvent {
    #[sqlx(try_from = "i32")]
    event: EventId,
    note: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    let database = open("sqlite::memory:").await?;
    for event in service.client().events().limit(2).await? {
        save(&database, "jo", event.id, &event.name).await?;
    }
    for saved in saved_by(&database, "jo").await? {
        writeln!(std::io::stdout(), "{}: {}", saved.event, saved.note)?;
    }
    service.stop().await;
    Ok(())
}

async fn open(url: &str) -> sqlx::Result<SqlitePool> {
    // A database in memory belongs to one connection.
    let database = SqlitePoolOptions::new().max_connections(1).connect(url).await?;
    let table = "CREATE TABLE IF NOT EXISTS saved_events (visitor TEXT, event INTEGER, note TEXT, PRIMARY KEY (visitor, event))";
    sqlx::query(table).execute(&database).await?;
    Ok(database)
}

async fn save(database: &SqlitePool, visitor: &str, event: EventId, note: &str) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO saved_events VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET note = excluded.note")
        .bind(visitor)
        .bind(event.get())
        .bind(note)
        .execute(database)
        .await?;
    Ok(())
}

async fn saved_by(database: &SqlitePool, visitor: &str) -> sqlx::Result<Vec<SavedEvent>> {
    sqlx::query_as("SELECT event, note FROM saved_events WHERE visitor = ? ORDER BY event")
        .bind(visitor)
        .fetch_all(database)
        .await
}
