//! memcached 1.6 or later, over its meta protocol.

use std::time::Duration;

use async_memcached::{AsciiProtocol as _, Client, Error, ErrorKind, MetaProtocol as _, Status};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::CacheError;
use super::entry::{Entry, TIMEOUT};

/// A connection to memcached.
pub(super) struct Memcached {
    client: Client,
    address: String,
}

/// What memcached adds to a value: the key and its own header count towards the limit, too.
const OVERHEAD: usize = 1024;
/// Longer times are read as a date: see memcached's `protocol.txt`.
const MOST_SECONDS: u64 = 30 * 24 * 60 * 60;

impl Memcached {
    pub(super) async fn connect(address: &str) -> Result<Self, CacheError> {
        let attempt = || format!("connecting to memcached at {address}");
        let connecting = Client::new(format!("tcp://{address}"));
        Ok(Self {
            client: within(attempt, connecting).await?,
            address: address.to_owned(),
        })
    }

    /// The crate has no command for the settings, so they are read over another connection.
    pub(super) async fn limit(&mut self) -> Result<usize, CacheError> {
        let address = self.address.clone();
        let attempt = || format!("asking memcached at {address} for its limit");
        let limit = within(attempt, async { Ok(item_size_max(&address).await?) }).await?;
        let limit = limit
            .and_then(|limit| limit.checked_sub(OVERHEAD))
            .filter(|limit| *limit > 0);
        limit.ok_or_else(|| CacheError::Refused {
            attempt: attempt(),
            reason: "no usable item_size_max in `stats settings`. memcached 1.6 or later is required".to_owned(),
        })
    }

    pub(super) async fn get(&mut self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let attempt = || format!("reading {key} from memcached at {}", self.address);
        let value = within(attempt, self.client.get(key)).await?;
        Ok(value.and_then(|value| value.data))
    }

    pub(super) async fn set_batch(&mut self, batch: &[Entry], ttl: Duration) -> Result<(), CacheError> {
        let attempt = || format!("writing {} values to memcached at {}", batch.len(), self.address);
        let ttl = format!("T{}", ttl.as_secs().clamp(1, MOST_SECONDS));
        let items: Vec<_> = batch
            .iter()
            .map(|entry| (entry.key.as_str(), &entry.value[..]))
            .collect();
        let refused = within(attempt, self.client.meta_set_multi(&items, Some(&[&ttl]))).await?;
        match refused.first() {
            None => Ok(()),
            Some(first) => Err(CacheError::Refused {
                attempt: attempt(),
                reason: format!("{:?} for {} of them", first.status, refused.len()),
            }),
        }
    }

    /// Stores a value, and returns the one that it replaced. Another program may replace it at the same time: then the server
    /// refuses the value, because its number has changed.
    pub(super) async fn replace(
        &mut self,
        key: &str,
        value: &str,
        ttl: Duration,
    ) -> Result<Option<Vec<u8>>, CacheError> {
        const MOST_ATTEMPTS: usize = 100;
        let attempt = || format!("switching the version in memcached at {}", self.address);
        let ttl = format!("T{}", ttl.as_secs().clamp(1, MOST_SECONDS));
        for _ in 0..MOST_ATTEMPTS {
            let read = self.client.meta_get(key, false, None, Some(&["v", "c"]));
            let previous = within(attempt, read).await?;
            let condition = previous.as_ref().and_then(|previous| previous.cas);
            let condition = condition.map_or("ME".to_owned(), |number| format!("C{number}"));
            let flags = [ttl.as_str(), condition.as_str()];
            let write = self.client.meta_set(key, value, false, None, Some(&flags));
            let write = async {
                match write.await {
                    Ok(_) => Ok(true),
                    Err(Error::Protocol(Status::Exists | Status::NotStored | Status::NotFound)) => Ok(false),
                    Err(error) => Err(error),
                }
            };
            if within(attempt, write).await? {
                return Ok(previous.and_then(|previous| previous.data));
            }
        }
        Err(CacheError::Refused {
            attempt: attempt(),
            reason: "other programs replace it all the time".to_owned(),
        })
    }

    /// Returns how many of the keys exist.
    pub(super) async fn count(&mut self, batch: &[String]) -> Result<usize, CacheError> {
        let attempt = || format!("checking {} values in memcached at {}", batch.len(), self.address);
        let keys: Vec<_> = batch.iter().map(String::as_str).collect();
        // The size, without which a hit has no data and is not reported.
        let found = within(attempt, self.client.meta_get_multi(&keys, Some(&["s"]))).await?;
        Ok(found.len())
    }

    pub(super) async fn expire_batch(&mut self, keys: &[String], after: Duration) -> Result<(), CacheError> {
        let attempt = || format!("expiring {} values in memcached at {}", keys.len(), self.address);
        let ttl = format!("T{}", after.as_secs().clamp(1, MOST_SECONDS));
        let keys: Vec<_> = keys.iter().map(String::as_str).collect();
        within(attempt, self.client.meta_get_multi(&keys, Some(&["s", &ttl]))).await?;
        Ok(())
    }
}

async fn within<T>(
    attempt: impl Fn() -> String,
    command: impl Future<Output = Result<T, Error>>,
) -> Result<T, CacheError> {
    let error = match timeout(TIMEOUT, command).await {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(error)) => error,
        Err(_) => {
            return Err(CacheError::Unavailable {
                attempt: attempt(),
                reason: format!("no response within {} seconds", TIMEOUT.as_secs()),
            });
        }
    };
    let reason = match &error {
        Error::Protocol(Status::Error(ErrorKind::NonexistentCommand)) => {
            "it has no meta commands: memcached 1.6 or later is required".to_owned()
        }
        error => error.to_string(),
    };
    let attempt = attempt();
    Err(match error {
        Error::Protocol(Status::Error(_)) => CacheError::Refused { attempt, reason },
        _ => CacheError::Unavailable { attempt, reason },
    })
}

/// Asks for the size of the largest item.
async fn item_size_max(address: &str) -> std::io::Result<Option<usize>> {
    let mut stream = BufReader::new(TcpStream::connect(address).await?);
    stream.write_all(b"stats settings\r\nquit\r\n").await?;
    let mut line = String::new();
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        if !line.ends_with('\n') {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if let Some(value) = line.strip_prefix("STAT item_size_max ") {
            return Ok(value.trim().parse().ok());
        }
        // The end of the list, or the response of another server.
        if !line.starts_with("STAT ") {
            return Ok(None);
        }
    }
}
