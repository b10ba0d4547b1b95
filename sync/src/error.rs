//! The error of the sync: what was attempted, what happened, what to do.

use std::error::Error as StdError;
use std::fmt;

use crate::kind::Kind;

/// Why something failed. Nothing was stored, unless the documentation of a function says otherwise.
///
/// It contains no password of a database and no secret of the service.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    /// What was attempted, and what happened.
    what: String,
    hint: Option<String>,
    source: Option<Source>,
}

/// The result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of error it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A setting is invalid: the URL of a database, the name of a venue.
    Configuration,
    /// The service failed, refused the request, or sent another document. See
    /// [`service_error`](Error::service_error).
    Service,
    /// A list is empty or much shorter than before. See [`Guard`](crate::Guard).
    Implausible,
    /// Another run of the same venue is in progress in this database.
    Locked,
    /// The database cannot be reached, or the connection was lost. A later run may succeed.
    Unavailable,
    /// The database refused something: a wrong password, a missing permission, a full disk.
    Database,
    /// The tables were written by a newer version of this crate, or are not those of this crate.
    Schema,
    /// A file cannot be read or written: a temporary file, the health file, the lock.
    Io,
}

#[derive(Debug)]
enum Source {
    Service(Box<spektrix_v2::Error>),
    Database(Box<sqlx::Error>),
    Io(std::io::Error),
}

impl Error {
    /// Returns what kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns whether a later run may succeed without a change of settings: the service or the database was not
    /// available, or another run was in progress.
    pub fn is_temporary(&self) -> bool {
        match self.kind {
            ErrorKind::Locked | ErrorKind::Unavailable => true,
            ErrorKind::Service => self.service_error().is_some_and(spektrix_v2::Error::is_unavailable),
            _ => false,
        }
    }

    /// Returns the error of the client, if the service was the reason.
    pub fn service_error(&self) -> Option<&spektrix_v2::Error> {
        match &self.source {
            Some(Source::Service(error)) => Some(error),
            _ => None,
        }
    }

    /// Returns what the user can do.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    pub(crate) fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Self {
            kind,
            what: what.into(),
            hint: None,
            source: None,
        }
    }

    pub(crate) fn configuration(what: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, what)
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The client's message has its own hint.
    pub(crate) fn service(list: Kind, error: spektrix_v2::Error) -> Self {
        let mut failure = Self::new(
            ErrorKind::Service,
            format!("cannot read the list of {}: {error}", words(list)),
        );
        failure.source = Some(Source::Service(Box::new(error)));
        failure
    }

    pub(crate) fn io(attempt: impl fmt::Display, error: std::io::Error) -> Self {
        let mut failure = Self::new(ErrorKind::Io, format!("cannot {attempt}: {error}"));
        failure.source = Some(Source::Io(error));
        failure
    }

    /// An error of the database. `attempt` completes "cannot …".
    pub(crate) fn database(attempt: impl fmt::Display, error: sqlx::Error) -> Self {
        let (kind, hint) = classify(&error);
        let mut failure = Self::new(kind, format!("cannot {attempt}: {}", describe(&error)));
        failure.hint = hint.map(str::to_owned);
        failure.source = Some(Source::Database(Box::new(error)));
        failure
    }
}

/// The name of a list in a sentence: `price lists`.
pub(crate) fn words(list: Kind) -> String {
    list.name().replace('_', " ")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self.source.as_ref()? {
            Source::Service(error) => Some(error),
            Source::Database(error) => Some(error),
            Source::Io(error) => Some(error),
        }
    }
}

/// What the database reported, in one line. sqlx puts its own words before it, which add nothing.
fn describe(error: &sqlx::Error) -> String {
    let text = match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::PoolTimedOut => "no connection was available in time".to_owned(),
        sqlx::Error::Protocol(_) => "the server speaks another protocol".to_owned(),
        sqlx::Error::WorkerCrashed => "the connection ended".to_owned(),
        other => other.to_string(),
    };
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// What to do if a connection is not one connection.
pub(crate) const POOLER: &str = "a pooler between this program and the server shares connections between transactions, as PgBouncer \
    does in transaction mode. Connect to the server itself, or through a pooler in session mode";

/// What to do if a statement is too long for a server.
pub(crate) const PACKET: &str = "raise max_allowed_packet of the server to 16 MB or more. Nothing was stored";

/// The kind of an error of the database, and what to do.
fn classify(error: &sqlx::Error) -> (ErrorKind, Option<&'static str>) {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => (
            ErrorKind::Unavailable,
            Some("check that the server runs, and that host and port are those of this kind of database, and retry"),
        ),
        sqlx::Error::Protocol(_) => (
            ErrorKind::Database,
            Some("check the port: another server is there, or a version that is too old"),
        ),
        sqlx::Error::Tls(_) => (
            ErrorKind::Database,
            Some("check the TLS settings in the URL, such as `sslmode` and `sslrootcert`"),
        ),
        sqlx::Error::Configuration(_) => (ErrorKind::Configuration, Some("check the URL of the database")),
        sqlx::Error::Database(error) => of_code(&code(error.as_ref())),
        _ => (ErrorKind::Database, None),
    }
}

/// The SQLSTATE of PostgreSQL, the number of MySQL, or the extended result code of SQLite. They do not overlap: SQLSTATE has
/// five characters, the numbers of MySQL are from 1000 to 5000, and the codes that are used here are not.
fn code(error: &dyn sqlx::error::DatabaseError) -> String {
    #[cfg(feature = "mysql")]
    if let Some(error) = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        return error.number().to_string();
    }
    let code = error.code().unwrap_or_default();
    // SQLite has one code for all mistakes in a statement. Ours have none, so it is the table.
    let is_missing = code == "1" && error.message().starts_with("no such ");
    if is_missing {
        UNDEFINED_TABLE.to_owned()
    } else {
        code.into_owned()
    }
}

/// The SQLSTATE.
const UNDEFINED_TABLE: &str = "42P01";

fn of_code(code: &str) -> (ErrorKind, Option<&'static str>) {
    use ErrorKind::{Database, Unavailable};

    let (kind, hint) = match code {
        "28P01" | "28000" | "1045" | "1698" => (
            Database,
            "check the user name and the password in the URL of the database",
        ),
        "26000" | "42P05" => (Database, POOLER),
        "0A000" => (
            Database,
            "the server may be too old: PostgreSQL 12 or later is required",
        ),
        "08P01" => (
            Database,
            "a pooler may refuse the settings of the connection: set ignore_startup_parameters = extra_float_digits in PgBouncer",
        ),
        "3D000" | "1049" => (Database, "create the database first, or correct its name in the URL"),
        "42501" | "1044" | "1142" => (
            Database,
            "the user of the database needs permission to create and write tables",
        ),
        "53100" | "13" | "1021" | "1114" => (
            Database,
            "free some space. Nothing was stored, and the next run stores all of it",
        ),
        "40001" | "40P01" | "1213" => (
            Unavailable,
            "another program wrote to the same tables at the same time. Nothing was stored: retry",
        ),
        "57014" | "25P03" | "57P05" | "1969" | "3024" | "4031" => (
            Unavailable,
            "the server has a time limit that is too short. Nothing was stored: raise it for this user",
        ),
        "1153" => (Database, PACKET),
        "22P05" | "22021" | "1366" => (
            Database,
            "the database cannot store every character: create it with the encoding UTF-8, in MySQL utf8mb4",
        ),
        "3F000" => (
            Database,
            "the user has no schema: set its search_path, or name a schema in the URL with ?options=-csearch_path%3Dpublic",
        ),
        UNDEFINED_TABLE | "42703" | "1146" | "1054" => (
            Database,
            "a table or a column of the sync was removed or renamed: restore it from a backup, or drop all tables and views \
             spektrix_*, and the next run creates them",
        ),
        "5" | "6" | "261" | "517" | "55P03" | "1205" => (
            Unavailable,
            "another program holds a lock on the database: wait for it, and retry",
        ),
        "8" | "264" | "520" | "776" | "1032" | "1288" | "1290" | "1544" | "25006" => (
            Database,
            "the database is read-only: this user must be able to write to it, and to the folder of an SQLite file",
        ),
        "14" => (
            Database,
            "check the path of the file: its folder must exist, and this user must be able to write to it",
        ),
        "26" => (Database, "the file is not an SQLite database: name another file"),
        "57P01" | "57P02" | "57P03" | "08006" | "1053" | "1317" | "1927" => (
            Unavailable,
            "the server ended the connection. Nothing was stored: retry",
        ),
        "53300" | "1040" => (
            Unavailable,
            "the server has too many connections: retry, or raise its limit",
        ),
        _ => return (Database, None),
    };
    (kind, Some(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_whether_a_later_run_may_succeed() {
        let reset = || std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        let table = [
            (
                Error::database("connect", sqlx::Error::Io(reset())),
                ErrorKind::Unavailable,
                true,
            ),
            (
                Error::database("connect", sqlx::Error::PoolTimedOut),
                ErrorKind::Unavailable,
                true,
            ),
            (
                Error::database("connect", sqlx::Error::Protocol("x".into())),
                ErrorKind::Database,
                false,
            ),
            (Error::io("write a file", reset()), ErrorKind::Io, false),
            (Error::new(ErrorKind::Locked, "x"), ErrorKind::Locked, true),
            (Error::new(ErrorKind::Implausible, "x"), ErrorKind::Implausible, false),
        ];
        for (error, kind, is_temporary) in table {
            assert_eq!((error.kind(), error.is_temporary()), (kind, is_temporary), "{error}");
        }
    }
}
