//! Recognizes a server of another kind at the port of a database. Most kinds wait for the other side to speak first, so that
//! without this a connection would end with a timeout.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::error::{Error, ErrorKind, Result};

/// How long a connection may take before the server is examined.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long to wait for the response to each question.
const RESPONSE: Duration = Duration::from_millis(500);

/// A server that a client connects to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server<'a> {
    /// The kind that is expected, as [`recognize`] names it.
    pub(super) kind: &'static str,
    pub(super) host: &'a str,
    pub(super) port: u16,
}

/// Waits for a connection. If it fails or takes long, and a server of another kind is there, the error names it.
pub(super) async fn connect<T>(server: Server<'_>, connecting: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    let attempt = || format!("connect to {} at {}:{}", server.kind, server.host, server.port);
    let other = async {
        let kind = recognize(server.host, server.port).await?;
        (kind != server.kind).then_some(kind)
    };
    tokio::pin!(connecting);
    let quickly = tokio::select! {
        biased;
        result = &mut connecting => Some(result),
        () = sleep(PATIENCE) => None,
    };
    let (result, other) = match quickly {
        // The server has explained what is wrong.
        Some(result @ (Ok(_) | Err(sqlx::Error::Database(_)))) => (result, None),
        Some(result) => (result, other.await),
        None => tokio::select! {
            result = &mut connecting => (result, None),
            Some(kind) = other => return Err(another_kind(&attempt(), kind)),
        },
    };
    match other {
        Some(kind) => Err(another_kind(&attempt(), kind)),
        None => result.map_err(|error| Error::database(attempt(), error)),
    }
}

fn another_kind(attempt: &str, kind: &str) -> Error {
    let what = format!("cannot {attempt}: another kind of server is at that port: {kind}");
    Error::new(ErrorKind::Database, what).with_hint(
        "check host, port and scheme in the URL: postgres:// is usually at port 5432, and mysql:// at port 3306",
    )
}

/// Asks a server what it is. `None` if it is not known.
async fn recognize(host: &str, port: u16) -> Option<&'static str> {
    // Each question takes a connection: a server may end it after a request that it does not understand.
    const QUESTIONS: [&[u8]; 4] = [
        // MySQL speaks first.
        b"",
        // PostgreSQL's request for TLS, whose response is one letter.
        &[0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f],
        b"GET / HTTP/1.0\r\n\r\n",
        // memcached ends the connection after a request of HTTP.
        b"version\r\n",
    ];
    for question in QUESTIONS {
        let response = timeout(RESPONSE, ask(host, port, question)).await;
        let Ok(Ok(response)) = response else { continue };
        if let Some(kind) = kind_of(&response) {
            return Some(kind);
        }
    }
    None
}

async fn ask(host: &str, port: u16, question: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect((host, port)).await?;
    stream.write_all(question).await?;
    let mut response = vec![0; 64];
    let length = stream.read(&mut response).await?;
    response.truncate(length);
    Ok(response)
}

fn kind_of(response: &[u8]) -> Option<&'static str> {
    match response {
        b"S" | b"N" => Some("PostgreSQL"),
        // The length of a packet, its number, and the version of the protocol, or an error.
        [_, _, 0, 0, 10 | 255, ..] => Some("MySQL"),
        _ if response.starts_with(b"HTTP/") => Some("HTTP"),
        _ if response.starts_with(b"-ERR") || response.starts_with(b"-NOAUTH") || response.starts_with(b"-DENIED") => {
            Some("Redis")
        }
        _ if response.starts_with(b"VERSION ") => Some("memcached"),
        _ if response.starts_with(b"SSH-") => Some("SSH"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_recognized_by_what_they_send() {
        let table: [(&[u8], _); 11] = [
            (b"S", Some("PostgreSQL")),
            (b"N", Some("PostgreSQL")),
            (b"Y\0\0\0\n5.5.5-10.11.6-MariaDB\0", Some("MySQL")),
            (b"\x45\0\0\0\xff\x6a\x04Host is blocked", Some("MySQL")),
            (b"HTTP/1.1 400 Bad Request\r\n", Some("HTTP")),
            (b"-ERR wrong number of arguments", Some("Redis")),
            (b"-NOAUTH Authentication required.", Some("Redis")),
            (b"VERSION 1.6.18\r\n", Some("memcached")),
            (b"SSH-2.0-OpenSSH", Some("SSH")),
            (b"", None),
            (b"Something", None),
        ];
        for (response, expected) in table {
            assert_eq!(kind_of(response), expected, "{}", response.escape_ascii());
        }
    }
}
