//! Ends a connection the hard way: the peer gets a reset, not a farewell.

use std::sync::Arc;

use tokio::sync::watch;

/// A handle of one connection that can cut it.
#[derive(Clone, Debug)]
pub(super) struct Cut(Arc<watch::Sender<bool>>);

impl Cut {
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Has the connection cut, as soon as its task comes to it.
    pub(super) fn now(&self) {
        self.0.send_replace(true);
    }

    pub(super) fn is_made(&self) -> bool {
        *self.0.borrow()
    }

    /// Comes back when the connection is to be cut.
    pub(super) async fn made(&self) {
        // The sender is at hand, so there is no error.
        let _ = self.0.subscribe().wait_for(|cut| *cut).await;
    }
}
