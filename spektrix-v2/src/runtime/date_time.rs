//! Dates and times as XSD writes them, and as .NET uses them.
//!
//! jiff's own parser is not used. It accepts more than XSD does: other separators, times without seconds, leap seconds,
//! time zones in brackets. And it rejects what .NET writes: `24:00:00`, years before 0 with four digits, more than nine
//! digits of a fraction. With checks around it for all of that, decoding instances, which have six times each, takes 2.6 %
//! more instructions.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::text::{InvalidText, Text, parse_from_str};

/// `xs:dateTime` as a local time: `2014-06-14T19:30:00`.
///
/// - Years have four digits, because .NET's type has no others. Seconds are required. The first nine digits of a
///   fraction count. `24:00:00` is the next midnight. There are no leap seconds.
/// - An offset at the end is ignored: the local part is what the service means.
/// - .NET's `DateTime.MinValue` and `MaxValue`, which it writes for "never", are accepted like any other time.
impl Text for DateTime {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse_date_time(text.as_bytes()).map(|(time, _)| time).ok_or(LOCAL_TIME)
    }

    fn print(&self, out: &mut String) {
        print(self.date(), &format_args!("{self}"), out);
    }
}

pub(super) const LOCAL_TIME: InvalidText = InvalidText("a date and time (xs:dateTime)");

/// `xs:dateTime` as a moment, in the same format as a local time. Without an offset, it is in UTC.
///
/// A moment that is out of range becomes the first or last [`Timestamp`]: .NET's `DateTime.MaxValue` is a day later than
/// the last one.
impl Text for Timestamp {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        let (time, offset) = parse_date_time(text.as_bytes()).ok_or(InvalidText("a timestamp (xs:dateTime)"))?;
        let nearest = if time.year() > 0 { Self::MAX } else { Self::MIN };
        Ok(offset.unwrap_or(Offset::UTC).to_timestamp(time).unwrap_or(nearest))
    }

    fn print(&self, out: &mut String) {
        let date = Offset::UTC.to_datetime(*self).date();
        print(date, &format_args!("{self}"), out);
    }
}

/// `xs:date`: `2014-06-14`. An offset at the end is ignored.
impl Text for Date {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        let parsed = split_date(text.as_bytes()).filter(|(_, rest)| parse_offset(rest).is_some());
        parsed.map(|(date, _)| date).ok_or(InvalidText("a date (xs:date)"))
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

/// Appends jiff's form of a time, but years before 0 with four digits instead of six.
fn print(date: Date, jiff: &dyn std::fmt::Display, out: &mut String) {
    let start = out.len();
    // Writing to a `String` cannot fail.
    let _ = write!(out, "{jiff}");
    if date.year() < 0 {
        out.replace_range(start..start + "-00".len(), "-");
    }
}

/// Parses `xs:dateTime` into its local part and its offset.
pub(super) fn parse_date_time(text: &[u8]) -> Option<(DateTime, Option<Offset>)> {
    let (date, rest) = split_date(text)?;
    let (time, rest) = split_time(rest.strip_prefix(b"T")?)?;
    let offset = parse_offset(rest)?;
    let local = match time {
        TimeOfDay::Time(time) => date.to_datetime(time),
        // The last day of all has no next midnight. .NET's MaxValue is nearly the end of it.
        TimeOfDay::EndOfDay => date
            .tomorrow()
            .map_or(DateTime::MAX, |next| next.to_datetime(Time::midnight())),
    };
    Some((local, offset))
}

/// Splits `2014-06-14` from the front.
fn split_date(text: &[u8]) -> Option<(Date, &[u8])> {
    let (year, rest) = split_year(text)?;
    let [b'-', m1, m2, b'-', d1, d2, rest @ ..] = rest else {
        return None;
    };
    // jiff checks the ranges, leap years included.
    let date = Date::new(year, two_digits(*m1, *m2)?, two_digits(*d1, *d2)?).ok()?;
    Some((date, rest))
}

/// Splits four digits with an optional minus from the front.
fn split_year(text: &[u8]) -> Option<(i16, &[u8])> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(len);
    if len != 4 {
        return None;
    }
    let year = digits.iter().fold(0, |year, digit| year * 10 + i16::from(digit - b'0'));
    Some((if text[0] == b'-' { -year } else { year }, rest))
}

enum TimeOfDay {
    Time(Time),
    /// 24:00:00, which jiff's type cannot represent.
    EndOfDay,
}

/// Splits `19:30:00`, with an optional fraction, from the front.
fn split_time(text: &[u8]) -> Option<(TimeOfDay, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
        return None;
    };
    let (hour, minute, second) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?, two_digits(*s1, *s2)?);
    let (nanosecond, rest) = split_fraction(rest)?;
    if (hour, minute, second, nanosecond) == (24, 0, 0, 0) {
        return Some((TimeOfDay::EndOfDay, rest));
    }
    let time = Time::new(hour, minute, second, nanosecond).ok()?;
    Some((TimeOfDay::Time(time), rest))
}

/// Splits a fraction of a second from the front, if there is one, and returns it in nanoseconds.
fn split_fraction(text: &[u8]) -> Option<(i32, &[u8])> {
    let Some(digits) = text.strip_prefix(b".") else {
        return Some((0, text));
    };
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = digits.split_at(len);
    let digit = |index: usize| i32::from(digits.get(index).map_or(0, |digit| digit - b'0'));
    // XSD allows any number of digits. Those after the ninth are cut off.
    (len > 0).then(|| {
        (
            (0..9).fold(0, |nanoseconds, index| nanoseconds * 10 + digit(index)),
            rest,
        )
    })
}

/// Parses an offset: nothing, `Z`, or `+01:00`, up to 14 hours.
#[expect(clippy::option_option, reason = "whether it is valid, and whether there is one")]
fn parse_offset(text: &[u8]) -> Option<Option<Offset>> {
    let [sign, h1, h2, b':', m1, m2] = text else {
        return match text {
            [] => Some(None),
            b"Z" => Some(Some(Offset::UTC)),
            _ => None,
        };
    };
    let (hours, minutes) = (two_digits(*h1, *h2)?, two_digits(*m1, *m2)?);
    let seconds = (i32::from(hours) * 60 + i32::from(minutes)) * 60;
    let sign = match sign {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    // The range of XSD. jiff's is wider.
    if minutes > 59 || seconds > 14 * 3600 {
        return None;
    }
    Offset::from_seconds(sign * seconds).ok().map(Some)
}

fn two_digits(tens: u8, ones: u8) -> Option<i8> {
    let are_digits = tens.is_ascii_digit() && ones.is_ascii_digit();
    are_digits.then(|| ((tens - b'0') * 10 + (ones - b'0')).cast_signed())
}
