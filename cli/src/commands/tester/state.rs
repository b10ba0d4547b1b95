//! The state of the page: the client, and what the sitting has produced. Locks are never held across an `await`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use spektrix_v2::Client;

use super::history::History;
use super::pending::Pending;
use super::sessions::Sessions;

/// The state of the page.
pub(super) struct Tester {
    pub(super) client: Client,
    pub(super) is_sandbox: bool,
    /// The token that each form contains.
    pub(super) form_token: String,
    sessions: Mutex<Sessions>,
    history: Mutex<History>,
    pending: Mutex<Pending>,
}

impl Tester {
    pub(super) fn new(client: &Client, is_sandbox: bool, form_token: &str) -> Self {
        Self {
            client: client.clone(),
            is_sandbox,
            form_token: form_token.to_owned(),
            sessions: Mutex::default(),
            history: Mutex::default(),
            pending: Mutex::default(),
        }
    }

    pub(super) fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn history(&self) -> MutexGuard<'_, History> {
        self.history.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn pending(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
