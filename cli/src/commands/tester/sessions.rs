//! The visitors' sessions of the sitting: one of them, or none, is used for the next request.

use spektrix_v2::{Client, Session};

/// The sitting has at most so many sessions.
pub(super) const MOST: usize = 10;

/// A session with its name.
#[derive(Clone)]
pub(super) struct Named {
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) session: Session,
}

/// The sessions of the sitting.
#[derive(Default)]
pub(super) struct Sessions {
    list: Vec<Named>,
    current: Option<u32>,
    last: u32,
}

/// What a page shows of a session: never its cookie.
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) name: String,
    pub(super) is_current: bool,
    pub(super) has_started: bool,
    pub(super) lost_baskets: u32,
}

impl Sessions {
    /// Adds a session, which is used from now on. Without a name it gets a number. Returns whether there was room.
    pub(super) fn add(&mut self, client: &Client, name: &str) -> bool {
        if self.list.len() >= MOST {
            return false;
        }
        self.last += 1;
        let name: String = name.trim().chars().take(40).collect();
        self.list.push(Named {
            number: self.last,
            name: if name.is_empty() {
                format!("Session {}", self.last)
            } else {
                name
            },
            session: client.session(),
        });
        self.current = Some(self.last);
        true
    }

    /// Uses a session for the next request; none if there is no such session.
    pub(super) fn choose(&mut self, number: Option<u32>) {
        self.current = number.filter(|number| self.list.iter().any(|named| named.number == *number));
    }

    /// Forgets a session. The service ends it after ten minutes.
    pub(super) fn forget(&mut self, number: u32) {
        self.list.retain(|named| named.number != number);
        self.choose(self.current);
    }

    /// Returns the session for the next request.
    pub(super) fn current(&self) -> Option<Named> {
        self.list
            .iter()
            .find(|named| Some(named.number) == self.current)
            .cloned()
    }

    /// Returns what a page shows.
    pub(super) fn rows(&self) -> Vec<Row> {
        let row = |named: &Named| Row {
            number: named.number,
            name: named.name.clone(),
            is_current: Some(named.number) == self.current,
            has_started: named.session.id().is_some(),
            lost_baskets: named.session.lost_baskets(),
        };
        self.list.iter().map(row).collect()
    }
}
