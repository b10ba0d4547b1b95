//! Dates and times as XSD writes them, and as .NET means them.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::text::{InvalidText, Text, parse_from_str};

/// A local time, by the rules of `xs:dateTime`: `2014-06-14T19:30:00`.
///
/// - Years have four digits: the service's own type holds no others. Seconds must stand; any number of digits may follow
///   them, of which nine count. `24:00:00` is the next midnight, and there are no leap seconds.
/// - An offset behind it is passed over: the local part is what the service means.
/// - .NET's `DateTime.MinValue` and `MaxValue`, which it writes for "never", are read as they stand.
impl Text for DateTime {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse_date_time(text.as_bytes()).map(|(time, _)| time).ok_or(LOCAL_TIME)
    }

    fn print(&self, out: &mut String) {
        print(self.date(), &format_args!("{self}"), out);
    }
}

pub(super) const LOCAL_TIME: InvalidText = InvalidText("a date and time (xs:dateTime)");

/// A moment: an `xs:dateTime`, as a local time is one. Without an offset it is taken as UTC.
///
/// One before or after all that the type holds is read as its first or last: .NET's `DateTime.MaxValue` is a day later
/// than the last [`Timestamp`].
impl Text for Timestamp {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        let (time, offset) = parse_date_time(text.as_bytes()).ok_or(InvalidText("a timestamp (xs:dateTime)"))?;
        let last = if time.year() > 0 { Self::MAX } else { Self::MIN };
        Ok(offset.unwrap_or(Offset::UTC).to_timestamp(time).unwrap_or(last))
    }

    fn print(&self, out: &mut String) {
        let date = Offset::UTC.to_datetime(*self).date();
        print(date, &format_args!("{self}"), out);
    }
}

/// A day, by the rules of `xs:date`: `2014-06-14`. An offset behind it is passed over.
impl Text for Date {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        let parsed = date(text.as_bytes()).filter(|(_, rest)| offset(rest).is_some());
        parsed.map(|(day, _)| day).ok_or(InvalidText("a date (xs:date)"))
    }

    fn print(&self, out: &mut String) {
        print(*self, &format_args!("{self}"), out);
    }
}

/// `xs:time`: a time of day, `19:30:00`.
impl Text for Time {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse_from_str(text).map_err(|_| InvalidText("a time of day (xs:time)"))
    }

    fn print(&self, out: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{self}");
    }
}

/// Appends what the library writes, but a year before 0 with four digits, where that has six.
fn print(date: Date, written: &dyn std::fmt::Display, out: &mut String) {
    let from = out.len();
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{written}");
    if date.year() < 0 {
        out.replace_range(from..from + "-00".len(), "-");
    }
}

pub(super) fn parse_date_time(text: &[u8]) -> Option<(DateTime, Option<Offset>)> {
    let (day, rest) = date(text)?;
    let (time, rest) = time(rest.strip_prefix(b"T")?)?;
    let offset = offset(rest)?;
    Some((join(day, time), offset))
}

/// The time on a day. `None` is 24:00:00, which on the last of all days is cut to the last moment.
fn join(day: Date, time: Option<Time>) -> DateTime {
    match time {
        Some(time) => day.to_datetime(time),
        None => day
            .tomorrow()
            .map_or(DateTime::MAX, |next| next.to_datetime(Time::midnight())),
    }
}

/// `2014-06-14`, and what stands behind it.
fn date(text: &[u8]) -> Option<(Date, &[u8])> {
    let (year, rest) = year(text)?;
    let [b'-', m1, m2, b'-', d1, d2, rest @ ..] = rest else {
        return None;
    };
    Some((Date::new(year, two(*m1, *m2)?, two(*d1, *d2)?).ok()?, rest))
}

/// Four digits, and a sign if need be.
fn year(text: &[u8]) -> Option<(i16, &[u8])> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(len);
    if len != 4 {
        return None;
    }
    let year = digits.iter().fold(0, |year, digit| year * 10 + i16::from(digit - b'0'));
    Some((if text[0] == b'-' { -year } else { year }, rest))
}

/// `19:30:00`, with a fraction if need be, and what stands behind it. 24:00:00 is `None`.
fn time(text: &[u8]) -> Option<(Option<Time>, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
        return None;
    };
    let (hour, minute, second) = (two(*h1, *h2)?, two(*m1, *m2)?, two(*s1, *s2)?);
    let (fraction, rest) = fraction(rest)?;
    if (hour, minute, second, fraction) == (24, 0, 0, 0) {
        return Some((None, rest));
    }
    Some((Some(Time::new(hour, minute, second, fraction).ok()?), rest))
}

/// The nanoseconds, if a fraction stands there. Digits beyond the ninth do not count.
fn fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let Some(digits) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(len);
    let digit = |at: usize| i32::from(digits.get(at).map_or(0, |digit| digit - b'0'));
    (len > 0).then(|| ((0..9).fold(0, |nanoseconds, at| nanoseconds * 10 + digit(at)), rest))
}

/// Nothing, `Z`, or `+01:00`; up to 14 hours.
#[expect(
    clippy::option_option,
    reason = "whether it is well-formed, and whether there is one"
)]
fn offset(text: &[u8]) -> Option<Option<Offset>> {
    let [sign, h1, h2, b':', m1, m2] = text else {
        return match text {
            [] => Some(None),
            b"Z" => Some(Some(Offset::UTC)),
            _ => None,
        };
    };
    let (hours, minutes) = (two(*h1, *h2)?, two(*m1, *m2)?);
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    let sign = match sign {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    if minutes > 59 || seconds > 14 * 3600 {
        return None;
    }
    Offset::from_seconds(sign * seconds).ok().map(Some)
}

fn two(tens: u8, ones: u8) -> Option<i8> {
    let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
    is_number.then(|| ((tens - b'0') * 10 + (ones - b'0')).cast_signed())
}
