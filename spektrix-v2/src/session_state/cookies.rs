//! The cookies of one session: the identifier, and those that the service or a load balancer sets beside it.

use jiff::Timestamp;

use super::id::SessionId;
use super::set_cookie::{Change, CookieChange, ROOT, is_below};
use crate::secret::Secret;

/// No server needs more, and each is sent with every request.
const MAX_OTHERS: usize = 50;
const MAX_BYTES: usize = 4096;

/// The cookies of a session. As in a browser, a cookie is identified by its name and its path.
#[derive(Default, Clone)]
pub(crate) struct Cookies {
    ids: Vec<(String, SessionId)>,
    others: Vec<OtherCookie>,
}

/// A cookie beside the identifier.
#[derive(Clone)]
pub(crate) struct OtherCookie {
    pub(crate) name: String,
    pub(crate) value: Secret,
    pub(crate) path: String,
    pub(crate) expires: Option<Timestamp>,
}

/// The result of taking the identifier from a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IdChange {
    /// It is the same as before, or the session has started or ended.
    Ordinary,
    /// Another one replaced it.
    Replaced,
}

impl Cookies {
    pub(crate) fn of(id: SessionId, others: Vec<OtherCookie>) -> Self {
        let ids = vec![(ROOT.to_owned(), id)];
        Self { ids, others }
    }

    /// Returns the identifier. Of several, that of the longest path counts: a browser sends it first.
    pub(super) fn id(&self) -> Option<&SessionId> {
        let longest = self.ids.iter().max_by_key(|(path, _)| path.len());
        longest.map(|(_, id)| id)
    }

    /// Returns the other cookies for a request to a path, the longest paths first.
    pub(super) fn others_for(&self, path: &str, now: Timestamp) -> Vec<OtherCookie> {
        let is_sent = |cookie: &&OtherCookie| cookie.is_valid(now) && is_below(path, &cookie.path);
        let mut others: Vec<_> = self.others.iter().filter(is_sent).cloned().collect();
        others.sort_by_key(|cookie| std::cmp::Reverse(cookie.path.len()));
        others
    }

    /// Returns the other cookies that have not expired.
    pub(super) fn others(&self, now: Timestamp) -> Vec<OtherCookie> {
        self.others
            .iter()
            .filter(|cookie| cookie.is_valid(now))
            .cloned()
            .collect()
    }

    /// Applies what a response does to the identifier.
    pub(super) fn apply_to_id(&mut self, changes: &[CookieChange<'_>]) -> IdChange {
        let before = self.id().cloned();
        for change in changes {
            self.ids.retain(|(path, _)| path != change.path);
            if let Change::To(value) = change.change
                && let Ok(id) = SessionId::new(value)
            {
                self.ids.push((change.path.to_owned(), id));
            }
        }
        match (before, self.id()) {
            (Some(before), Some(after)) if before != *after => IdChange::Replaced,
            _ => IdChange::Ordinary,
        }
    }

    /// Applies what a response does to the other cookies. One that cannot be sent back is not kept.
    pub(super) fn apply_to_others(&mut self, changes: &[CookieChange<'_>], now: Timestamp) {
        self.others.retain(|cookie| cookie.is_valid(now));
        for change in changes {
            self.others
                .retain(|cookie| (cookie.name.as_str(), cookie.path.as_str()) != (change.name, change.path));
            if let Change::To(value) = change.change
                && is_sendable(change.name, value)
                && self.others.len() < MAX_OTHERS
            {
                self.others.push(OtherCookie {
                    name: change.name.to_owned(),
                    value: Secret::new(value),
                    path: change.path.to_owned(),
                    expires: change.expires,
                });
            }
        }
    }
}

impl OtherCookie {
    /// Returns a cookie that was saved, unless it is not one.
    pub(crate) fn new(name: &str, value: Secret, path: &str, expires: Option<Timestamp>) -> Option<Self> {
        is_sendable(name, value.expose()).then(|| Self {
            name: name.to_owned(),
            value,
            path: path.to_owned(),
            expires,
        })
    }

    fn is_valid(&self, now: Timestamp) -> bool {
        self.expires.is_none_or(|expires| expires > now)
    }
}

/// Returns whether a cookie can be sent in a header, and kept on a line of a saved session.
fn is_sendable(name: &str, value: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&byte);
    let is_value = |byte: u8| (byte.is_ascii_graphic() || byte == b' ') && byte != b';';
    !name.is_empty()
        && name.bytes().all(is_token)
        && value.len() + name.len() <= MAX_BYTES
        && value.bytes().all(is_value)
}
