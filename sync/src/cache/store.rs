//! A server, of either kind.

use std::fmt;
use std::time::Duration;

use url::Url;

use super::CacheError;
use super::entry::Entry;

/// Where a cache is.
pub(super) enum Target {
    #[cfg(feature = "memcached")]
    Memcached(String),
    #[cfg(feature = "redis")]
    Redis(Box<redis::Client>, String),
}

/// A connection.
pub(super) enum Store {
    #[cfg(feature = "memcached")]
    Memcached(super::memcached::Memcached),
    #[cfg(feature = "redis")]
    Redis(super::redis::Redis),
}

/// The number of commands that are sent before their responses are read.
pub(super) const BATCH: usize = 500;
/// The size of the values that are sent before their responses are read.
pub(super) const BATCH_BYTES: usize = 1 << 20;

impl Target {
    pub(super) fn parse(text: &str) -> Result<Self, CacheError> {
        let invalid = |why: &str| CacheError::Target(format!("the URL of the cache is not usable: {why}"));
        let url = Url::parse(text).map_err(|error| invalid(&error.to_string()))?;
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            #[cfg(feature = "memcached")]
            "memcached" if !url.username().is_empty() || url.password().is_some() => {
                Err(invalid("memcached with a user name is not supported"))
            }
            #[cfg(feature = "memcached")]
            "memcached" if !host.is_empty() => Ok(Self::Memcached(format!("{host}:{}", url.port().unwrap_or(11211)))),
            #[cfg(feature = "redis")]
            "redis" | "rediss" | "redis+unix" => {
                // Its error could contain the password.
                let client = redis::Client::open(text).map_err(|error| invalid(error.category()))?;
                Ok(Self::Redis(
                    Box::new(client),
                    format!("{host}:{}", url.port().unwrap_or(6379)),
                ))
            }
            _ => Err(invalid("write memcached://HOST:PORT or redis://HOST:PORT/DATABASE")),
        }
    }

    pub(super) async fn connect(&self) -> Result<Store, CacheError> {
        match self {
            #[cfg(feature = "memcached")]
            Self::Memcached(address) => super::memcached::Memcached::connect(address)
                .await
                .map(Store::Memcached),
            #[cfg(feature = "redis")]
            Self::Redis(client, address) => super::redis::Redis::connect(client, address).await.map(Store::Redis),
        }
    }
}

/// Shows the address without the password.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "memcached")]
            Self::Memcached(address) => write!(f, "memcached at {address}"),
            #[cfg(feature = "redis")]
            Self::Redis(_, address) => write!(f, "Redis at {address}"),
        }
    }
}

macro_rules! of_either {
    ($self:ident, $store:ident => $call:expr) => {
        match $self {
            #[cfg(feature = "memcached")]
            Self::Memcached($store) => $call.await,
            #[cfg(feature = "redis")]
            Self::Redis($store) => $call.await,
        }
    };
}

impl Store {
    /// Returns the size of the largest value that the server takes.
    pub(super) async fn limit(&mut self) -> Result<usize, CacheError> {
        of_either!(self, store => store.limit())
    }

    pub(super) async fn get(&mut self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        of_either!(self, store => store.get(key))
    }

    /// Stores all values, in batches.
    pub(super) async fn set_all(&mut self, entries: &[Entry], ttl: Duration) -> Result<(), CacheError> {
        for batch in batches(entries) {
            of_either!(self, store => store.set_batch(batch, ttl))?;
        }
        Ok(())
    }

    /// Stores a value, and returns the one that it replaced.
    pub(super) async fn replace(
        &mut self,
        key: &str,
        value: &str,
        ttl: Duration,
    ) -> Result<Option<Vec<u8>>, CacheError> {
        of_either!(self, store => store.replace(key, value, ttl))
    }

    /// Returns how many of the values the server does not have.
    pub(super) async fn missing(&mut self, keys: &[String]) -> Result<usize, CacheError> {
        let mut missing = 0;
        for batch in keys.chunks(BATCH) {
            let found = of_either!(self, store => store.count(batch))?;
            missing += batch.len().saturating_sub(found);
        }
        Ok(missing)
    }

    /// Sets how long values are kept from now on. Keys that do not exist are skipped.
    pub(super) async fn expire_all(&mut self, keys: &[String], after: Duration) -> Result<(), CacheError> {
        for batch in keys.chunks(BATCH) {
            of_either!(self, store => store.expire_batch(batch, after))?;
        }
        Ok(())
    }
}

/// Divides entries into batches that are limited in number and size.
fn batches(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    let mut rest = entries;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let mut fits = |entry: &Entry| {
            bytes += entry.value.len();
            bytes <= BATCH_BYTES
        };
        let count = rest.iter().take(BATCH).take_while(|entry| fits(entry)).count();
        // A value that is larger than a batch is one itself.
        let (batch, after) = rest.split_at_checked(count.max(1))?;
        rest = after;
        Some(batch)
    })
}
