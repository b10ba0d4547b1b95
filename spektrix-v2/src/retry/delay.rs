//! How long to wait before a retry: exponential backoff with full jitter, or what `Retry-After` asks for.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use jiff::Timestamp;

use crate::http_date;

/// Returns the longest delay after this many attempts. It doubles with each of them.
pub(super) fn backoff(base: Duration, max: Duration, attempts: u32) -> Duration {
    let factor = 2_u32.saturating_pow(attempts.saturating_sub(1));
    base.saturating_mul(factor).min(max)
}

/// Returns a random delay up to a bound, so that clients that failed at the same time do not retry at the same time
/// ("full jitter").
pub(super) fn jitter(bound: Duration) -> Duration {
    bound.mul_f64(fastrand::f64())
}

/// Returns how long the service asks to wait. A header that cannot be parsed is ignored.
///
/// A date is relative to the `Date` of the same response, because the two clocks may differ.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = http_date::parse(value)?;
    let now = http_date::of_response(headers).unwrap_or(now);
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::header::DATE;

    use super::*;

    #[test]
    fn backoff_doubles_up_to_the_longest_delay() {
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
            assert_eq!(backoff(ms(100), ms(500), attempts), expected, "{attempts}");
        }
        assert_eq!(backoff(Duration::MAX, Duration::MAX, 9), Duration::MAX);
    }

    #[test]
    fn jitter_covers_the_whole_time_below_the_bound() {
        let bound = Duration::from_secs(1);
        let delays: Vec<_> = (0..1000).map(|_| jitter(bound)).collect();
        assert!(delays.iter().all(|delay| *delay < bound));
        let tenths = |tenth: u32| (bound * tenth / 10)..(bound * (tenth + 1) / 10);
        assert!((0..10).all(|tenth| delays.iter().any(|delay| tenths(tenth).contains(delay))));
        assert_eq!(jitter(Duration::ZERO), Duration::ZERO);
        assert!(jitter(Duration::MAX) <= Duration::MAX);
    }

    #[test]
    fn retry_after_is_parsed_in_both_forms() {
        let noon = Some("Sun, 06 Nov 2033 12:00:00 GMT");
        let cases = [
            ("120", None, Some(120)),
            (" 0 ", None, Some(0)),
            ("99999999999999", None, Some(99_999_999_999_999)),
            ("Sun, 06 Nov 2033 12:01:30 GMT", noon, Some(90)),
            ("Sun, 06 Nov 2033 12:01:30 GMT", None, Some(30)),
            ("Sun, 06 Nov 2033 11:59:00 GMT", noon, Some(0)),
            ("Sun, 06 Nov 2033 12:01:30 GMT", Some("nonsense"), Some(30)),
            ("soon", noon, None),
            ("-1", noon, None),
            ("1.5", noon, None),
            ("", noon, None),
        ];
        let now: Timestamp = "2033-11-06T12:01:00Z".parse().unwrap();
        for (value, date, seconds) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            if let Some(date) = date {
                headers.insert(DATE, date.parse().unwrap());
            }
            assert_eq!(
                retry_after(&headers, now),
                seconds.map(Duration::from_secs),
                "{value} {date:?}"
            );
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
