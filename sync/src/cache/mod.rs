//! The programme in memcached or Redis, for pages in any language. Readers see one snapshot or the next, never a mix.
//!
//! Each write stores all values under a new version, and then switches the key that names the version:
//!
//! | key | value |
//! |---|---|
//! | `PREFIX:VENUE:version` | the current version; written last |
//! | `PREFIX:VENUE:VERSION:event:7001` | an object as JSON. Kinds: `event`, `instance`, `availability`, `prices`, `performance` |
//! | `PREFIX:VENUE:VERSION:list:whats-on` | a list as JSON. Lists: `events`, `instances`, `availability`, `prices`, `whats-on` |
//! | `PREFIX:VENUE:VERSION:list:whats-on:0` | a chunk of a list that is larger than the server allows |
//! | `PREFIX:VENUE:VERSION:list:keys` | the keys of the version |
//!
//! A value that is too large for the server is a manifest instead: `{"$chunks":3,"$bytes":2500000}`.
//!
//! ```no_run
//! # async fn example(catalogue: &spektrix_v2::catalogue::Catalogue) -> Result<(), spektrix_v2_sync::cache::CacheError> {
//! use spektrix_v2::jiff::Timestamp;
//! use spektrix_v2_sync::cache::Cache;
//!
//! let mut cache = Cache::new("redis://127.0.0.1:6379", "playhouse")?;
//! let written = cache.write(catalogue, Timestamp::now()).await?;
//! println!("{} keys, {} bytes", written.keys, written.bytes);
//! let list = cache.read("list:whats-on").await?;
//! # let _ = list;
//! # Ok(())
//! # }
//! ```

mod chunks;
mod entries;
mod entry;
mod error;
#[cfg(feature = "memcached")]
mod memcached;
#[cfg(feature = "redis")]
mod redis;
mod store;

use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use spektrix_v2::catalogue::Catalogue;
use url::Url;

use entry::Entry;
pub use error::CacheError;
use store::Store;

/// A cache of one venue.
#[derive(Debug)]
pub struct Cache {
    target: store::Target,
    root: String,
    ttl: Duration,
    grace: Duration,
    image_base: Option<Url>,
    last: Option<Last>,
}

/// The version that this cache has written last.
#[derive(Debug)]
struct Last {
    version: String,
    keys: Vec<String>,
    hash: [u8; 32],
    at: Timestamp,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The version that readers see now.
    pub version: String,
    /// The number of keys.
    pub keys: usize,
    /// The number of bytes in all values.
    pub bytes: usize,
    /// How many values are split, because they are larger than the server allows.
    pub split: usize,
}

/// The name of a value, and the value.
type Named = (String, Vec<u8>);

/// How long values are kept, unless set otherwise.
const TTL: Duration = Duration::from_hours(24);
/// How long the previous version is kept for readers that have begun to read it.
const GRACE: Duration = Duration::from_mins(1);

impl Cache {
    /// Creates the cache of a venue: `memcached://host:port`, `redis://…` or `rediss://…`. Nothing is sent.
    ///
    /// For `rediss://`, install a default provider of rustls first, if the program has several.
    ///
    /// # Errors
    ///
    /// If the URL or the name of the venue cannot be used.
    pub fn new(url: &str, venue: &str) -> Result<Self, CacheError> {
        Ok(Self {
            target: store::Target::parse(url)?,
            root: format!("spektrix:{}", checked_name("the venue", venue)?),
            ttl: TTL,
            grace: GRACE,
            image_base: None,
            last: None,
        })
    }

    /// Sets the first part of all keys, instead of `spektrix`.
    ///
    /// # Errors
    ///
    /// If it has other characters than letters, digits, `.`, `_` and `-`, or more than 60.
    pub fn prefix(mut self, prefix: &str) -> Result<Self, CacheError> {
        let venue = self.root.split(':').next_back().unwrap_or_default().to_owned();
        self.root = format!("{}:{venue}", checked_name("the prefix", prefix)?);
        Ok(self)
    }

    /// Sets how long values are kept. The default is a day. If nothing is written for so long, pages show nothing rather than
    /// old data.
    #[must_use]
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = ttl.max(Duration::from_secs(1));
        self
    }

    /// Sets how long the previous version is kept for readers that have begun to read it. The default is a minute.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace.max(Duration::from_secs(1));
        self
    }

    /// Completes the names of image files: see [`WhatsOn::image_base`](crate::whats_on::WhatsOn::image_base).
    #[must_use]
    pub fn image_base(mut self, base: Url) -> Self {
        self.image_base = Some(base);
        self
    }

    /// Writes a catalogue as a new version, and switches readers to it.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached, or does not store all values. Readers keep seeing the previous version, if the server
    /// still has it.
    pub async fn write(&mut self, catalogue: &Catalogue, now: Timestamp) -> Result<Written, CacheError> {
        let (entries, hash) = self.entries(catalogue, now)?;
        self.write_entries(entries, hash, now).await
    }

    /// Writes a catalogue, unless the server still has all of the same content from the last write and keeps it for long
    /// enough. Returns `None` if nothing was written.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write).
    pub async fn write_if_changed(
        &mut self,
        catalogue: &Catalogue,
        now: Timestamp,
    ) -> Result<Option<Written>, CacheError> {
        let (entries, hash) = self.entries(catalogue, now)?;
        if self.is_current(hash, now).await? {
            return Ok(None);
        }
        self.write_entries(entries, hash, now).await.map(Some)
    }

    /// Reads a value of the current version, such as `event:7001` or `list:whats-on`. Chunks are joined. `None` if there is no
    /// such value.
    ///
    /// # Errors
    ///
    /// If the server cannot be reached.
    pub async fn read(&self, name: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let mut store = self.target.connect().await?;
        let Some(version) = read_version(&mut store, &self.root).await? else {
            return Ok(None);
        };
        chunks::read(&mut store, &format!("{}:{version}:{name}", self.root)).await
    }

    fn entries(&self, catalogue: &Catalogue, now: Timestamp) -> Result<(Vec<Named>, [u8; 32]), CacheError> {
        let entries = entries::entries(catalogue, now, self.image_base.as_ref())
            .map_err(|error| CacheError::Render(error.to_string()))?;
        let mut hash = Sha256::new();
        for (name, value) in &entries {
            hash.update(name.as_bytes());
            hash.update(value.len().to_le_bytes());
            hash.update(value);
        }
        Ok((entries, hash.finalize().into()))
    }

    async fn is_current(&self, hash: [u8; 32], now: Timestamp) -> Result<bool, CacheError> {
        let Some(last) = self.last.as_ref().filter(|last| last.hash == hash) else {
            return Ok(false);
        };
        let age = Duration::try_from(now.duration_since(last.at)).unwrap_or(Duration::MAX);
        if age > self.ttl / 4 {
            return Ok(false);
        }
        let mut store = self.target.connect().await?;
        // A server that was restarted has no version. One with too little memory may have dropped any of the values.
        let is_version = read_version(&mut store, &self.root).await?.as_deref() == Some(last.version.as_str());
        Ok(is_version && store.missing(&last.keys).await? == 0)
    }

    async fn write_entries(
        &mut self,
        entries: Vec<Named>,
        hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Written, CacheError> {
        let mut store = self.target.connect().await?;
        // Two programs that write at the same time have different versions. In containers, all of them are process 1.
        let version = format!("{:x}-{:08x}", Timestamp::now().as_millisecond(), fastrand::u32(..));
        let limit = store.limit().await?;
        let (entries, split) = chunks::split_all(&format!("{}:{version}", self.root), entries, limit)?;
        let keys: Vec<_> = entries.iter().map(|entry| entry.key.clone()).collect();
        if let Err(error) = self.store(&mut store, &entries, &keys).await {
            self.discard(&keys).await;
            return Err(error);
        }
        let previous = match self.switch(&mut store, &version).await {
            Ok(previous) => previous,
            // If only the response was lost, readers see this version already.
            Err(error @ CacheError::Unavailable { .. }) => return Err(error),
            Err(error) => {
                self.discard(&keys).await;
                return Err(error);
            }
        };
        if let Some(previous) = previous.filter(|previous| *previous != version) {
            // The switch has succeeded. If this fails, the old values are kept longer than necessary.
            if let Err(error) = expire_version(&mut store, &self.root, &previous, self.grace).await {
                tracing::warn!("the previous version is kept until its time to live has passed: {error}");
            }
        }
        let written = Written {
            version: version.clone(),
            keys: entries.len() + 1,
            bytes: entries.iter().map(|entry| entry.value.len()).sum(),
            split,
        };
        self.last = Some(Last {
            version,
            keys,
            hash,
            at: now,
        });
        Ok(written)
    }

    /// Stores the values, and checks that the server has all of them.
    async fn store(&self, store: &mut Store, entries: &[Entry], keys: &[String]) -> Result<(), CacheError> {
        store.set_all(entries, self.ttl).await?;
        match store.missing(keys).await? {
            0 => Ok(()),
            missing => Err(CacheError::Evicted {
                missing,
                of: keys.len(),
            }),
        }
    }

    /// Switches readers to a version. Returns the previous one.
    async fn switch(&self, store: &mut Store, version: &str) -> Result<Option<String>, CacheError> {
        // In one step: if two programs write, each version is replaced once, and so somebody expires each of them.
        let previous = store.replace(&version_key(&self.root), version, self.ttl).await?;
        Ok(previous.map(|version| String::from_utf8_lossy(&version).into_owned()))
    }

    /// Frees the memory of a version that was not completed, as far as the server can be reached.
    async fn discard(&self, keys: &[String]) {
        let Ok(mut store) = self.target.connect().await else {
            return;
        };
        if let Err(error) = store.expire_all(keys, Duration::from_secs(1)).await {
            tracing::warn!("an incomplete version is kept until its time to live has passed: {error}");
        }
    }
}

fn version_key(root: &str) -> String {
    format!("{root}:version")
}

async fn read_version(store: &mut Store, root: &str) -> Result<Option<String>, CacheError> {
    let version = store.get(&version_key(root)).await?;
    Ok(version.map(|version| String::from_utf8_lossy(&version).into_owned()))
}

/// Keeps a version for a last time.
async fn expire_version(store: &mut Store, root: &str, version: &str, grace: Duration) -> Result<(), CacheError> {
    let index = format!("{root}:{version}:{}", chunks::INDEX);
    // A version that is already incomplete expires by itself.
    let Some(keys) = chunks::read(store, &index).await? else {
        return Ok(());
    };
    let names: Vec<String> = serde_json::from_slice(&keys).unwrap_or_default();
    let keys: Vec<_> = names.iter().map(|name| format!("{root}:{version}:{name}")).collect();
    store.expire_all(&keys, grace).await
}

fn checked_name<'a>(what: &str, name: &'a str) -> Result<&'a str, CacheError> {
    let is_valid = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if (1..=60).contains(&name.len()) && name.bytes().all(is_valid) {
        return Ok(name);
    }
    Err(CacheError::Target(format!(
        "{what} `{name}` cannot be part of a key: use up to 60 letters, digits, dots, underscores and hyphens"
    )))
}
