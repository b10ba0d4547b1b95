//! The part of a session that the client needs: its cookie, and a lock that serializes its changes.
//!
//! Both the client and `session` use it: the client sends the cookie and takes it from responses, and a `Session` is a
//! client with this state. So the client does not depend on `session`.

mod id;
mod set_cookie;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use tokio::sync::MutexGuard;

pub use id::SessionId;

pub(crate) use set_cookie::{COOKIE_NAME, SetCookie, set_cookie};

/// The state of one session, shared by its clones.
#[derive(Default)]
pub(crate) struct SessionState {
    /// Never locked across an `await`.
    cookie: Mutex<Cookie>,
    /// Locked while a change is in flight: changes are serialized, because two concurrent first changes would start two
    /// sessions.
    lock: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Cookie {
    id: Option<SessionId>,
    lost_baskets: u32,
}

impl SessionState {
    pub(crate) fn of(id: SessionId) -> Self {
        let id = Some(id);
        let lost_baskets = 0;
        Self {
            cookie: Mutex::new(Cookie { id, lost_baskets }),
            lock: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn id(&self) -> Option<SessionId> {
        self.with_cookie(|cookie| cookie.id.clone())
    }

    pub(crate) fn has_started(&self) -> bool {
        self.with_cookie(|cookie| cookie.id.is_some())
    }

    pub(crate) fn lost_baskets(&self) -> u32 {
        self.with_cookie(|cookie| cookie.lost_baskets)
    }

    /// Waits until no other change of the session is in flight. Other changes wait as long as the guard is held.
    pub(crate) async fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().await
    }

    /// Updates the cookie from a response, given the cookie that was sent with the request. Does nothing if the cookie has
    /// changed since then: a late response does not bring an old session back.
    pub(crate) fn adopt(&self, sent: Option<&SessionId>, new: Option<SessionId>) {
        let has_lost_basket = self.with_cookie(|cookie| {
            let is_late = cookie.id.as_ref() != sent;
            if is_late || cookie.id == new {
                return false;
            }
            let has_lost_basket = cookie.id.is_some() && new.is_some();
            cookie.lost_baskets = cookie.lost_baskets.saturating_add(has_lost_basket.into());
            cookie.id = new;
            has_lost_basket
        });
        if has_lost_basket {
            tracing::warn!("the service no longer knew the session and started a new one: its basket is lost");
        }
    }

    fn with_cookie<T>(&self, read_or_update: impl FnOnce(&mut Cookie) -> T) -> T {
        read_or_update(&mut self.cookie.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Shows whether the session has started, but not its identifier.
impl fmt::Debug for SessionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.has_started() {
            "SessionId(***)"
        } else {
            "not started"
        })
    }
}
