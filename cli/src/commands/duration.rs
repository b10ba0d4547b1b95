//! Durations on the command line: `90s`, `15m`, `1h 30m`, `30d`.

use std::time::Duration;

use jiff::{Span, SpanRelativeTo};

/// Parses a duration of at least a second. A day has 24 hours.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let span = text.parse::<Span>().ok();
    let duration = span.and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
    duration
        .and_then(|duration| Duration::try_from(duration).ok())
        .filter(|duration| *duration >= Duration::from_secs(1))
        .ok_or_else(|| "write a time of at least a second, such as 90s, 15m, 1h or 30d".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn durations_have_units() {
        let table = [
            ("90s", Some(90)),
            ("15m", Some(900)),
            ("1h", Some(3600)),
            ("1h 30m", Some(5400)),
            ("30d", Some(2_592_000)),
            ("0s", None),
            ("-5m", None),
            ("1", None),
            ("h", None),
            ("", None),
            ("soon", None),
            ("99999999999999999999d", None),
            ("1\u{fc}", None),
        ];
        for (text, seconds) in table {
            assert_eq!(parse(text).ok().map(|duration| duration.as_secs()), seconds, "{text}");
        }
    }
}
