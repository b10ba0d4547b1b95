//! Sessions. Each has one basket, is identified by a cookie, and expires ten minutes after its last change.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::Basket;

use super::clock::later;

/// The id of the session that every sandbox starts with.
pub(crate) const SEEDED_SESSION_ID: &str = "sandbox-session-1";

/// How long a session is valid after its basket was changed, or after it was kept alive.
const LIFETIME: Duration = Duration::from_secs(10 * 60);

#[derive(Debug)]
struct Session {
    basket: Basket,
    expires: Timestamp,
}

/// The valid sessions by id.
#[derive(Debug)]
pub(super) struct Sessions {
    valid: HashMap<String, Session>,
    /// No session expires before this time, so that most calls of `expire` do not look at the sessions.
    earliest_expiry: Timestamp,
}

impl Sessions {
    /// Creates the session that a sandbox starts with. It never expires.
    pub(super) fn seeded(basket: Basket) -> Self {
        let expires = Timestamp::MAX;
        Self {
            valid: HashMap::from([(SEEDED_SESSION_ID.to_owned(), Session { basket, expires })]),
            earliest_expiry: expires,
        }
    }

    pub(super) fn basket(&self, id: &str) -> Option<&Basket> {
        self.valid.get(id).map(|session| &session.basket)
    }

    pub(super) fn baskets_mut(&mut self) -> impl Iterator<Item = &mut Basket> {
        self.valid.values_mut().map(|session| &mut session.basket)
    }

    /// Sets the basket of a session and renews the session. Starts the session if there is none.
    pub(super) fn set_basket(&mut self, id: &str, basket: Basket, now: Timestamp) {
        match self.valid.get_mut(id) {
            Some(session) => session.basket = basket,
            None => self.start(id, basket, now),
        }
        self.renew(id, now);
    }

    /// Renews a session. Returns whether there is such a session.
    pub(super) fn renew(&mut self, id: &str, now: Timestamp) -> bool {
        let session = self.valid.get_mut(id);
        if let Some(session) = session.filter(|session| session.expires != Timestamp::MAX) {
            session.expires = later(now, LIFETIME);
        }
        self.valid.contains_key(id)
    }

    /// Removes the sessions that have expired. Returns their baskets.
    pub(super) fn expire(&mut self, now: Timestamp) -> Vec<Basket> {
        if now < self.earliest_expiry {
            return Vec::new();
        }
        let expired = self.valid.extract_if(|_, session| session.expires <= now);
        let baskets = expired.map(|(_, session)| session.basket).collect();
        let remaining = self.valid.values().map(|session| session.expires);
        self.earliest_expiry = remaining.min().unwrap_or(Timestamp::MAX);
        baskets
    }

    /// Removes a session before it expires. Returns its basket.
    pub(super) fn remove(&mut self, id: &str) -> Option<Basket> {
        self.valid.remove(id).map(|session| session.basket)
    }

    /// Gives a session another id. Returns whether there is such a session.
    pub(super) fn rename(&mut self, id: &str, new: &str) -> bool {
        let session = self.valid.remove(id);
        let is_valid = session.is_some();
        self.valid.extend(session.map(|session| (new.to_owned(), session)));
        is_valid
    }

    fn start(&mut self, id: &str, basket: Basket, now: Timestamp) {
        let expires = later(now, LIFETIME);
        self.earliest_expiry = self.earliest_expiry.min(expires);
        self.valid.insert(id.to_owned(), Session { basket, expires });
    }
}

#[cfg(test)]
mod tests {
    use super::{Basket, LIFETIME, SEEDED_SESSION_ID, Sessions, Timestamp, later};

    #[test]
    fn expired_sessions_are_removed() {
        let mut sessions = Sessions::seeded(Basket::new());
        let mut now = Timestamp::UNIX_EPOCH;
        for round in 0..50 {
            for visitor in 0..20 {
                sessions.set_basket(&format!("{round}-{visitor}"), Basket::new(), now);
            }
            assert!(sessions.remove(&format!("{round}-0")).is_some());
            now = later(now, LIFETIME);
            assert_eq!(sessions.expire(now).len(), 19);
            assert_eq!(sessions.valid.len(), 1, "only {SEEDED_SESSION_ID} remains");
        }
    }
}
