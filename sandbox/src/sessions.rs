//! The sessions of visitors, each with its basket. Only the one that a sandbox starts with, as nothing changes baskets yet.

use std::collections::BTreeMap;

use spektrix_v2::Basket;

/// The id of the session that every sandbox starts with.
pub(crate) const SEEDED: &str = "sandbox-session-1";

/// The live sessions by id.
#[derive(Debug)]
pub(crate) struct Sessions(BTreeMap<String, Basket>);

impl Sessions {
    /// One session, with this basket. It does not expire.
    pub(crate) fn seeded(basket: Basket) -> Self {
        Self(BTreeMap::from([(SEEDED.to_owned(), basket)]))
    }

    pub(crate) fn basket(&self, id: &str) -> Option<&Basket> {
        self.0.get(id)
    }
}
