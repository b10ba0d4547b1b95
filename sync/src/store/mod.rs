//! The database: how it is opened, its dialect, its connections.

mod address;
mod dialect;
mod hashes;
mod load;
mod lock;
mod migrate;
#[cfg(any(feature = "mysql", feature = "postgres"))]
mod protocol;
mod session;

#[cfg(feature = "mysql")]
use sqlx::MySqlPool;
#[cfg(feature = "postgres")]
use sqlx::PgPool;
#[cfg(feature = "sqlite")]
use sqlx::SqlitePool;

pub(crate) use dialect::{Dialect, equal};
pub(crate) use hashes::{HashBlock, HashedList};
pub(crate) use lock::Lock;
pub(crate) use session::{Parameter, Session};

use crate::error::{Error, Result};

/// The database that venues are stored in. Cloning it is cheap: clones share the connections.
///
/// Several venues can be in one database, and other tables beside them. All tables and views of this crate start with
/// `spektrix_`.
#[derive(Debug, Clone)]
pub struct Store {
    pool: AnyPool,
}

#[derive(Debug, Clone)]
enum AnyPool {
    #[cfg(feature = "sqlite")]
    Sqlite(SqlitePool),
    #[cfg(feature = "postgres")]
    Postgres(PgPool),
    #[cfg(feature = "mysql")]
    MySql(MySqlPool),
}

impl Store {
    /// Closes the connections. Without this they are closed when the store is dropped, which a server may log.
    pub async fn close(&self) {
        match &self.pool {
            #[cfg(feature = "sqlite")]
            AnyPool::Sqlite(pool) => pool.close().await,
            #[cfg(feature = "postgres")]
            AnyPool::Postgres(pool) => pool.close().await,
            #[cfg(feature = "mysql")]
            AnyPool::MySql(pool) => pool.close().await,
        }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match &self.pool {
            #[cfg(feature = "sqlite")]
            AnyPool::Sqlite(_) => Dialect::Sqlite,
            #[cfg(feature = "postgres")]
            AnyPool::Postgres(_) => Dialect::Postgres,
            #[cfg(feature = "mysql")]
            AnyPool::MySql(_) => Dialect::MySql,
        }
    }

    #[cfg(feature = "postgres")]
    pub(crate) fn is_postgres(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    /// Opens a connection for a run.
    ///
    /// Those to a server leave the pool, and are closed afterwards: the lock of a run belongs to its connection, and must not
    /// stay in a pool with it if the run is cancelled.
    pub(crate) async fn session(&self) -> Result<Session> {
        let mut session = self
            .open_session()
            .await
            .map_err(|error| Error::database("connect to the database", error))?;
        session.check_settings().await?;
        Ok(session)
    }

    async fn open_session(&self) -> sqlx::Result<Session> {
        Ok(match &self.pool {
            #[cfg(feature = "sqlite")]
            AnyPool::Sqlite(pool) => Session::Sqlite {
                pool: pool.clone(),
                transaction: None,
            },
            #[cfg(feature = "postgres")]
            AnyPool::Postgres(pool) => {
                let mut session = Session::Postgres(pool.acquire().await?.detach());
                // Times are written as UTC without an offset.
                session.batch("SET TIME ZONE 'UTC'".to_owned()).await?;
                session
            }
            #[cfg(feature = "mysql")]
            AnyPool::MySql(pool) => {
                let mut session = Session::MySql(pool.acquire().await?.detach());
                session.batch(MYSQL_SETTINGS.to_owned()).await?;
                session
            }
        })
    }
}

/// What a session needs, whatever the server's settings are. Without strict mode, a value that does not fit is cut without an
/// error; other modes change the meaning of quotes, of backslashes or of an empty string. Without `autocommit`, each query begins
/// a transaction. Tables of another engine would have no transactions. The connection is idle while a list is read.
#[cfg(feature = "mysql")]
pub(super) const MYSQL_SETTINGS: &str = "SET SESSION sql_mode = 'STRICT_ALL_TABLES,PIPES_AS_CONCAT,NO_ENGINE_SUBSTITUTION', \
    time_zone = '+00:00', autocommit = 1, default_storage_engine = InnoDB, wait_timeout = 28800";

impl From<AnyPool> for Store {
    fn from(pool: AnyPool) -> Self {
        Self { pool }
    }
}

#[cfg(feature = "sqlite")]
impl From<SqlitePool> for Store {
    fn from(pool: SqlitePool) -> Self {
        AnyPool::Sqlite(pool).into()
    }
}

#[cfg(feature = "postgres")]
impl From<PgPool> for Store {
    fn from(pool: PgPool) -> Self {
        AnyPool::Postgres(pool).into()
    }
}

#[cfg(feature = "mysql")]
impl From<MySqlPool> for Store {
    fn from(pool: MySqlPool) -> Self {
        AnyPool::MySql(pool).into()
    }
}
