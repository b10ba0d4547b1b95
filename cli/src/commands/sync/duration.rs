//! Durations on the command line: `90s`, `15m`, `1h`, `30d`.

use std::time::Duration;

/// Reads a number and a unit.
///
/// # Errors
///
/// If it is anything else, or zero.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let invalid = || "write a number and a unit, such as 90s, 15m, 1h or 30d".to_owned();
    let unit = text.chars().last().ok_or_else(invalid)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(invalid()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| invalid())?;
    let total = number
        .checked_mul(seconds)
        .filter(|total| *total > 0)
        .ok_or_else(invalid)?;
    Ok(Duration::from_secs(total))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn durations_have_a_number_and_a_unit() {
        let table = [
            ("90s", Some(90)),
            ("15m", Some(900)),
            ("1h", Some(3600)),
            ("30d", Some(2_592_000)),
            ("0s", None),
            ("1", None),
            ("h", None),
            ("", None),
            ("-1h", None),
            ("99999999999999999999d", None),
            ("1ü", None),
        ];
        for (text, expected) in table {
            assert_eq!(parse(text).ok().map(|duration| duration.as_secs()), expected, "{text}");
        }
    }
}
