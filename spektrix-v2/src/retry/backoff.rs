//! Exponential backoff with full jitter: any time up to a bound that doubles with each attempt.

use std::time::Duration;

/// The longest wait after this many attempts.
pub(super) fn bound(base: Duration, max: Duration, attempts: u32) -> Duration {
    let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
    base.saturating_mul(factor).min(max)
}

/// A random time up to the bound: clients that failed together do not come back together.
pub(super) fn jitter(bound: Duration) -> Duration {
    bound.mul_f64(fastrand::f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_double_up_to_the_longest_wait() {
        let ms = Duration::from_millis;
        let cases = [
            (1, ms(100)),
            (2, ms(200)),
            (3, ms(400)),
            (4, ms(500)),
            (40, ms(500)),
            (u32::MAX, ms(500)),
        ];
        for (attempts, expected) in cases {
            assert_eq!(bound(ms(100), ms(500), attempts), expected, "{attempts}");
        }
        assert_eq!(bound(Duration::MAX, Duration::MAX, 9), Duration::MAX);
    }

    #[test]
    fn waits_are_spread_over_the_whole_time_below_the_bound() {
        let bound = Duration::from_secs(1);
        let waits: Vec<_> = (0..1000).map(|_| jitter(bound)).collect();
        assert!(waits.iter().all(|wait| *wait < bound));
        let tenths = |tenth: u32| (bound * tenth / 10)..(bound * (tenth + 1) / 10);
        assert!((0..10).all(|tenth| waits.iter().any(|wait| tenths(tenth).contains(wait))));
        assert_eq!(jitter(Duration::ZERO), Duration::ZERO);
        assert!(jitter(Duration::MAX) <= Duration::MAX);
    }
}
