//! Loading many rows into a table.

use std::io::{BufRead, Read};

#[cfg(feature = "postgres")]
use sqlx::{AssertSqlSafe, Executor as _};

use super::Session;
#[cfg(feature = "postgres")]
use super::session::literal;
use crate::error::{Error, Result};
use crate::schema::cells;

/// How many bytes of rows are sent at a time.
const CHUNK: usize = 256 * 1024;

/// Up to so many bytes of rows are one statement with literals on PostgreSQL. `COPY` sends two messages without a response
/// between them, and sqlx leaves Nagle's algorithm on: over TCP, that takes 40 ms.
#[cfg(feature = "postgres")]
const FEW: u64 = 512 * 1024;

impl Session {
    /// Inserts the rows of a reader, which are in the text format of `COPY`.
    pub(crate) async fn load(&mut self, table: &str, columns: &[&str], rows: impl BufRead + Send) -> Result<()> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(connection) => copy(connection, table, columns, rows).await,
            #[cfg(any(feature = "sqlite", feature = "mysql"))]
            _ => self.insert(table, columns, rows).await,
        }
    }

    /// Inserts rows with statements of many rows each.
    #[cfg(any(feature = "sqlite", feature = "mysql"))]
    async fn insert(&mut self, table: &str, columns: &[&str], mut rows: impl BufRead + Send) -> Result<()> {
        let most = (self.dialect().max_parameters() / columns.len()).max(1);
        let mut batch = Batch::default();
        while batch.read(&mut rows, most)? {
            let sql = insertion(table, columns, batch.lines.len());
            let cells: Vec<_> = batch.lines.iter().flat_map(|line| cells(line)).collect();
            let parameters: Vec<_> = cells.iter().map(Option::as_deref).collect();
            let inserted = self.execute(&sql, &parameters).await;
            inserted.map_err(|error| Error::database(format!("write to {table}"), error))?;
        }
        Ok(())
    }
}

/// The lines of one statement.
#[derive(Default)]
struct Batch {
    lines: Vec<String>,
}

impl Batch {
    /// Reads up to `most` lines. Returns whether there are any.
    fn read(&mut self, rows: &mut impl BufRead, most: usize) -> Result<bool> {
        self.lines.clear();
        let mut bytes = 0;
        while self.lines.len() < most && bytes < CHUNK {
            let mut line = String::new();
            let read = rows.read_line(&mut line);
            if read.map_err(|error| Error::io("read a temporary file", error))? == 0 {
                break;
            }
            bytes += line.len();
            line.truncate(line.trim_end_matches('\n').len());
            self.lines.push(line);
        }
        Ok(!self.lines.is_empty())
    }
}

fn insertion(table: &str, columns: &[&str], rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    format!(
        "INSERT INTO {table} ({}) VALUES {}",
        columns.join(", "),
        vec![row; rows].join(", ")
    )
}

#[cfg(feature = "postgres")]
fn insertion_of_literals(table: &str, columns: &[&str], rows: &str) -> String {
    let rows = rows.split_terminator('\n').map(|line| {
        let cells = cells(line).map(|cell| cell.map_or("NULL".to_owned(), |cell| literal(&cell)));
        format!("({})", cells.collect::<Vec<_>>().join(", "))
    });
    let rows: Vec<_> = rows.collect();
    format!(
        "INSERT INTO {table} ({}) VALUES {}",
        columns.join(", "),
        rows.join(", ")
    )
}

#[cfg(feature = "postgres")]
async fn copy(
    connection: &mut sqlx::PgConnection,
    table: &str,
    columns: &[&str],
    mut rows: impl Read + Send,
) -> Result<()> {
    let failed = |error| Error::database(format!("write to {table}"), error);
    let mut chunk = Vec::new();
    let read = rows.by_ref().take(FEW + 1).read_to_end(&mut chunk);
    let read = read.map_err(|error| Error::io("read a temporary file", error))?;
    if u64::try_from(read).is_ok_and(|read| read <= FEW) {
        let text = String::from_utf8(chunk).map_err(std::io::Error::other);
        let text = text.map_err(|error| Error::io("read a temporary file", error))?;
        if text.is_empty() {
            return Ok(());
        }
        let sql = insertion_of_literals(table, columns, &text);
        connection
            .execute(sqlx::raw_sql(AssertSqlSafe(sql)))
            .await
            .map_err(failed)?;
        return Ok(());
    }
    let statement = format!("COPY {table} ({}) FROM STDIN", columns.join(", "));
    let mut copy = connection.copy_in_raw(&statement).await.map_err(failed)?;
    copy.send(chunk).await.map_err(failed)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = rows.read(&mut chunk);
        match read.map_err(|error| Error::io("read a temporary file", error)) {
            Ok(0) => break,
            Ok(length) => copy.send(&chunk[..length]).await.map_err(failed)?,
            // The transaction must not be committed with a part of the rows.
            Err(error) => {
                let _ = copy.abort("a temporary file cannot be read").await;
                return Err(error);
            }
        };
    }
    copy.finish().await.map_err(failed)?;
    Ok(())
}
