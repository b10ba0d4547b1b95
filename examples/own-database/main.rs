//! A website that syncs within its process, into the database that it has anyway, and joins its own table with the lists: which
//! of the shows with a review can still be seen. With its own pool of sqlx, in SQLite.
//!
//! ```text
//! cargo run --example own-database
//! ```

#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::Path;

use spektrix_v2::{Client, EventId};
use spektrix_v2_examples::Service;
use spektrix_v2_sync::{Report, Store, Sync};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool};

/// A show with a review, and when it can next be seen.
#[derive(Debug, sqlx::FromRow)]
struct ReviewedShow {
    name: String,
    stars: i64,
    next: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    let folder = tempfile::tempdir()?;
    let database = open(&folder.path().join("site.db")).await?;
    writeln!(std::io::stdout(), "{}", sync(service.client(), &database).await?)?;
    for event in service.client().events().limit(3).await? {
        review(&database, event.id, 4).await?;
    }
    for show in reviewed_shows(&database).await? {
        let next = show.next.as_deref().unwrap_or("no more performances");
        writeln!(std::io::stdout(), "{} ({} stars): {next}", show.name, show.stars)?;
    }
    service.stop().await;
    Ok(())
}

/// Opens the website's database, and creates its own table in it.
async fn open(file: &Path) -> sqlx::Result<SqlitePool> {
    // With a write-ahead log, pages are read while a run writes.
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let database = SqlitePool::connect_with(options.journal_mode(SqliteJournalMode::Wal)).await?;
    let table = "CREATE TABLE IF NOT EXISTS reviews (event INTEGER PRIMARY KEY, stars INTEGER NOT NULL)";
    sqlx::query(table).execute(&database).await?;
    Ok(database)
}

/// Brings the lists up to date. It creates the tables that are missing, and writes what has changed.
///
/// `Sync::repeat` does this again and again, in a task of the website.
async fn sync(client: &Client, database: &SqlitePool) -> spektrix_v2_sync::Result<Report> {
    Sync::new(client.clone(), Store::from(database.clone())).run().await
}

async fn review(database: &SqlitePool, event: EventId, stars: i64) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO reviews VALUES (?, ?) ON CONFLICT DO UPDATE SET stars = excluded.stars")
        .bind(event.get())
        .bind(stars)
        .execute(database)
        .await?;
    Ok(())
}

/// Reviews stay when a show is no longer listed: its row stays, too, and has a time in `removed_at`.
async fn reviewed_shows(database: &SqlitePool) -> sqlx::Result<Vec<ReviewedShow>> {
    let sql = "SELECT events.name, reviews.stars, (
            SELECT min(start_local) FROM spektrix_whats_on
            WHERE event_id = events.id AND start_utc > datetime('now')
        ) AS next
        FROM reviews JOIN spektrix_events events ON events.id = reviews.event
        ORDER BY next IS NULL, next";
    sqlx::query_as(sql).fetch_all(database).await
}
