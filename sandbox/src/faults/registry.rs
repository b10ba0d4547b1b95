//! The injected faults of a sandbox with their counts, and the decision which of them fire for a request.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::check::{InjectError, check};
use super::fault::Fault;
use super::injection::Injection;

/// More than any test needs, so that a script that never removes its faults gets an error.
const MAX_FAULTS: usize = 1000;

/// Identifies an injected fault of a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FaultId(u64);

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

/// An injected fault, with how often it has fired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InjectedFault {
    /// Identifies the fault.
    pub id: FaultId,
    /// The fault, and the requests that it is for.
    #[serde(flatten)]
    pub injection: Injection,
    /// The number of requests so far that the fault is for.
    pub matched: u64,
    /// The number of requests that the fault has fired for.
    pub fired: u64,
}

/// The operation and the path of a request. Known before the caller is authenticated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RequestTarget<'a> {
    /// `None` for help pages and wrong addresses.
    pub(crate) operation: Option<&'static str>,
    /// The path below `{client}/api/v2/`.
    pub(crate) path: Option<&'a str>,
    /// The client name in the path.
    pub(crate) client: Option<&'a str>,
    pub(crate) is_http2: bool,
}

/// The injected faults, in the order in which they were injected.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Registry>);

#[derive(Debug, Default)]
struct Registry {
    last_id: u64,
    faults: Vec<InjectedFault>,
}

impl Faults {
    pub(crate) fn inject(&self, injection: Injection) -> Result<FaultId, InjectError> {
        check(&injection)?;
        let mut registry = self.lock();
        if registry.faults.len() >= MAX_FAULTS {
            return Err(InjectError::new(format!(
                "there are {MAX_FAULTS} faults already: remove those that are no longer needed"
            )));
        }
        registry.last_id += 1;
        let id = FaultId(registry.last_id);
        registry.faults.push(InjectedFault {
            id,
            injection,
            matched: 0,
            fired: 0,
        });
        Ok(id)
    }

    /// Returns the faults that fire for a request, in the order in which they were injected. Counts the request.
    pub(crate) fn fire(&self, target: &RequestTarget<'_>) -> Vec<Fault> {
        let mut registry = self.lock();
        let matching = registry.faults.iter_mut().filter(|fault| fault.is_for(target));
        matching.filter_map(InjectedFault::fire).collect()
    }

    pub(crate) fn list(&self) -> Vec<InjectedFault> {
        self.lock().faults.clone()
    }

    pub(crate) fn get(&self, id: FaultId) -> Option<InjectedFault> {
        self.lock().faults.iter().find(|fault| fault.id == id).cloned()
    }

    /// Removes a fault. Returns it with its counts, if there was one.
    pub(crate) fn remove(&self, id: FaultId) -> Option<InjectedFault> {
        let faults = &mut self.lock().faults;
        let index = faults.iter().position(|fault| fault.id == id)?;
        Some(faults.remove(index))
    }

    pub(crate) fn clear(&self) {
        self.lock().faults.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InjectedFault {
    /// Returns whether the fault is for a request, regardless of counts.
    fn is_for(&self, target: &RequestTarget<'_>) -> bool {
        let is = |wanted: &Option<String>, actual: Option<&str>| wanted.is_none() || wanted.as_deref() == actual;
        let injection = &self.injection;
        let is_possible = target.is_http2 || !injection.fault().needs_http2();
        let is_of_client = injection.client().is_none() || injection.client() == target.client;
        is_possible && is_of_client && is(&injection.operation, target.operation) && is(&injection.path, target.path)
    }

    /// Counts a request that the fault is for. Returns the fault if it fires.
    fn fire(&mut self) -> Option<Fault> {
        let is_due = self.injection.is_due(self.matched);
        self.matched += 1;
        self.fired += u64::from(is_due);
        is_due.then(|| self.injection.fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults, Injection, MAX_FAULTS, RequestTarget};

    /// Returns for which of five requests a fault fires, as `!` or `.`. The third request is for bands, the others for
    /// events.
    fn fires(injection: Injection) -> String {
        let faults = Faults::default();
        let id = faults.inject(injection).expect("a valid fault");
        let requests = ["GetEvents", "GetEvents", "GetBands", "GetEvents", "GetEvents"];
        let fired: String = requests
            .map(|operation| {
                let path = Some(if operation == "GetBands" { "bands" } else { "events" });
                let target = RequestTarget {
                    operation: Some(operation),
                    path,
                    client: Some("sandbox"),
                    is_http2: false,
                };
                if faults.fire(&target).is_empty() { '.' } else { '!' }
            })
            .iter()
            .collect();
        let fault = faults.get(id).expect("it was not removed");
        let count = u64::try_from(fired.matches('!').count()).expect("a small number");
        assert_eq!(fault.fired, count);
        fired
    }

    #[test]
    fn a_fault_fires_for_its_requests_and_counts() {
        let cases = [
            (Fault::Reset.into(), "!!!!!"),
            (Fault::Reset.on("GetEvents"), "!!.!!"),
            (Fault::Reset.at("bands"), "..!.."),
            (Fault::Reset.on("GetEvents").at("bands"), "....."),
            (Fault::Reset.on("GetEvents").times(3), "!!.!."),
            (Fault::Reset.on("GetEvents").after(1), ".!.!!"),
            (Fault::Reset.on("GetEvents").after(1).times(2), ".!.!."),
            (Fault::Reset.after(2).times(1), "..!.."),
            (Fault::Reset.times(0), "....."),
            (Fault::Reset.after(u64::MAX).times(u64::MAX), "....."),
            (Fault::Reset.on("Echo"), "....."),
            (Fault::Reset.of("sandbox").times(1), "!...."),
            (Fault::Reset.of("other"), "....."),
            // The requests are in HTTP/1.1.
            (Fault::RefuseStream.into(), "....."),
        ];
        for (injection, expected) in cases {
            let description = format!("{injection:?}");
            assert_eq!(fires(injection), expected, "{description}");
        }
    }

    #[test]
    fn several_faults_fire_and_can_be_removed() {
        let faults = Faults::default();
        let first = faults.inject(Fault::Utf16.into()).expect("a valid fault");
        let second = faults.inject(Fault::ByteOrderMark.times(1)).expect("a valid fault");
        let target = RequestTarget::default();
        assert_eq!(faults.fire(&target), [Fault::Utf16, Fault::ByteOrderMark]);
        assert_eq!(faults.fire(&target), [Fault::Utf16]);
        assert!(faults.remove(first).is_some() && faults.remove(first).is_none());
        assert_eq!(faults.fire(&target), []);
        assert_eq!(faults.list().iter().map(|fault| fault.id).collect::<Vec<_>>(), [second]);
        faults.clear();
        assert_eq!(faults.list(), []);
    }

    #[test]
    fn the_number_of_faults_is_limited() {
        let faults = Faults::default();
        for _ in 0..MAX_FAULTS {
            faults.inject(Fault::Utf16.into()).expect("below the limit");
        }
        let error = faults.inject(Fault::Utf16.into()).expect_err("at the limit");
        assert!(error.to_string().contains("remove those"), "{error}");
    }
}
