//! Injections: a fault, and the requests that it is for.

use serde::{Deserialize, Serialize};

use super::fault::Fault;

impl Fault {
    /// Limits the fault to one operation, by its name on the help feed, such as `GetEvents`.
    pub fn on(self, operation: impl Into<String>) -> Injection {
        Injection::from(self).on(operation)
    }

    /// Limits the fault to a path below `{client}/api/v2/`, such as `customers/print-at-home-download`, with any method.
    pub fn at(self, path: impl Into<String>) -> Injection {
        Injection::from(self).at(path)
    }

    /// Limits the fault to one venue of a sandbox that has several, by its client name.
    pub fn of(self, client_name: impl Into<String>) -> Injection {
        Injection::from(self).of(client_name)
    }

    /// Limits how many times the fault fires.
    pub fn times(self, times: u64) -> Injection {
        Injection::from(self).times(times)
    }

    /// Skips the first requests that the fault is for.
    pub fn after(self, requests: u64) -> Injection {
        Injection::from(self).after(requests)
    }
}

/// A fault and the requests that it is for. A [`Fault`] on its own is for every request.
///
/// ```
/// use std::time::Duration;
/// use spektrix_v2_sandbox::Fault;
///
/// // Delays the third and the fourth request for events by one second.
/// let injection = Fault::Latency { delay: Duration::from_secs(1) }.on("GetEvents").after(2).times(2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use = "a fault has no effect until it is injected"]
pub struct Injection {
    pub(super) fault: Fault,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) operation: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client: Option<String>,
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
            client: None,
            after: 0,
            times: None,
        }
    }
}

impl Injection {
    /// Limits the fault to one operation, by its name on the help feed, such as `GetEvents`.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Limits the fault to a path below `{client}/api/v2/`, with any method.
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Limits how many times the fault fires. Without this, it does not end.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Skips the first requests that the fault is for.
    pub fn after(mut self, requests: u64) -> Self {
        self.after = requests;
        self
    }

    /// Limits the fault to one venue of a sandbox that has several, by its client name.
    pub fn of(mut self, client_name: impl Into<String>) -> Self {
        self.client = Some(client_name.into());
        self
    }

    /// Returns the client name that the fault is limited to.
    pub(crate) fn client(&self) -> Option<&str> {
        self.client.as_deref()
    }

    /// Returns the fault.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Returns whether the fault fires for a request that it is for, given how many such requests came before.
    pub(super) fn is_due(&self, before: u64) -> bool {
        let end = self.times.map(|times| self.after.saturating_add(times));
        before >= self.after && end.is_none_or(|end| before < end)
    }
}
