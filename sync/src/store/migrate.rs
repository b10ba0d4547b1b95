//! Creating the tables, and bringing them up to date.

use std::borrow::Cow;
use std::time::Duration;

#[cfg(feature = "mysql")]
use sqlx::Executor as _;
use sqlx::SqlSafeStr as _;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

#[cfg(feature = "mysql")]
use super::MYSQL_SETTINGS;
use super::{AnyPool, Session, Store};
use crate::error::{Error, ErrorKind, Result};

/// Where sqlx records the migrations. A site's own migrations are in sqlx's default table.
const TABLE: &str = "spektrix_migrations";

impl Store {
    /// Creates the tables and views, or brings them up to date. Each run does this first.
    ///
    /// # Errors
    ///
    /// If the tables are those of a newer version of this crate, or the user of the database may not create them.
    pub async fn migrate(&self) -> Result<()> {
        let mut attempts = 5;
        loop {
            match self.try_migrate().await {
                Ok(()) => return Ok(()),
                // Another process may create the tables of an SQLite file at the same time. Then they are there the next time.
                Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..))
                    if attempts > 1 && self.is_sqlite() =>
                {
                    attempts -= 1;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                Err(error) => return Err(explain(error)),
            }
        }
    }

    /// Opens a connection for a run. The tables are up to date.
    ///
    /// That they are is one query. A migration takes another connection, and a lock.
    pub(crate) async fn migrated_session(&self) -> Result<Session> {
        let mut session = self.session().await?;
        tracing::debug!("checking the tables");
        let dialect = session.dialect();
        let sql = format!(
            "SELECT {}, {} FROM {TABLE} WHERE success",
            dialect.text("count(*)"),
            dialect.text("max(version)")
        );
        let expected = [
            self.files().len().to_string(),
            self.files().last().map_or(0, |file| file.0).to_string(),
        ];
        // Without the table, it is an error.
        let row = session.row(&sql, &[]).await.ok().flatten();
        if row.is_none_or(|row| !row.into_iter().flatten().eq(expected)) {
            self.migrate().await?;
        }
        Ok(session)
    }

    fn files(&self) -> &'static [File] {
        match &self.pool {
            #[cfg(feature = "sqlite")]
            AnyPool::Sqlite(_) => SQLITE,
            #[cfg(feature = "postgres")]
            AnyPool::Postgres(_) => POSTGRES,
            #[cfg(feature = "mysql")]
            AnyPool::MySql(_) => MYSQL,
        }
    }

    async fn try_migrate(&self) -> std::result::Result<(), MigrateError> {
        match &self.pool {
            #[cfg(feature = "sqlite")]
            AnyPool::Sqlite(pool) => migrator(SQLITE).run(pool).await,
            #[cfg(feature = "postgres")]
            AnyPool::Postgres(pool) => migrator(POSTGRES).run(pool).await,
            #[cfg(feature = "mysql")]
            AnyPool::MySql(pool) => {
                let pool = with_settings(pool);
                let result = migrate_mysql(&pool).await;
                // This releases the lock.
                pool.close().await;
                result
            }
        }
    }

    fn is_sqlite(&self) -> bool {
        match &self.pool {
            #[cfg(feature = "sqlite")]
            AnyPool::Sqlite(_) => true,
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            _ => false,
        }
    }
}

/// Creates the tables, one process at a time. sqlx has a lock for that, but its endless timeout is invalid in MariaDB, and then
/// it excludes nobody.
#[cfg(feature = "mysql")]
async fn migrate_mysql(pool: &sqlx::MySqlPool) -> std::result::Result<(), MigrateError> {
    let lock =
        "SELECT CAST(GET_LOCK(CONCAT('spektrix-migrate/', LEFT(SHA2(LOWER(DATABASE()), 256), 40)), 300) AS CHAR)";
    let lock: Option<String> = sqlx::query_scalar(lock).fetch_one(pool).await?;
    if lock.as_deref() != Some("1") {
        let other = "another process has been creating the tables for five minutes";
        return Err(sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::TimedOut, other)).into());
    }
    // MySQL cannot undo the creation of a table. An interrupted migration is marked as such, and repeated: its statements skip
    // what is there.
    let forget = "DELETE FROM spektrix_migrations WHERE success = FALSE";
    match sqlx::query(forget).execute(pool).await {
        Err(sqlx::Error::Database(_)) | Ok(_) => migrator(MYSQL).run(pool).await,
        Err(error) => Err(error.into()),
    }
}

/// Returns a pool of one connection that has the settings of a session. Those of the site's pool have others.
#[cfg(feature = "mysql")]
fn with_settings(pool: &sqlx::MySqlPool) -> sqlx::MySqlPool {
    let options = sqlx::mysql::MySqlPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(pool.options().get_acquire_timeout())
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection.execute(sqlx::raw_sql(MYSQL_SETTINGS)).await?;
                Ok(())
            })
        });
    options.connect_lazy_with((*pool.connect_options()).clone())
}

/// A file of `migrations/`: its number, its purpose, its statements. Files that were released never change.
type File = (i64, &'static str, &'static str);

#[cfg(feature = "sqlite")]
const SQLITE: &[File] = &[
    (1, "tables", include_str!("../../migrations/sqlite/1_tables.sql")),
    (2, "views", include_str!("../../migrations/sqlite/2_views.sql")),
    (3, "hashes", include_str!("../../migrations/sqlite/3_hashes.sql")),
];
#[cfg(feature = "postgres")]
const POSTGRES: &[File] = &[
    (1, "tables", include_str!("../../migrations/postgres/1_tables.sql")),
    (2, "views", include_str!("../../migrations/postgres/2_views.sql")),
    (3, "fleet", include_str!("../../migrations/postgres/3_fleet.sql")),
    (4, "hashes", include_str!("../../migrations/postgres/4_hashes.sql")),
];
#[cfg(feature = "mysql")]
const MYSQL: &[File] = &[
    (1, "tables", include_str!("../../migrations/mysql/1_tables.sql")),
    (2, "views", include_str!("../../migrations/mysql/2_views.sql")),
    (3, "hashes", include_str!("../../migrations/mysql/3_hashes.sql")),
];

fn migrator(files: &[File]) -> Migrator {
    let migrations = files.iter().map(|(version, purpose, sql)| {
        Migration::new(
            *version,
            Cow::Borrowed(*purpose),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.dangerous_set_table_name(TABLE);
    migrator
}

fn explain(error: MigrateError) -> Error {
    const ATTEMPT: &str = "create the tables of the sync";
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => Error::database(ATTEMPT, error),
        MigrateError::VersionMissing(version) => Error::new(
            ErrorKind::Schema,
            format!(
                "cannot use the tables of the sync: a newer version of this program wrote them (migration {version})"
            ),
        )
        .with_hint("update this program"),
        other => Error::new(ErrorKind::Schema, format!("cannot {ATTEMPT}: {other}"))
            .with_hint("the table spektrix_migrations was changed by hand: restore it from a backup"),
    }
}
