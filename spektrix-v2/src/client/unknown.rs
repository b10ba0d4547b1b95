//! Parts of answers that the schemas do not know: each is told once, so that drift shows in live traffic.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::error::{PATH, Redactor};

/// Who is told: the operation, and the path of the part.
pub(super) type Hook = Box<dyn Fn(&str, &str) + Send + Sync>;

/// At most so many are remembered, and told: names come from outside.
const MAX_SEEN: usize = 4096;

/// What was seen in any answer so far.
#[derive(Default)]
pub(super) struct UnknownParts {
    hook: Option<Hook>,
    seen: Mutex<BTreeSet<(&'static str, String)>>,
}

impl UnknownParts {
    pub(super) fn new(hook: Option<Hook>) -> Self {
        let seen = Mutex::default();
        Self { hook, seen }
    }

    /// Reports those that were not reported before. Their names come from outside, like everything else in a body.
    pub(super) fn tell(&self, operation: &'static str, paths: &BTreeSet<String>, redactor: &Redactor) {
        for path in self.unseen(operation, paths) {
            let path = redactor.show(path, PATH).to_string();
            tracing::warn!(operation, path, "the schemas do not know a part of the answer");
            if let Some(hook) = &self.hook {
                hook(operation, &path);
            }
        }
    }

    /// Those that are new, which they are only now: nobody is told while the lock is held.
    fn unseen<'a>(&self, operation: &'static str, paths: &'a BTreeSet<String>) -> Vec<&'a str> {
        if paths.is_empty() {
            return Vec::new();
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unseen = Vec::new();
        for path in paths {
            if seen.len() < MAX_SEEN && seen.insert((operation, path.clone())) {
                unseen.push(path.as_str());
            }
        }
        unseen
    }
}
