//! The expected result of a cell of the table.

use std::ops::RangeInclusive;

use spektrix_v2_test_support::predicates::predicates;

use crate::cell::{CallResult, Kind};

/// The expected result of a call.
#[derive(Clone)]
pub(crate) enum Expected {
    Success,
    Failure(Failure),
    /// If there is no body, HTTP/1.1 ends the response after its headers, so that the fault has no effect.
    SuccessOr(Failure),
}

/// The expected error.
#[derive(Clone)]
pub(crate) struct Failure {
    /// All predicates that are true. If the result depends on a race, one of these sets.
    kinds: &'static [&'static [&'static str]],
    attempts: RangeInclusive<u32>,
    /// Parts of the hint, one of which it contains. Empty if there is no hint.
    hint: &'static [&'static str],
    /// Whether a write may have been applied. `None` if the result depends on a race.
    applied: Option<bool>,
}

/// Expects an error of this kind, after this number of attempts, with this in its hint.
pub(crate) fn fails(
    kinds: &'static [&'static [&'static str]],
    attempts: RangeInclusive<u32>,
    hint: &'static [&'static str],
) -> Failure {
    Failure {
        kinds,
        attempts,
        hint,
        applied: Some(false),
    }
}

impl Failure {
    /// The same error without retries.
    pub(crate) fn once(mut self) -> Self {
        self.attempts = 1..=1;
        self
    }

    /// The same error without retries, and the outcome is unknown.
    pub(crate) fn with_unknown_outcome(mut self) -> Self {
        self.hint = &["the service may have applied the change. Check before you send it again"];
        self.applied = Some(true);
        self.once()
    }

    /// The same error without retries. Whether the outcome is known depends on a race.
    pub(crate) fn with_uncertain_outcome(mut self) -> Self {
        self.applied = None;
        self.once()
    }
}

impl From<Failure> for Expected {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl Expected {
    /// Returns the difference from the result, if there is one.
    pub(crate) fn difference(&self, kind: Kind, result: &CallResult) -> Option<String> {
        match (self, &result.error) {
            (Self::Success, None) => (result.items == 0).then(|| "it was empty".to_owned()),
            (Self::Success, Some(error)) => Some(format!("it failed: {error}")),
            (Self::Failure(_), None) => Some(format!("it succeeded, with {} items", result.items)),
            (Self::SuccessOr(_), None) => None,
            (Self::Failure(expected) | Self::SuccessOr(expected), Some(error)) => {
                let what = expected.difference(kind, error)?;
                Some(format!("{what} in: {error}"))
            }
        }
    }
}

impl Failure {
    fn difference(&self, kind: Kind, error: &spektrix_v2::Error) -> Option<String> {
        let kinds = predicates(error);
        let hint = error.hint().unwrap_or_default();
        let applied = error.may_have_been_applied();
        if !self.kinds.contains(&kinds.as_slice()) {
            return Some(format!("it is {kinds:?}, not one of {:?}", self.kinds));
        }
        if !self.attempts.contains(&error.attempts()) {
            return Some(format!("{} attempts, not {:?}", error.attempts(), self.attempts));
        }
        if !self.matches_hint(&hint) {
            return Some(format!("the hint is not one of {:?}", self.hint));
        }
        let wanted = self.applied.unwrap_or(applied && kind.is_write());
        (applied != wanted).then(|| format!("may_have_been_applied is {applied}"))
    }

    fn matches_hint(&self, hint: &str) -> bool {
        match self.hint {
            [] => hint.is_empty(),
            some => some.iter().any(|part| hint.contains(part)),
        }
    }
}
