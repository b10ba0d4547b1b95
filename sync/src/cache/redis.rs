//! Redis, with pipelined commands.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisError, RedisResult, cmd, pipe};

use super::CacheError;
use super::entry::{Entry, TIMEOUT};

/// A connection to Redis.
pub(super) struct Redis {
    connection: MultiplexedConnection,
    address: String,
}

/// The limit of a Redis that does not show its configuration: its default.
const DEFAULT_LIMIT: usize = 512 << 20;

impl Redis {
    pub(super) async fn connect(client: &Client, address: &str) -> Result<Self, CacheError> {
        let settings = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(TIMEOUT))
            .set_response_timeout(Some(TIMEOUT));
        let connection = client.get_multiplexed_async_connection_with_config(&settings).await;
        Ok(Self {
            connection: connection.map_err(|error| failed(format!("connecting to Redis at {address}"), &error))?,
            address: address.to_owned(),
        })
    }

    pub(super) async fn limit(&mut self) -> Result<usize, CacheError> {
        let setting = "proto-max-bulk-len";
        let found: RedisResult<Vec<String>> = cmd("CONFIG")
            .arg("GET")
            .arg(setting)
            .query_async(&mut self.connection)
            .await;
        match found {
            Ok(found) => Ok(found
                .get(1)
                .and_then(|limit| limit.parse().ok())
                .unwrap_or(DEFAULT_LIMIT)),
            // Hosted servers do not allow the command.
            Err(error) if !is_unavailable(&error) => Ok(DEFAULT_LIMIT),
            Err(error) => Err(failed(
                format!("asking Redis at {} for its limit", self.address),
                &error,
            )),
        }
    }

    pub(super) async fn get(&mut self, key: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let value = cmd("GET").arg(key).query_async(&mut self.connection).await;
        value.map_err(|error| failed(format!("reading {key} from Redis at {}", self.address), &error))
    }

    pub(super) async fn set_batch(&mut self, batch: &[Entry], ttl: Duration) -> Result<(), CacheError> {
        let mut commands = pipe();
        for entry in batch {
            let command = commands.cmd("SET").arg(&entry.key).arg(&entry.value[..]);
            command.arg("EX").arg(ttl.as_secs().max(1)).ignore();
        }
        let result: RedisResult<()> = commands.query_async(&mut self.connection).await;
        result.map_err(|error| {
            failed(
                format!("writing {} values to Redis at {}", batch.len(), self.address),
                &error,
            )
        })
    }

    /// Stores a value, and returns the one that it replaced.
    pub(super) async fn replace(
        &mut self,
        key: &str,
        value: &str,
        ttl: Duration,
    ) -> Result<Option<Vec<u8>>, CacheError> {
        let mut commands = pipe();
        commands.atomic().cmd("GET").arg(key);
        let command = commands.cmd("SET").arg(key).arg(value);
        command.arg("EX").arg(ttl.as_secs().max(1)).ignore();
        let result: RedisResult<(Option<Vec<u8>>,)> = commands.query_async(&mut self.connection).await;
        let (previous,) =
            result.map_err(|error| failed(format!("switching the version in Redis at {}", self.address), &error))?;
        Ok(previous)
    }

    /// Returns how many of the keys exist.
    pub(super) async fn count(&mut self, batch: &[String]) -> Result<usize, CacheError> {
        let mut command = cmd("EXISTS");
        for key in batch {
            command.arg(key);
        }
        let found = command.query_async(&mut self.connection).await;
        found.map_err(|error| {
            failed(
                format!("checking {} values in Redis at {}", batch.len(), self.address),
                &error,
            )
        })
    }

    pub(super) async fn expire_batch(&mut self, keys: &[String], after: Duration) -> Result<(), CacheError> {
        let mut commands = pipe();
        for key in keys {
            commands.cmd("EXPIRE").arg(key).arg(after.as_secs().max(1)).ignore();
        }
        let result: RedisResult<()> = commands.query_async(&mut self.connection).await;
        result.map_err(|error| {
            failed(
                format!("expiring {} values in Redis at {}", keys.len(), self.address),
                &error,
            )
        })
    }
}

fn failed(attempt: String, error: &RedisError) -> CacheError {
    // The error of a pipeline lists that of each command. The first is enough.
    let first = error.clone().into_server_errors();
    let first = first.as_deref().and_then(|errors| Some(errors.first()?.1.to_string()));
    let mut reason = first.unwrap_or_else(|| error.to_string());
    if reason.starts_with("Moved") {
        reason.push_str(". This is a node of a cluster, which is not supported: name a server that is none");
    }
    if is_unavailable(error) {
        CacheError::Unavailable { attempt, reason }
    } else {
        CacheError::Refused { attempt, reason }
    }
}

/// Whether the error is about the connection, and not the response to a command.
fn is_unavailable(error: &RedisError) -> bool {
    error.is_io_error() || error.is_connection_dropped() || error.is_timeout() || error.is_unrecoverable_error()
}
