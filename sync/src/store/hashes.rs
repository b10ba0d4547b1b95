//! The stored hashes of a list, in blocks of many objects. Reading a row for each object would take longer than reading and
//! decoding the list.

#[cfg(feature = "sqlite")]
use sqlx::Sqlite;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use futures_util::TryStreamExt as _;

use super::Session;
use super::session::with;

/// Hashes of objects of a list, in a form that only the extraction knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HashBlock {
    pub(crate) number: i32,
    pub(crate) entries: Vec<u8>,
}

/// Whose hashes these are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HashedList<'a> {
    pub(crate) venue: &'a str,
    pub(crate) kind: &'static str,
    /// The version of the entries and of the hashes in them.
    pub(crate) form: i32,
}

/// How many blocks are written by one statement.
const BLOCKS: usize = 100;

impl Session {
    /// Calls the function with each block of the list that has the form.
    pub(crate) async fn read_hashes(
        &mut self,
        list: HashedList<'_>,
        visit: &mut (dyn FnMut(i32, &[u8]) + Send),
    ) -> sqlx::Result<()> {
        let sql = "SELECT block, entries FROM spektrix_hashes WHERE venue = ? AND kind = ? AND form = ? ORDER BY block";
        let sql = self.dialect().placeholders(sql);
        with!(self, DB, connection => {
            let query = sqlx::query::<DB>(AssertSqlSafe(sql)).bind(list.venue).bind(list.kind).bind(list.form);
            let mut rows = connection.fetch(query);
            while let Some(row) = rows.try_next().await? {
                visit(row.try_get(0)?, row.try_get(1)?);
            }
            Ok(())
        })
    }

    /// Writes these blocks of a list, instead of those with their numbers.
    pub(crate) async fn write_hashes(&mut self, list: HashedList<'_>, blocks: &[HashBlock]) -> sqlx::Result<()> {
        let dialect = self.dialect();
        let end = dialect.on_conflict("venue, kind, block", &["form", "entries"]);
        for blocks in blocks.chunks(BLOCKS) {
            let rows = vec!["(?, ?, ?, ?, ?)"; blocks.len()].join(", ");
            let sql = format!("INSERT INTO spektrix_hashes (venue, kind, form, block, entries) VALUES {rows} {end}");
            let sql = dialect.placeholders(&sql);
            with!(self, DB, connection => {
                let mut query = sqlx::query::<DB>(AssertSqlSafe(sql)).persistent(blocks.len() == BLOCKS);
                for block in blocks {
                    query = query.bind(list.venue).bind(list.kind).bind(list.form);
                    query = query.bind(block.number).bind(block.entries.as_slice());
                }
                connection.execute(query).await?;
            });
        }
        Ok(())
    }
}
