//! A connection to a database of any kind: statements with text as parameters, and rows of text.
//!
//! Everything is text, so that one set of statements serves all databases. Each of them converts a string to the type of
//! its column.

use futures_util::TryStreamExt as _;
#[cfg(feature = "mysql")]
use sqlx::MySqlConnection;
#[cfg(feature = "postgres")]
use sqlx::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};
#[cfg(feature = "sqlite")]
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::Dialect;
use crate::error::Result;
#[cfg(feature = "mysql")]
use crate::error::{Error, ErrorKind, PACKET};

/// A parameter of a statement.
pub(crate) type Parameter<'a> = Option<&'a str>;

/// A connection for one run.
///
/// If it is dropped within a transaction, the transaction is rolled back. A connection to a server is closed then, and so
/// the lock of the run ends with it, too.
pub(crate) enum Session {
    /// The lock is a file. Outside of a transaction, any connection will do, and one that is in memory must not be closed.
    #[cfg(feature = "sqlite")]
    Sqlite {
        pool: SqlitePool,
        transaction: Option<Transaction<'static, Sqlite>>,
    },
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
    #[cfg(feature = "mysql")]
    MySql(MySqlConnection),
}

/// Runs code with the connection, whatever its type.
macro_rules! with {
    ($session:expr, $database:ident, $connection:ident => $body:expr) => {
        match $session {
            #[cfg(feature = "sqlite")]
            Session::Sqlite { pool, transaction } => {
                type $database = Sqlite;
                match transaction {
                    Some(transaction) => {
                        let $connection = &mut **transaction;
                        $body
                    }
                    None => {
                        let mut connection = pool.acquire().await?;
                        let $connection = &mut *connection;
                        $body
                    }
                }
            }
            #[cfg(feature = "postgres")]
            Session::Postgres($connection) => {
                type $database = sqlx::Postgres;
                $body
            }
            #[cfg(feature = "mysql")]
            Session::MySql($connection) => {
                type $database = sqlx::MySql;
                $body
            }
        }
    };
}

pub(super) use with;

impl Session {
    /// Checks settings of the server that a session cannot change.
    pub(super) async fn check_settings(&mut self) -> Result<()> {
        #[cfg(feature = "mysql")]
        if let Self::MySql(_) = self {
            let row = self.row("SELECT CAST(@@max_allowed_packet AS CHAR)", &[]).await;
            let row = row.map_err(|error| Error::database("read the settings of the database", error))?;
            let bytes = row.and_then(|row| row.first()?.as_deref()?.parse::<u64>().ok());
            // The server ends the connection at a longer statement, sometimes before its error can be read.
            if let Some(bytes) = bytes.filter(|bytes| *bytes < LEAST_PACKET) {
                let what = format!("cannot use the database: its max_allowed_packet is {bytes} bytes");
                return Err(Error::new(ErrorKind::Database, what).with_hint(PACKET));
            }
        }
        Ok(())
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite { .. } => Dialect::Sqlite,
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Dialect::Postgres,
            #[cfg(feature = "mysql")]
            Self::MySql(_) => Dialect::MySql,
        }
    }

    /// Runs a statement. Returns the number of rows that it affected.
    pub(crate) async fn execute(&mut self, sql: &str, parameters: &[Parameter<'_>]) -> sqlx::Result<u64> {
        let sql = self.dialect().placeholders(sql);
        with!(self, DB, connection => {
            let mut query = sqlx::query::<DB>(AssertSqlSafe(sql));
            for parameter in parameters {
                query = query.bind(*parameter);
            }
            Ok(connection.execute(query).await?.rows_affected())
        })
    }

    /// Runs a query, and calls the function with the values of each row. Each column must be text.
    pub(crate) async fn rows(
        &mut self,
        sql: &str,
        parameters: &[Parameter<'_>],
        visit: &mut (dyn FnMut(&[Option<&str>]) + Send),
    ) -> sqlx::Result<()> {
        let sql = self.dialect().placeholders(sql);
        with!(self, DB, connection => {
            let mut query = sqlx::query::<DB>(AssertSqlSafe(sql));
            for parameter in parameters {
                query = query.bind(*parameter);
            }
            let mut rows = connection.fetch(query);
            while let Some(row) = rows.try_next().await? {
                let cells = (0..row.len()).map(|column| row.try_get(column));
                visit(&cells.collect::<sqlx::Result<Vec<Option<&str>>>>()?);
            }
            Ok(())
        })
    }

    /// Returns the first row, if there is one.
    pub(crate) async fn row(
        &mut self,
        sql: &str,
        parameters: &[Parameter<'_>],
    ) -> sqlx::Result<Option<Vec<Option<String>>>> {
        let mut first = None;
        self.rows(sql, parameters, &mut |cells| {
            first.get_or_insert_with(|| cells.iter().map(|cell| cell.map(str::to_owned)).collect());
        })
        .await?;
        Ok(first)
    }

    /// Runs statements without parameters and results.
    pub(crate) async fn batch(&mut self, sql: String) -> sqlx::Result<()> {
        with!(self, DB, connection => {
            let _: Option<DB> = None;
            connection.execute(sqlx::raw_sql(AssertSqlSafe(sql))).await?;
            Ok(())
        })
    }

    /// Begins a transaction that will write.
    pub(crate) async fn begin(&mut self) -> sqlx::Result<()> {
        match self {
            // Another writer is noticed now, and not in the middle.
            #[cfg(feature = "sqlite")]
            Self::Sqlite { pool, transaction } => {
                *transaction = Some(pool.begin_with("BEGIN IMMEDIATE").await?);
                Ok(())
            }
            // At a higher level, which a server may have as its default, the runs of two venues could exclude each other.
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => self.batch("BEGIN ISOLATION LEVEL READ COMMITTED".to_owned()).await,
            // A statement of MySQL locks rows of other venues, too: without this, one of two writers would be stopped.
            #[cfg(feature = "mysql")]
            Self::MySql(_) => {
                let row = self.row(LOCK_WRITES, &[]).await?;
                if row.is_none_or(|row| row.first().and_then(Option::as_deref) != Some("1")) {
                    return Err(sqlx::Error::PoolTimedOut);
                }
                self.batch("BEGIN".to_owned()).await
            }
        }
    }

    pub(crate) async fn commit(&mut self) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite { transaction, .. } => match transaction.take() {
                Some(transaction) => transaction.commit().await,
                None => Ok(()),
            },
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => self.batch("COMMIT".to_owned()).await,
            #[cfg(feature = "mysql")]
            Self::MySql(_) => self.batch(format!("COMMIT; {UNLOCK_WRITES}")).await,
        }
    }

    pub(crate) async fn rollback(&mut self) -> sqlx::Result<()> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::Sqlite { transaction, .. } => match transaction.take() {
                Some(transaction) => transaction.rollback().await,
                None => Ok(()),
            },
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => self.batch("ROLLBACK".to_owned()).await,
            #[cfg(feature = "mysql")]
            Self::MySql(_) => self.batch(format!("ROLLBACK; {UNLOCK_WRITES}")).await,
        }
    }
}

/// Rows are sent in statements of a quarter of this, unless a single one is longer.
#[cfg(feature = "mysql")]
const LEAST_PACKET: u64 = 1024 * 1024;

/// Waits up to ten minutes for the transactions of other runs in the database. The lock ends with the connection.
#[cfg(feature = "mysql")]
const LOCK_WRITES: &str =
    "SELECT CAST(GET_LOCK(CONCAT('spektrix-write/', LEFT(SHA2(LOWER(DATABASE()), 256), 40)), 600) AS CHAR)";
#[cfg(feature = "mysql")]
const UNLOCK_WRITES: &str = "DO RELEASE_LOCK(CONCAT('spektrix-write/', LEFT(SHA2(LOWER(DATABASE()), 256), 40)))";

/// Quotes a string for statements of PostgreSQL without parameters.
#[cfg(feature = "postgres")]
pub(super) fn literal(text: &str) -> String {
    // The form in which a backslash has its meaning whatever the settings of the server are.
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(all(test, feature = "postgres"))]
mod tests {
    use super::*;

    #[test]
    fn literals_are_quoted() {
        let table = [
            ("venue", "E'venue'"),
            ("o'clock", "E'o''clock'"),
            ("a\\'b", "E'a\\\\''b'"),
        ];
        for (text, expected) in table {
            assert_eq!(literal(text), expected);
        }
    }
}
