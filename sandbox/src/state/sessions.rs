//! The sessions of visitors: a basket each, known by a cookie, for ten minutes after its last change.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use spektrix_v2::Basket;

use super::clock::later;

/// The id of the session that every sandbox starts with.
pub(crate) const SEEDED: &str = "sandbox-session-1";

/// How long a session lives after a change of its basket, or after it was kept alive.
const LIFE: Duration = Duration::from_secs(10 * 60);

#[derive(Debug)]
struct Session {
    basket: Basket,
    expires: Timestamp,
}

/// The live sessions by id.
#[derive(Debug)]
pub(crate) struct Sessions {
    live: HashMap<String, Session>,
    /// No session expires before this: most of the time there is nothing to look for.
    earliest: Timestamp,
}

impl Sessions {
    /// One session, with this basket. It never expires.
    pub(super) fn seeded(basket: Basket) -> Self {
        let expires = Timestamp::MAX;
        Self {
            live: HashMap::from([(SEEDED.to_owned(), Session { basket, expires })]),
            earliest: expires,
        }
    }

    pub(crate) fn basket(&self, id: &str) -> Option<&Basket> {
        self.live.get(id).map(|session| &session.basket)
    }

    /// Puts a basket into a session, which lives on from now.
    pub(super) fn put(&mut self, id: &str, basket: Basket, now: Timestamp) {
        match self.live.get_mut(id) {
            Some(session) => session.basket = basket,
            None => self.begin(id, basket, now),
        }
        self.renew(id, now);
    }

    /// Whether there is such a session, which then lives on from now.
    pub(super) fn renew(&mut self, id: &str, now: Timestamp) -> bool {
        let session = self.live.get_mut(id);
        if let Some(session) = session.filter(|session| session.expires != Timestamp::MAX) {
            session.expires = later(now, LIFE);
        }
        self.live.contains_key(id)
    }

    /// Ends the sessions whose time is up, and answers their baskets.
    pub(super) fn expire(&mut self, now: Timestamp) -> Vec<Basket> {
        if now < self.earliest {
            return Vec::new();
        }
        let over = self.live.extract_if(|_, session| session.expires <= now);
        let baskets = over.map(|(_, session)| session.basket).collect();
        let left = self.live.values().map(|session| session.expires);
        self.earliest = left.min().unwrap_or(Timestamp::MAX);
        baskets
    }

    /// Ends a session before its time, and answers its basket.
    pub(super) fn forget(&mut self, id: &str) -> Option<Basket> {
        self.live.remove(id).map(|session| session.basket)
    }

    fn begin(&mut self, id: &str, basket: Basket, now: Timestamp) {
        let expires = later(now, LIFE);
        self.earliest = self.earliest.min(expires);
        self.live.insert(id.to_owned(), Session { basket, expires });
    }
}

#[cfg(test)]
mod tests {
    use super::{Basket, LIFE, SEEDED, Sessions, Timestamp, later};

    #[test]
    fn those_whose_time_is_up_take_no_room() {
        let mut sessions = Sessions::seeded(Basket::new());
        let mut now = Timestamp::UNIX_EPOCH;
        for round in 0..50 {
            for visitor in 0..20 {
                sessions.put(&format!("{round}-{visitor}"), Basket::new(), now);
            }
            assert!(sessions.forget(&format!("{round}-0")).is_some());
            now = later(now, LIFE);
            assert_eq!(sessions.expire(now).len(), 19);
            assert_eq!(sessions.live.len(), 1, "only {SEEDED} stays");
        }
    }
}
