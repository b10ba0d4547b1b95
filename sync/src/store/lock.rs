//! The lock of a run: one at a time for each venue in a database.
//!
//! Each kind of lock ends with the process that holds it, even if that is killed: an advisory lock of PostgreSQL or MySQL
//! belongs to the connection, and the lock of a file to the process.

#[cfg(feature = "sqlite")]
use std::fs::{File, TryLockError};
#[cfg(feature = "sqlite")]
use std::path::PathBuf;

use super::{Session, Store};
use crate::error::{Error, ErrorKind, POOLER, Result};

/// A lock that is held.
#[must_use = "it must be released"]
pub(crate) enum Lock {
    #[cfg(feature = "sqlite")]
    File(#[allow(dead_code, reason = "held until it is dropped")] File),
    /// A database in memory belongs to one process. Its lock is in that process.
    #[cfg(feature = "sqlite")]
    Memory(#[allow(dead_code, reason = "held until it is dropped")] memory::Held),
    /// The name of a lock on the session.
    #[cfg(any(feature = "postgres", feature = "mysql"))]
    Session(String),
}

impl Store {
    /// Takes the lock of a venue, if nobody holds it.
    pub(crate) async fn lock(&self, session: &mut Session, venue: &str) -> Result<Lock> {
        let lock = match session {
            #[cfg(feature = "sqlite")]
            Session::Sqlite { .. } => lock_file(session, venue).await?,
            #[cfg(feature = "postgres")]
            Session::Postgres(_) => lock_session(session, venue, LOCK_POSTGRES).await?,
            #[cfg(feature = "mysql")]
            Session::MySql(_) => lock_session(session, venue, LOCK_MYSQL).await?,
        };
        lock.ok_or_else(|| locked(venue))
    }
}

impl Lock {
    /// Checks, within the transaction of a run, that its connection still has the lock.
    ///
    /// A pooler may give each transaction another connection. Then the lock excludes nobody.
    pub(crate) async fn check(&self, session: &mut Session) -> Result<()> {
        match self {
            #[cfg(feature = "sqlite")]
            Self::File(_) | Self::Memory(_) => Ok(()),
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Session(venue) => check_session(session, venue).await,
        }
    }

    /// Releases the lock, so that the next run can take it before the connection has ended.
    pub(crate) async fn release(self, session: &mut Session) {
        match self {
            #[cfg(feature = "sqlite")]
            Self::File(_) | Self::Memory(_) => {}
            #[cfg(any(feature = "postgres", feature = "mysql"))]
            Self::Session(venue) => {
                let sql = match session {
                    #[cfg(feature = "mysql")]
                    Session::MySql(_) => UNLOCK_MYSQL,
                    _ => UNLOCK_POSTGRES,
                };
                // If the connection is broken, its end releases the lock.
                let _ = session.row(sql, &[Some(&venue)]).await;
            }
        }
    }
}

fn locked(venue: &str) -> Error {
    Error::new(
        ErrorKind::Locked,
        format!("cannot start a run of `{venue}`: another run of it is in progress in this database"),
    )
    .with_hint("wait until it has ended, or let this run wait (--wait)")
}

const LOCK_POSTGRES: &str =
    "SELECT CASE WHEN pg_try_advisory_lock(hashtextextended('spektrix-sync/' || ?, 0)) THEN '1' ELSE '0' END";
const UNLOCK_POSTGRES: &str = "SELECT CAST(pg_advisory_unlock(hashtextextended('spektrix-sync/' || ?, 0)) AS TEXT)";
/// The number of the lock is in two columns of 32 bits.
const CHECK_POSTGRES: &str = "SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() \
    AND granted AND CAST(classid AS bigint) << 32 | CAST(objid AS bigint) = hashtextextended('spektrix-sync/' || ?, 0)) \
    THEN '1' ELSE '0' END";

/// The name of a lock of MySQL. It is that of a server, not of a database, and has up to 64 characters. Some servers return the
/// name of the database as the URL has it, in large or small letters.
#[cfg(feature = "mysql")]
macro_rules! mysql_lock {
    () => {
        "CONCAT('spektrix/', LEFT(SHA2(CONCAT(LOWER(DATABASE()), '/', ?), 256), 50))"
    };
}
#[cfg(feature = "mysql")]
const LOCK_MYSQL: &str = concat!("SELECT CAST(GET_LOCK(", mysql_lock!(), ", 0) AS CHAR)");
#[cfg(feature = "mysql")]
const UNLOCK_MYSQL: &str = concat!("SELECT CAST(RELEASE_LOCK(", mysql_lock!(), ") AS CHAR)");
#[cfg(feature = "mysql")]
const CHECK_MYSQL: &str = concat!(
    "SELECT CAST(IS_USED_LOCK(",
    mysql_lock!(),
    ") = CONNECTION_ID() AS CHAR)"
);

#[cfg(any(feature = "postgres", feature = "mysql"))]
async fn lock_session(session: &mut Session, venue: &str, sql: &str) -> Result<Option<Lock>> {
    let row = session.row(sql, &[Some(venue)]).await;
    let row = row.map_err(|error| Error::database("take the lock of the run", error))?;
    let is_taken = row.is_some_and(|row| row.first().and_then(Option::as_deref) == Some("1"));
    Ok(is_taken.then(|| Lock::Session(venue.to_owned())))
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
async fn check_session(session: &mut Session, venue: &str) -> Result<()> {
    let sql = match session {
        #[cfg(feature = "mysql")]
        Session::MySql(_) => CHECK_MYSQL,
        _ => CHECK_POSTGRES,
    };
    let row = session.row(sql, &[Some(venue)]).await;
    let row = row.map_err(|error| Error::database("check the lock of the run", error))?;
    if row.is_some_and(|row| row.first().and_then(Option::as_deref) == Some("1")) {
        return Ok(());
    }
    let lost = "cannot write the changes: the lock of the run was lost";
    Err(Error::new(ErrorKind::Database, lost).with_hint(POOLER))
}

/// Locks a file beside the database. SQLite has no lock that lasts while the lists are read and lets others write.
#[cfg(feature = "sqlite")]
async fn lock_file(session: &mut Session, venue: &str) -> Result<Option<Lock>> {
    let sql = "SELECT CAST(file AS TEXT) FROM pragma_database_list WHERE name = 'main'";
    let row = session.row(sql, &[]).await;
    let row = row.map_err(|error| Error::database("find the file of the database", error))?;
    let path = row.and_then(|row| row.into_iter().next().flatten()).unwrap_or_default();
    if path.is_empty() {
        return Ok(memory::lock(venue).map(Lock::Memory));
    }
    let path = PathBuf::from(format!("{path}-{}.lock", file_name(venue)));
    let failed = |error| Error::io(format!("lock {}", path.display()), error);
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock::File(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// The name of a venue as a part of a file name.
#[cfg(feature = "sqlite")]
fn file_name(venue: &str) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '_'
        }
    };
    venue.chars().map(safe).collect()
}

#[cfg(feature = "sqlite")]
mod memory {
    //! Locks of databases in memory.

    use std::collections::BTreeSet;
    use std::sync::{Mutex, PoisonError};

    static LOCKED: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

    /// The lock of a venue in this process.
    pub(crate) struct Held(String);

    pub(super) fn lock(venue: &str) -> Option<Held> {
        let mut locked = LOCKED.lock().unwrap_or_else(PoisonError::into_inner);
        locked.insert(venue.to_owned()).then(|| Held(venue.to_owned()))
    }

    impl Drop for Held {
        fn drop(&mut self) {
            LOCKED.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
        }
    }
}
