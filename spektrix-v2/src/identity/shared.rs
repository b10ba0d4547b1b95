//! A client certificate that can be replaced while clients use it.

use std::sync::{PoisonError, RwLock};

use super::Identity;

/// The client certificate that a client and its transport share.
pub(crate) struct SharedIdentity(RwLock<Versioned>);

struct Versioned {
    identity: Option<Identity>,
    generation: u64,
}

impl SharedIdentity {
    pub(crate) fn new(identity: Option<Identity>) -> Self {
        let generation = 0;
        Self(RwLock::new(Versioned { identity, generation }))
    }

    /// Returns the certificate, and how often it was replaced.
    pub(crate) fn get(&self) -> (Option<Identity>, u64) {
        self.read(|versioned| (versioned.identity.clone(), versioned.generation))
    }

    /// Returns how often the certificate was replaced.
    pub(crate) fn generation(&self) -> u64 {
        self.read(|versioned| versioned.generation)
    }

    /// Replaces the certificate.
    pub(crate) fn set(&self, identity: Identity) {
        let mut versioned = self.0.write().unwrap_or_else(PoisonError::into_inner);
        versioned.identity = Some(identity);
        versioned.generation += 1;
    }

    fn read<T>(&self, read: impl FnOnce(&Versioned) -> T) -> T {
        read(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}
