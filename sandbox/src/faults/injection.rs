//! A fault together with the requests that it is for.

use serde::{Deserialize, Serialize};

use super::{Fault, InjectError, Target};

/// A fault, and which requests it is for. A [`Fault`] alone is for every one of them.
///
/// ```
/// use std::time::Duration;
/// use spektrix_v2_sandbox::Fault;
///
/// // The third and the fourth request for events begin a second late.
/// let injection = Fault::Latency { delay: Duration::from_secs(1) }.on("GetEvents").after(2).times(2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "nothing happens before it is injected"]
pub struct Injection {
    pub(super) fault: Fault,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(default)]
    after: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
}

impl From<Fault> for Injection {
    fn from(fault: Fault) -> Self {
        Self {
            fault,
            operation: None,
            path: None,
            after: 0,
            times: None,
        }
    }
}

impl Injection {
    /// Only for this operation, by its name on the help feed: `GetEvents`.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Only at this path below `{client}/api/v2/`, whatever the method.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Only for the first so many requests that it is for. Without this: forever.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Not yet for the first so many requests that it is for.
    pub fn after(mut self, requests: u64) -> Self {
        self.after = requests;
        self
    }

    /// What goes wrong.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Whether the request is one that it is for, whatever the count.
    pub(super) fn is_for(&self, target: &Target<'_>) -> bool {
        let is = |wanted: &Option<String>, given: Option<&str>| wanted.is_none() || wanted.as_deref() == given;
        is(&self.operation, target.operation) && is(&self.path, target.path)
    }

    /// Whether it fires on such a request, when so many came before it.
    pub(super) fn is_due(&self, before: u64) -> bool {
        let last = self.times.map(|times| self.after.saturating_add(times));
        before >= self.after && last.is_none_or(|last| before < last)
    }

    /// That it can fire, and do what it says.
    pub(super) fn check(&self) -> Result<(), InjectError> {
        super::inject_error::check(&self.fault, self.operation.as_deref())
    }
}
