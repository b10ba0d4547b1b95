//! What a cell of the table says.

use std::ops::RangeInclusive;

use crate::cell::{Kind, Saw};
use crate::predicate_names::predicates;

/// What is to come of a call.
#[derive(Clone)]
pub(crate) enum Expected {
    Success,
    Failure(Failure),
    /// Where there is no body, HTTP/1.1 ends the response with its headers, so that the fault has no effect.
    SuccessOr(Failure),
}

/// The error that is to come.
#[derive(Clone)]
pub(crate) struct Failure {
    /// The predicates that hold, and no others; where it is a race, one of these sets.
    kinds: &'static [&'static [&'static str]],
    attempts: RangeInclusive<u32>,
    /// What the hint says: one of these. None if there is to be no hint.
    hint: &'static [&'static str],
    /// Whether a write may have been applied; none where it is a race.
    applied: Option<bool>,
}

/// An error of this kind, after so many attempts, with this in its hint.
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
    /// The same, sent once.
    pub(crate) fn once(mut self) -> Self {
        self.attempts = 1..=1;
        self
    }

    /// The same, sent once, and it is not known what became of it.
    pub(crate) fn in_the_dark(mut self) -> Self {
        self.hint = &["the service may have acted: look before sending it again"];
        self.applied = Some(true);
        self.once()
    }

    /// The same, sent once, and whether it is known what became of it is a race.
    pub(crate) fn perhaps_in_the_dark(mut self) -> Self {
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
    /// What is different from what was seen, if anything is.
    pub(crate) fn difference(&self, kind: Kind, saw: &Saw) -> Option<String> {
        match (self, &saw.error) {
            (Self::Success, None) => (saw.items == 0).then(|| "it was empty".to_owned()),
            (Self::Success, Some(error)) => Some(format!("it failed: {error}")),
            (Self::Failure(_), None) => Some(format!("it succeeded, with {} items", saw.items)),
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
        if !self.says(&hint) {
            return Some(format!("the hint is not one of {:?}", self.hint));
        }
        let wanted = self.applied.unwrap_or(applied && kind.is_write());
        (applied != wanted).then(|| format!("may_have_been_applied is {applied}"))
    }

    fn says(&self, hint: &str) -> bool {
        match self.hint {
            [] => hint.is_empty(),
            some => some.iter().any(|part| hint.contains(part)),
        }
    }
}
