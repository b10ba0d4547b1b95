//! A database for the measurements, and the reference: `COPY` of the same rows.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

/// A database that is dropped by [`drop`](Database::drop).
pub(crate) struct Database {
    server: String,
    name: String,
    pub(crate) url: String,
}

/// The tables that a sync of instances and availability writes.
pub(crate) const TABLES: [&str; 5] = [
    "spektrix_instances",
    "spektrix_instance_attributes",
    "spektrix_availability",
    "spektrix_availability_bands",
    "spektrix_changes",
];

impl Database {
    pub(crate) async fn create(server: &str) -> Result<Self> {
        let name = format!("spektrix_bench_{}", std::process::id());
        execute(&format!("{server}/postgres"), &format!("CREATE DATABASE {name}")).await?;
        Ok(Self {
            url: format!("{server}/{name}"),
            server: server.to_owned(),
            name,
        })
    }

    pub(crate) async fn drop(self) -> Result<()> {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        execute(&format!("{}/postgres", self.server), &drop).await
    }

    /// Does what the server does in the background after many rows were written.
    pub(crate) async fn vacuum(&self) -> Result<()> {
        execute(&self.url, "VACUUM (ANALYZE)").await
    }

    /// Copies the rows of these tables from files into equal tables, with the same indexes, in one transaction. Returns
    /// how long that took.
    pub(crate) async fn copy(&self, tables: &[&str]) -> Result<Duration> {
        let folder = tempfile::tempdir()?;
        let mut connection = PgConnection::connect(&self.url).await?;
        for table in tables {
            export(&mut connection, table, &folder).await?;
            let like = format!("CREATE TABLE copied_{table} (LIKE {table} INCLUDING ALL)");
            connection.execute(sqlx::raw_sql(AssertSqlSafe(like))).await?;
        }
        let started = Instant::now();
        connection.execute("BEGIN").await?;
        for table in tables {
            import(&mut connection, table, &folder).await?;
        }
        connection.execute("COMMIT").await?;
        let took = started.elapsed();
        for table in tables {
            let drop = format!("DROP TABLE copied_{table}");
            connection.execute(sqlx::raw_sql(AssertSqlSafe(drop))).await?;
        }
        connection.close().await?;
        Ok(took)
    }
}

fn path(table: &str, folder: &TempDir) -> PathBuf {
    folder.path().join(table)
}

async fn export(connection: &mut PgConnection, table: &str, folder: &TempDir) -> Result<()> {
    let mut file = BufWriter::new(File::create(path(table, folder))?);
    let mut rows = connection.copy_out_raw(&format!("COPY {table} TO STDOUT")).await?;
    while let Some(chunk) = rows.try_next().await? {
        file.write_all(&chunk)?;
    }
    Ok(file.flush()?)
}

async fn import(connection: &mut PgConnection, table: &str, folder: &TempDir) -> Result<()> {
    let mut file = BufReader::new(File::open(path(table, folder))?);
    let mut copy = connection
        .copy_in_raw(&format!("COPY copied_{table} FROM STDIN"))
        .await?;
    let mut chunk = vec![0; 256 * 1024];
    loop {
        match file.read(&mut chunk)? {
            0 => break,
            length => copy.send(&chunk[..length]).await?,
        };
    }
    copy.finish().await?;
    Ok(())
}

async fn execute(url: &str, sql: &str) -> Result<()> {
    let mut connection = PgConnection::connect(url)
        .await
        .context("cannot connect to PostgreSQL")?;
    connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await?;
    Ok(connection.close().await?)
}
