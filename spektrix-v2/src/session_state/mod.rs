//! The part of a session that the client needs: its cookie, and a lock that serializes its changes.
//!
//! It is below both: the client sends the cookie and takes it from responses, a `Session` (in `session`) is a client and
//! this state. So the client knows nothing of `session`.

mod id;
mod set_cookie;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use tokio::sync::MutexGuard;

pub use id::SessionId;

pub(crate) use set_cookie::{COOKIE_NAME, SetCookie, set_cookie};

/// The state of one session, shared by its clones.
#[derive(Default)]
pub(crate) struct State {
    /// Held for moments only.
    cookie: Mutex<Cookie>,
    /// Held while a change is on its way.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Cookie {
    id: Option<SessionId>,
    lost_baskets: u32,
}

impl State {
    pub(crate) fn of(id: SessionId) -> Self {
        let id = Some(id);
        let lost_baskets = 0;
        Self {
            cookie: Mutex::new(Cookie { id, lost_baskets }),
            turn: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn id(&self) -> Option<SessionId> {
        self.with(|cookie| cookie.id.clone())
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.with(|cookie| cookie.id.is_some())
    }

    pub(crate) fn lost_baskets(&self) -> u32 {
        self.with(|cookie| cookie.lost_baskets)
    }

    /// Waits until no other change of the session is on its way, and keeps others waiting as long as it is held.
    pub(crate) async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Takes over what the answer to a request says, given the cookie that the request came with. It counts for nothing
    /// if the cookie is another one by now: an answer that comes late does not bring an old session back.
    pub(crate) fn adopt(&self, sent: Option<&SessionId>, new: Option<SessionId>) {
        let has_lost_basket = self.with(|cookie| {
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
            tracing::warn!("the service did not know the session any more and began a new one: its basket is lost");
        }
    }

    fn with<T>(&self, look: impl FnOnce(&mut Cookie) -> T) -> T {
        look(&mut self.cookie.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Shows whether there is a session, not which.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.has_begun() {
            "SessionId(***)"
        } else {
            "not begun"
        })
    }
}
