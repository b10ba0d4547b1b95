//! The retry budget: tokens that all clones of a client share, so that they do not flood a service that is down.

use std::sync::atomic::{AtomicU32, Ordering};

/// A bucket of tokens. A repetition takes some out; success puts them back, and failure does not.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
    capacity: u32,
}

impl Budget {
    /// What a repetition costs.
    const COST: u32 = 5;
    /// What it costs after an attempt that ran out of time.
    const COST_AFTER_TIMEOUT: u32 = 10;
    /// What comes back with a call that succeeds at once.
    const REWARD: u32 = 1;

    pub(crate) fn new(capacity: u32) -> Self {
        Self {
            tokens: AtomicU32::new(capacity),
            capacity,
        }
    }

    /// Takes out what a repetition costs, if there is enough.
    pub(crate) fn withdraw(&self, after_timeout: bool) -> Option<Withdrawal<'_>> {
        let cost = if after_timeout {
            Self::COST_AFTER_TIMEOUT
        } else {
            Self::COST
        };
        let less = |tokens: u32| tokens.checked_sub(cost);
        let taken = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        // Lazily: one that is made and not needed would put back on drop what was never taken.
        taken.is_ok().then(|| Withdrawal { budget: self, cost })
    }

    /// Puts a little back after a call that succeeded at once.
    pub(crate) fn reward(&self) {
        self.put_back(Self::REWARD);
    }

    fn put_back(&self, tokens: u32) {
        let more = |now: u32| Some(now.saturating_add(tokens).min(self.capacity));
        // It cannot fail: the closure always has a value.
        let _ = self.tokens.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

/// Tokens that were taken out for a repetition. They go back when it succeeds, and when it is given up.
#[derive(Debug)]
pub(crate) struct Withdrawal<'a> {
    budget: &'a Budget,
    cost: u32,
}

impl Withdrawal<'_> {
    /// The repetition failed: the tokens are gone.
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
    fn failures_empty_it_and_successes_fill_it() {
        let budget = Budget::new(16);
        budget.withdraw(false).unwrap().spend();
        assert_eq!(left(&budget), 11);
        budget.withdraw(true).unwrap().spend();
        assert_eq!(left(&budget), 1);
        assert!(budget.withdraw(false).is_none());
        assert_eq!(left(&budget), 1, "a refusal takes nothing");
        (0..4).for_each(|_| budget.reward());
        assert_eq!(left(&budget), 5);
        drop(budget.withdraw(false).unwrap());
        assert_eq!(left(&budget), 5, "what is not spent goes back");
        (0..100).for_each(|_| budget.reward());
        assert_eq!(left(&budget), 16, "never above its capacity");
    }

    #[test]
    fn an_empty_budget_allows_nothing() {
        assert!(Budget::new(0).withdraw(false).is_none());
    }
}
