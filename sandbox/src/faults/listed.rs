//! A fault that was injected, and what became of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Injection;

/// Names an injected fault, within its sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FaultId(pub(super) u64);

impl FaultId {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

impl fmt::Display for FaultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A fault that was injected, and how often it came to pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InjectedFault {
    /// Names it.
    pub id: FaultId,
    /// What was injected.
    #[serde(flatten)]
    pub injection: Injection,
    /// How many requests came that it was for.
    pub matched: u64,
    /// How many of them it was inflicted on.
    pub fired: u64,
}
