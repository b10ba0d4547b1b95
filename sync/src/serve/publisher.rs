//! Loads the catalogue, and publishes a snapshot for each change of it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::catalogue::{Catalogue, LiveCatalogue};
use spektrix_v2::{Client, Error};

use super::shared::Shared;
use super::snapshot::Snapshot;

/// How the catalogue is loaded.
#[derive(Debug, Clone)]
pub(super) struct Rhythm {
    pub(super) season_every: Duration,
    pub(super) availability_every: Duration,
    pub(super) file: Option<PathBuf>,
}

const FIRST_RETRY: Duration = Duration::from_secs(1);
const LAST_RETRY: Duration = Duration::from_mins(1);

/// Publishes snapshots until the task is aborted.
///
/// # Errors
///
/// If the first load fails in a way that does not pass by itself.
pub(super) async fn run(client: Client, rhythm: Rhythm, shared: Arc<Shared>) -> Result<(), Error> {
    let live = start(&client, &rhythm, &shared).await?;
    let mut subscription = live.subscribe();
    shared.set_live(live);
    publish(&shared, subscription.catalogue()).await;
    loop {
        let wait = until_next_state(subscription.catalogue());
        tokio::select! {
            changes = subscription.next() => {
                let Some(changes) = changes else { return Ok(()) };
                publish(&shared, subscription.catalogue()).await;
                shared.changes.publish(&changes);
            }
            () = tokio::time::sleep(wait) => publish(&shared, subscription.catalogue()).await,
        }
    }
}

/// Starts from the file, or loads the catalogue, with retries while the service is down.
async fn start(client: &Client, rhythm: &Rhythm, shared: &Shared) -> Result<LiveCatalogue, Error> {
    let mut delay = FIRST_RETRY;
    loop {
        let mut builder = LiveCatalogue::builder(client)
            .season_every(rhythm.season_every)
            .availability_every(rhythm.availability_every);
        if let Some(path) = &rhythm.file {
            builder = builder.file(path);
        }
        match builder.start().await {
            Ok(live) => return Ok(live),
            Err(error) if may_pass(&error) => {
                tracing::warn!("the first load failed, and is retried: {error}");
                shared.set_start_error(error.kind());
                tokio::time::sleep(delay).await;
                delay = (delay * 2).min(LAST_RETRY);
            }
            Err(error) => return Err(error),
        }
    }
}

fn may_pass(error: &Error) -> bool {
    error.is_unavailable() || error.is_rate_limited() || error.is_decode()
}

async fn publish(shared: &Shared, catalogue: &Arc<Catalogue>) {
    let previous = shared.snapshot();
    let export = Arc::clone(&shared.export);
    let snapshot = Snapshot::new(Arc::clone(catalogue), Timestamp::now(), export, previous.as_deref());
    let snapshot = Arc::new(snapshot);
    if let Some(previous) = previous {
        snapshot.warm(&previous).await;
    }
    shared.set_snapshot(snapshot);
}

/// Returns the time until the sale of an instance starts or ends: then its state changes without a refresh.
fn until_next_state(catalogue: &Catalogue) -> Duration {
    const MOST: Duration = Duration::from_hours(1);
    let now = Timestamp::now();
    let times = catalogue
        .instances()
        .flat_map(|instance| [instance.start_selling_at_utc, instance.stop_selling_at_utc]);
    let next = times.filter(|time| *time > now).min();
    let wait = next.and_then(|next| Duration::try_from(next.duration_since(now)).ok());
    // A little later, so that the clock has certainly passed the time.
    wait.map_or(MOST, |wait| (wait + Duration::from_millis(10)).min(MOST))
}
