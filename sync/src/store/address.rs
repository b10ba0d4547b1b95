//! Opening a database by its URL.

use std::str::FromStr as _;
use std::time::Duration;

#[cfg(any(feature = "mysql", feature = "postgres"))]
use super::protocol::{self, Server};
use super::{AnyPool, Store};
use crate::error::{Error, Result};

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// How long SQLite waits for another writer.
#[cfg(feature = "sqlite")]
const BUSY: Duration = Duration::from_secs(30);

impl Store {
    /// Opens the database at a URL.
    ///
    /// | URL | database |
    /// |---|---|
    /// | `sqlite:season.db` | a file, which is created if it does not exist. It uses a write-ahead log, so that readers and the sync do not wait for each other |
    /// | `postgres://user@host/database` | PostgreSQL 12 or later; `?sslmode=verify-full` and other parameters as for libpq |
    /// | `mysql://user@host/database` | MySQL 8 or MariaDB 10.5 or later; `?ssl-mode=VERIFY_IDENTITY` |
    ///
    /// Nothing is created in it before the first run.
    ///
    /// # Errors
    ///
    /// If the URL is invalid, or the database cannot be reached. The error contains no part of the URL.
    pub async fn open(url: &str) -> Result<Self> {
        let (scheme, _) = url.split_once(':').unwrap_or_default();
        let pool = match scheme {
            #[cfg(feature = "sqlite")]
            "sqlite" => AnyPool::Sqlite(open_sqlite(url).await?),
            #[cfg(feature = "postgres")]
            "postgres" | "postgresql" => AnyPool::Postgres(open_postgres(url).await?),
            #[cfg(feature = "mysql")]
            "mysql" | "mariadb" => AnyPool::MySql(open_mysql(url).await?),
            _ => {
                return Err(Error::configuration("the URL of the database has no known scheme")
                    .with_hint("write sqlite:season.db, postgres://user@host/database or mysql://user@host/database"));
            }
        };
        Ok(pool.into())
    }

    /// Returns whether the URL has a password in it. Other users of a machine can see the arguments of a program, so such a
    /// URL must not be one.
    pub fn url_has_password(url: &str) -> bool {
        let authority = url.split_once("://").map_or("", |(_, rest)| rest);
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        let in_authority = authority
            .rsplit_once('@')
            .is_some_and(|(user, _)| user.split_once(':').is_some_and(|(_, password)| !password.is_empty()));
        let query = url.split_once('?').map_or("", |(_, query)| query).to_lowercase();
        in_authority
            || query
                .split('&')
                .any(|part| part.starts_with("password=") || part.starts_with("sslpassword="))
    }
}

#[cfg(feature = "sqlite")]
async fn open_sqlite(url: &str) -> Result<sqlx::SqlitePool> {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

    let options = SqliteConnectOptions::from_str(url).map_err(invalid_file)?;
    let name = options.get_filename().display().to_string();
    if name.is_empty() {
        // SQLite would open a temporary file for each connection.
        return Err(Error::configuration("the URL of the database names no file").with_hint("write sqlite:season.db"));
    }
    let parameters: Vec<_> = url.split_once('?').map_or("", |(_, query)| query).split('&').collect();
    let is_in_memory = name.starts_with("file:sqlx-in-memory") || parameters.contains(&"mode=memory");
    let is_read_only = parameters.contains(&"mode=ro") || parameters.iter().any(|it| it.starts_with("immutable="));
    let options = options.busy_timeout(BUSY).create_if_missing(!is_read_only);
    let options = if is_in_memory || is_read_only {
        options
    } else {
        options.journal_mode(SqliteJournalMode::Wal)
    };
    let pool = SqlitePoolOptions::new().acquire_timeout(CONNECT);
    // A database in memory exists as long as its connection.
    let pool = if is_in_memory {
        pool.max_connections(1).idle_timeout(None).max_lifetime(None)
    } else {
        pool.max_connections(4)
    };
    let opened = pool.connect_with(options).await;
    opened.map_err(|error| Error::database(format!("open {name}"), error))
}

#[cfg(feature = "postgres")]
async fn open_postgres(url: &str) -> Result<sqlx::PgPool> {
    use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

    let options = PgConnectOptions::from_str(url).map_err(invalid)?;
    let options = options.application_name("spektrix-sync");
    let (host, port) = (options.get_host().to_owned(), options.get_port());
    let is_socket = options.get_socket().is_some() || host.starts_with('/');
    let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(CONNECT);
    let connecting = pool.connect_with(options);
    if is_socket {
        return connecting
            .await
            .map_err(|error| Error::database(format!("connect to PostgreSQL at {host}:{port}"), error));
    }
    let server = Server {
        kind: "PostgreSQL",
        host: &host,
        port,
    };
    protocol::connect(server, connecting).await
}

#[cfg(feature = "mysql")]
async fn open_mysql(url: &str) -> Result<sqlx::MySqlPool> {
    use sqlx::mysql::{MySqlConnectOptions, MySqlPoolOptions};

    let options = MySqlConnectOptions::from_str(url).map_err(invalid)?;
    let (host, port) = (options.get_host().to_owned(), options.get_port());
    let pool = MySqlPoolOptions::new().max_connections(8).acquire_timeout(CONNECT);
    let server = Server {
        kind: "MySQL",
        host: &host,
        port,
    };
    protocol::connect(server, pool.connect_with(options)).await
}

#[cfg(feature = "sqlite")]
fn invalid_file(_: sqlx::Error) -> Error {
    Error::configuration("the URL of the database is invalid")
        .with_hint("write sqlite:season.db, and in the name of the file %3F for ? and %25 for %")
}

/// The reason may quote the URL, with its password.
fn invalid(_: sqlx::Error) -> Error {
    Error::configuration("the URL of the database is invalid")
        .with_hint("special characters in a password are written percent-encoded, such as %40 for @, and %2F for /")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_in_urls_are_found() {
        let table = [
            ("sqlite:season.db", false),
            ("postgres://user@host/db", false),
            ("postgres://user:@host/db", false),
            ("postgres://user:secret@host/db", true),
            ("mysql://user:p%40ss@host:3306/db?ssl-mode=REQUIRED", true),
            ("mysql://host:3306/db", false),
            ("postgres://host/db?user=a&password=secret", true),
            ("postgres://user@host/a:b@c", false),
        ];
        for (url, expected) in table {
            assert_eq!(Store::url_has_password(url), expected, "{url}");
        }
    }

    #[tokio::test]
    async fn invalid_urls_are_refused_without_their_password() {
        for url in [
            "",
            "season.db",
            "oracle://user:s3cret@host/db",
            "postgres://user:s3cret@ho st/x",
            "mysql://u:s3cret@:x",
        ] {
            let error = Store::open(url).await.unwrap_err();
            let text = format!("{error} {:?} {error:?}", error.hint());
            assert!(!text.contains("s3cret"), "{text}");
            assert_eq!(error.kind(), crate::ErrorKind::Configuration, "{text}");
        }
    }
}
