//! Writes the availability of every performance to memcached, once a minute, for pages in any language.
//!
//! ```text
//! MEMCACHED=tcp://127.0.0.1:11211 cargo run --example availability-memcached
//! ```

#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::time::Duration;

use async_memcached::{AsciiProtocol as _, Client};
use jiff::Timestamp;
use spektrix_v2::catalogue::LiveCatalogue;
use spektrix_v2_examples::Service;

/// How long memcached keeps a value, in seconds: if this program stops, pages show no availability rather than a wrong one.
const KEPT: i64 = 300;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    let server = std::env::var("MEMCACHED").unwrap_or_else(|_| "tcp://127.0.0.1:11211".to_owned());
    let live = LiveCatalogue::start(service.client()).await?;
    loop {
        if let Err(error) = write(&live, &server).await {
            writeln!(std::io::stderr(), "retrying in a minute: {error}")?;
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}

/// Writes `availability:{instance}` as JSON. During an outage the last values stay for as long as they are not stale.
async fn write(live: &LiveCatalogue, server: &str) -> anyhow::Result<()> {
    anyhow::ensure!(!live.is_stale(), "the availability is too old: {:?}", live.last_error());
    let (catalogue, now) = (live.catalogue(), Timestamp::now());
    let mut memcached = Client::new(server).await?;
    for instance in catalogue.instances() {
        let key = format!("availability:{}", instance.id);
        let availability = catalogue.availability(instance.id, now);
        let json = serde_json::to_string(&availability)?;
        memcached.set(key, &json, Some(KEPT), None).await?;
    }
    Ok(())
}
