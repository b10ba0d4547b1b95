//! A run that waits for a list, so that a test can act in the meantime.

use std::time::Duration;

use spektrix_v2_sandbox::{Fault, Sandbox};
use spektrix_v2_sync::{Report, Result, Sync};
use tokio::task::JoinHandle;

/// Starts a run, and returns when it has requested a list that takes as long as `delay`.
pub(super) async fn slow_run(sandbox: &Sandbox, sync: &Sync, delay: Duration) -> JoinHandle<Result<Report>> {
    let requests = || sandbox.requests_for("GetBands").len();
    let before = requests();
    sandbox
        .inject(Fault::Latency { delay }.on("GetBands").times(1))
        .unwrap();
    let run = tokio::spawn({
        let sync = sync.clone();
        async move { sync.run().await }
    });
    while requests() == before && !run.is_finished() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    run
}
