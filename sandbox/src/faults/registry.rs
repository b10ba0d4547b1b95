//! The faults of one sandbox, in the order in which they were injected, with their counts.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Fault, FaultId, InjectError, InjectedFault, Injection, Target};

/// More than any test needs; a script that never clears up is told so.
const MOST: usize = 1000;

/// What was injected and not removed.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Listed>);

#[derive(Debug, Default)]
struct Listed {
    last: u64,
    faults: Vec<InjectedFault>,
}

impl Faults {
    pub(crate) fn inject(&self, injection: Injection) -> Result<FaultId, InjectError> {
        injection.check()?;
        let mut listed = self.lock();
        if listed.faults.len() >= MOST {
            return Err(InjectError::new(format!(
                "there are {MOST} faults already: remove those that are done with"
            )));
        }
        listed.last += 1;
        let id = FaultId(listed.last);
        listed.faults.push(InjectedFault {
            id,
            injection,
            matched: 0,
            fired: 0,
        });
        Ok(id)
    }

    /// What is inflicted on this request, in the order in which it was injected. Counts it.
    pub(crate) fn strike(&self, target: &Target<'_>) -> Vec<Fault> {
        let mut listed = self.lock();
        let matching = listed
            .faults
            .iter_mut()
            .filter(|listed| listed.injection.is_for(target));
        matching.filter_map(strike).collect()
    }

    pub(crate) fn list(&self) -> Vec<InjectedFault> {
        self.lock().faults.clone()
    }

    pub(crate) fn get(&self, id: FaultId) -> Option<InjectedFault> {
        self.lock().faults.iter().find(|listed| listed.id == id).cloned()
    }

    /// Takes it back; what it was, if it was there.
    pub(crate) fn remove(&self, id: FaultId) -> Option<InjectedFault> {
        let faults = &mut self.lock().faults;
        let place = faults.iter().position(|listed| listed.id == id)?;
        Some(faults.remove(place))
    }

    pub(crate) fn clear(&self) {
        self.lock().faults.clear();
    }

    fn lock(&self) -> MutexGuard<'_, Listed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn strike(listed: &mut InjectedFault) -> Option<Fault> {
    let is_due = listed.injection.is_due(listed.matched);
    listed.matched += 1;
    listed.fired += u64::from(is_due);
    is_due.then(|| listed.injection.fault.clone())
}

#[cfg(test)]
mod tests {
    use super::{Fault, Faults, Injection, MOST, Target};

    /// For which of six requests for events, with one for bands in their midst, it fires.
    fn fires(injection: Injection) -> String {
        let faults = Faults::default();
        let id = faults.inject(injection).expect("it can fire");
        let requests = ["GetEvents", "GetEvents", "GetBands", "GetEvents", "GetEvents"];
        let fired: String = requests
            .map(|operation| {
                let path = Some(if operation == "GetBands" { "bands" } else { "events" });
                let target = Target {
                    operation: Some(operation),
                    path,
                };
                if faults.strike(&target).is_empty() { '.' } else { '!' }
            })
            .iter()
            .collect();
        let listed = faults.get(id).expect("it is still listed");
        let count = u64::try_from(fired.matches('!').count()).expect("few");
        assert_eq!(listed.fired, count);
        fired
    }

    #[test]
    fn a_fault_fires_where_and_as_often_as_it_is_told_to() {
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
        ];
        for (injection, expected) in cases {
            let said = format!("{injection:?}");
            assert_eq!(fires(injection), expected, "{said}");
        }
    }

    #[test]
    fn faults_add_up_and_can_be_taken_back() {
        let faults = Faults::default();
        let first = faults.inject(Fault::Utf16.into()).expect("it can fire");
        let second = faults.inject(Fault::ByteOrderMark.times(1)).expect("it can fire");
        let target = Target::default();
        assert_eq!(faults.strike(&target), [Fault::Utf16, Fault::ByteOrderMark]);
        assert_eq!(faults.strike(&target), [Fault::Utf16]);
        assert!(faults.remove(first).is_some() && faults.remove(first).is_none());
        assert_eq!(faults.strike(&target), []);
        assert_eq!(
            faults.list().iter().map(|listed| listed.id).collect::<Vec<_>>(),
            [second]
        );
        faults.clear();
        assert_eq!(faults.list(), []);
    }

    #[test]
    fn there_is_an_end_to_them() {
        let faults = Faults::default();
        for _ in 0..MOST {
            faults.inject(Fault::Utf16.into()).expect("room");
        }
        let error = faults.inject(Fault::Utf16.into()).expect_err("no room");
        assert!(error.to_string().contains("remove those"), "{error}");
    }
}
