//! The `Retry-After` header, in both of its forms: seconds, or a date.

use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use jiff::Timestamp;

use crate::http_date;

/// How long the service asks to wait. What cannot be read counts as nothing.
///
/// A date is taken relative to the answer's own `Date`: the two clocks need not agree.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = http_date::parse(value)?;
    let now = http_date::of_answer(headers).unwrap_or(now);
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use http::header::DATE;

    use super::*;

    #[test]
    fn both_forms_are_read() {
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
