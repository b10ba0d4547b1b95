//! The part of a session that the client needs: its cookies, and a lock that serializes its changes.
//!
//! Both the client and `session` use it: the client sends the cookies and takes them from responses, and a `Session` is a
//! client with this state. So the client does not depend on `session`.

mod cookies;
mod id;
mod items;
mod set_cookie;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tokio::sync::MutexGuard;
use zeroize::Zeroizing;

pub use id::SessionId;

pub(crate) use cookies::OtherCookie;
use cookies::{Cookies, IdChange};
pub(crate) use items::ItemChange;
use items::KnownItems;
use set_cookie::SHORTEST_SECRET;
pub(crate) use set_cookie::{COOKIE_NAME, SetCookies};

/// The state of one session, shared by its clones.
#[derive(Default)]
pub(crate) struct SessionState {
    /// Never locked across an `await`.
    cookies: Mutex<Counted>,
    /// Locked while a change is in flight: changes are serialized, because two concurrent first changes would start two
    /// sessions.
    lock: tokio::sync::Mutex<()>,
}

/// The cookies, what is known about the basket, and how many baskets were lost with an identifier.
#[derive(Default)]
struct Counted {
    cookies: Cookies,
    items: KnownItems,
    lost_baskets: u32,
}

/// What a new identifier means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replacement {
    /// The response is to a change of the basket, which succeeds with the same basket and with a new one: the service may no
    /// longer have known the session, and started another one.
    Unclear,
    /// The same session has a new identifier: after a sign-in, or in the response to a call that needed the session.
    Rotation,
}

/// The cookies of a request.
pub(crate) struct SentCookies {
    pub(crate) id: Option<SessionId>,
    others: Vec<OtherCookie>,
}

impl SentCookies {
    /// Returns the values that are secrets.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let id = self.id.iter().map(SessionId::expose);
        let others = self.others.iter().map(|cookie| cookie.value.expose());
        id.chain(others.filter(|value| value.len() >= SHORTEST_SECRET))
    }

    /// Returns the header, unless there is no cookie.
    pub(crate) fn header(&self) -> Option<Zeroizing<String>> {
        let id = self.id.iter().map(|id| (COOKIE_NAME, id.expose()));
        let others = self
            .others
            .iter()
            .map(|cookie| (cookie.name.as_str(), cookie.value.expose()));
        let pairs: Vec<_> = id.chain(others).collect();
        // A string that grows would leave copies behind.
        let length = pairs
            .iter()
            .map(|(name, value)| name.len() + value.len() + "=; ".len())
            .sum();
        let mut header = Zeroizing::new(String::with_capacity(length));
        for (name, value) in pairs {
            let separator = if header.is_empty() { "" } else { "; " };
            header.extend([separator, name, "=", value]);
        }
        (!header.is_empty()).then_some(header)
    }
}

impl SessionState {
    /// Continues a session whose basket has as many items or more.
    pub(crate) fn of(id: SessionId, others: Vec<OtherCookie>, items: usize) -> Self {
        let counted = Counted {
            cookies: Cookies::of(id, others),
            items: KnownItems::new(items),
            lost_baskets: 0,
        };
        Self {
            cookies: Mutex::new(counted),
            lock: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn id(&self) -> Option<SessionId> {
        self.with_cookies(|counted| counted.cookies.id().cloned())
    }

    /// Returns the cookies beside the identifier that have not expired.
    pub(crate) fn others(&self, now: Timestamp) -> Vec<OtherCookie> {
        self.with_cookies(|counted| counted.cookies.others(now))
    }

    /// Returns the cookies for a request to a path.
    pub(crate) fn for_request(&self, path: &str, now: Timestamp) -> SentCookies {
        self.with_cookies(|counted| SentCookies {
            id: counted.cookies.id().cloned(),
            others: counted.cookies.others_for(path, now),
        })
    }

    pub(crate) fn has_started(&self) -> bool {
        self.with_cookies(|counted| counted.cookies.id().is_some())
    }

    pub(crate) fn lost_baskets(&self) -> u32 {
        self.with_cookies(|counted| counted.lost_baskets)
    }

    /// Waits until no other change of the session is in flight. Other changes wait as long as the guard is held.
    pub(crate) async fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().await
    }

    /// Updates the cookies from a response, given the identifier that was sent with the request. If the identifier has
    /// changed since then, it stays: a late response does not bring an old session back.
    pub(crate) fn adopt(
        &self,
        sent: Option<&SessionId>,
        changes: &SetCookies<'_>,
        replacement: Replacement,
        now: Timestamp,
    ) {
        self.with_cookies(|counted| {
            counted.cookies.apply_to_others(&changes.others, now);
            let is_late = counted.cookies.id() != sent;
            if is_late {
                return;
            }
            let change = counted.cookies.apply_to_id(&changes.id);
            if counted.cookies.id().is_none() {
                counted.items = KnownItems::default();
            } else if change == IdChange::Replaced && replacement == Replacement::Unclear {
                counted.items.doubt();
            }
        });
    }

    /// Returns how many items the basket has, or more.
    pub(crate) fn items(&self) -> usize {
        self.with_cookies(|counted| counted.items.at_least)
    }

    /// Notes what a successful change did to the items.
    pub(crate) fn change_items(&self, change: ItemChange) {
        self.with_cookies(|counted| counted.items.apply(change));
    }

    /// Returns whether the basket may be another one than before.
    pub(crate) fn is_basket_in_doubt(&self) -> bool {
        self.with_cookies(|counted| counted.items.is_in_doubt())
    }

    /// Notes how many items the basket has. If it is another one than before, it counts as lost.
    pub(crate) fn settle_items(&self, found: usize) {
        let is_lost = self.with_cookies(|counted| {
            let is_lost = counted.items.settle(found);
            counted.lost_baskets = counted.lost_baskets.saturating_add(is_lost.into());
            is_lost
        });
        if is_lost {
            tracing::warn!("the service no longer knew the session and started a new one: its basket is lost");
        }
    }

    fn with_cookies<T>(&self, read_or_update: impl FnOnce(&mut Counted) -> T) -> T {
        read_or_update(&mut self.cookies.lock().unwrap_or_else(PoisonError::into_inner))
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
