//! The retry budget, a token bucket: all clones of a client share it, so that they do not overload a service that is
//! down.

use std::sync::atomic::{AtomicU32, Ordering};

/// A bucket of tokens. A retry takes some out. A success puts them back, and a failure does not.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

impl Budget {
    /// The cost of a retry.
    const COST: u32 = 5;
    /// The cost of a retry after an attempt that timed out.
    const COST_AFTER_TIMEOUT: u32 = 10;
    /// The number of tokens that a call adds if it succeeds without a retry.
    const REWARD: u32 = 1;

    pub(crate) fn new(capacity: u32) -> Self {
        Self {
            tokens: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Takes out the cost of a retry, if there are enough tokens.
    pub(crate) fn withdraw(&self, after_timeout: bool) -> Option<Withdrawal<'_>> {
        let cost = if after_timeout {
            Self::COST_AFTER_TIMEOUT
        } else {
            Self::COST
        };
        let less = |tokens: u32| tokens.checked_sub(cost);
        let taken = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        // Created lazily: dropping an unused withdrawal would put back tokens that were never taken out.
        taken.is_ok().then(|| Withdrawal { budget: self, cost })
    }

    /// Puts a token back after a call that succeeded without a retry.
    pub(crate) fn reward(&self) {
        self.put_back(Self::REWARD);
    }

    fn put_back(&self, tokens: u32) {
        let more = |now: u32| Some(now.saturating_add(tokens).min(self.capacity));
        // The update cannot fail, because the closure always returns a value.
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

/// Tokens that were taken out for a retry. They are put back when it succeeds, and when its call is dropped.
#[derive(Debug)]
pub(crate) struct Withdrawal<'a> {
    budget: &'a Budget,
    cost: u32,
}

impl Withdrawal<'_> {
    /// Keeps the tokens out, because the retry failed.
    pub(crate) fn spend(mut self) {
        self.cost = 0;
    }
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        self.budget.put_back(self.cost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(budget: &Budget) -> u32 {
        budget.tokens.load(Ordering::Relaxed)
    }

    #[test]
    fn failures_empty_the_bucket_and_successes_fill_it() {
        let budget = Budget::new(16);
        budget.withdraw(false).unwrap().spend();
        assert_eq!(left(&budget), 11);
        budget.withdraw(true).unwrap().spend();
        assert_eq!(left(&budget), 1);
        assert!(budget.withdraw(false).is_none());
        assert_eq!(left(&budget), 1, "a refused withdrawal takes nothing");
        (0..4).for_each(|_| budget.reward());
        assert_eq!(left(&budget), 5);
        drop(budget.withdraw(false).unwrap());
        assert_eq!(left(&budget), 5, "what is not spent is put back");
        (0..100).for_each(|_| budget.reward());
        assert_eq!(left(&budget), 16, "the capacity is the limit");
    }

    #[test]
    fn an_empty_bucket_allows_no_retry() {
        assert!(Budget::new(0).withdraw(false).is_none());
    }
}
