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

use super::text::{InvalidText, Text};

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

    /// A time without an offset.
    #[inline]
    fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
        split_usual(text)
    }

    fn print(&self, out: &mut String) {
        print(self.date(), &format_args!("{self}"), out);
    }
}

pub(super) const LOCAL_TIME: InvalidText = InvalidText("a date and time (xs:dateTime)");

/// `xs:dateTime` as a moment, in the same format as a local time. Without an offset, it is in UTC.
///
/// A moment that is out of range becomes the first or last [`Timestamp`]: .NET's `DateTime.MaxValue` is a day later than
/// the last one. The last one is written as that value, which .NET uses for "never".
impl Text for Timestamp {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        let (time, offset) = parse_date_time(text.as_bytes()).ok_or(InvalidText("a timestamp (xs:dateTime)"))?;
        Ok(nearest_timestamp(time, offset))
    }

    /// A time with `Z` or without an offset.
    #[inline]
    fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
        let fields = Fields::split(text)?;
        let zone = usize::from(text.get(Fields::LEN) == Some(&b'Z'));
        if let Some(time) = fields.seconds().and_then(|seconds| Self::from_second(seconds).ok())
            && text.get(Fields::LEN) != Some(&b'.')
        {
            return Some((time, Fields::LEN + zone));
        }
        unusual_timestamp(text)
    }

    fn print(&self, out: &mut String) {
        if *self == Self::MAX {
            out.push_str(DOTNET_MAX);
            return;
        }
        let date = Offset::UTC.to_datetime(*self).date();
        print(date, &format_args!("{self}"), out);
    }
}

/// Splits a time with a fraction, or one that only [`nearest_timestamp`] can represent.
#[inline(never)]
fn unusual_timestamp(text: &[u8]) -> Option<(Timestamp, usize)> {
    let (time, len) = split_usual(text)?;
    let zone = usize::from(text.get(len) == Some(&b'Z'));
    Some((nearest_timestamp(time, None), len + zone))
}

fn nearest_timestamp(time: DateTime, offset: Option<Offset>) -> Timestamp {
    let nearest = if time.year() > 0 {
        Timestamp::MAX
    } else {
        Timestamp::MIN
    };
    offset.unwrap_or(Offset::UTC).to_timestamp(time).unwrap_or(nearest)
}

/// .NET's `DateTime.MaxValue` in UTC.
const DOTNET_MAX: &str = "9999-12-31T23:59:59.9999999Z";

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

/// `xs:time`: a time of day, `19:30:00`. An offset at the end is ignored. `24:00:00` is midnight.
impl Text for Time {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        let parsed = split_time(text.as_bytes()).filter(|(_, rest)| parse_offset(rest).is_some());
        match parsed {
            Some((TimeOfDay::Time(time), _)) => Ok(time),
            Some((TimeOfDay::EndOfDay, _)) => Ok(Time::midnight()),
            None => Err(InvalidText("a time of day (xs:time)")),
        }
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

/// Splits `2014-06-14T19:30:00`, with an optional fraction, from the front, and returns its length.
fn split_usual(text: &[u8]) -> Option<(DateTime, usize)> {
    let fields = Fields::split(text)?;
    let (nanosecond, rest) = split_fraction(&text[Fields::LEN..])?;
    let date = Date::new(fields.year, fields.month, fields.day).ok()?;
    let time = Time::new(fields.hour, fields.minute, fields.second, nanosecond).ok()?;
    Some((date.to_datetime(time), text.len() - rest.len()))
}

/// The numbers in `2014-06-14T19:30:00`, which may be out of range.
struct Fields {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
    second: i8,
}

impl Fields {
    const LEN: usize = "0000-00-00T00:00:00".len();

    /// Splits them from the front. All digits are at fixed positions, so 8 bytes are handled at the same time.
    #[inline]
    fn split(text: &[u8]) -> Option<Self> {
        let time: &[u8; Self::LEN] = text.first_chunk()?;
        let (date, date_is_valid) = pairs_of_digits(*time.first_chunk()?, *b"0000-00-");
        let (middle, middle_is_valid) = pairs_of_digits(*time[8..].first_chunk()?, *b"00T00:00");
        let (end, end_is_valid) = pairs_of_digits(*time.last_chunk()?, *b"00:00:00");
        (date_is_valid & middle_is_valid & end_is_valid).then(|| Self {
            year: i16::from(date[0]) * 100 + i16::from(date[2]),
            month: date[5].cast_signed(),
            day: middle[0].cast_signed(),
            hour: middle[3].cast_signed(),
            minute: middle[6].cast_signed(),
            second: end[6].cast_signed(),
        })
    }

    /// Returns the seconds since 1970 in UTC, for times that every [`Timestamp`] can represent.
    #[inline]
    fn seconds(&self) -> Option<i64> {
        const DAYS: [i8; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let days = *DAYS.get(usize::try_from(self.month).ok()?)?;
        let is_leap_day =
            self.month == 2 && self.day == 29 && self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        let is_date = (1..=9998).contains(&self.year) && self.day >= 1 && (self.day <= days || is_leap_day);
        if !is_date || self.hour > 23 || self.minute > 59 || self.second > 59 {
            return None;
        }
        // Days from civil, with years that start in March (Neri and Schneider 2022).
        let is_early = i32::from(self.month <= 2);
        let year = i32::from(self.year) - is_early;
        let month = i32::from(self.month) + 12 * is_early;
        let century = year / 100;
        let day = 1461 * year / 4 - century + century / 4 + (979 * month - 2919) / 32 + i32::from(self.day) - 1;
        let time = (i32::from(self.hour) * 60 + i32::from(self.minute)) * 60 + i32::from(self.second);
        Some((i64::from(day) - 719_468) * 86_400 + i64::from(time))
    }
}

/// Adds up every pair of digits that are next to each other, in place of the first one. Returns whether the text has
/// the form, in which a `0` represents any digit.
#[inline]
fn pairs_of_digits(text: [u8; 8], form: [u8; 8]) -> ([u8; 8], bool) {
    // Digits become 0 to 9, and other characters of the form 0. Adding the limit sets the highest bit of any other byte.
    let limits = form.map(|byte| if byte == b'0' { 0x80 - 10 } else { 0x80 - 1 });
    let numbers = u64::from_le_bytes(text) ^ u64::from_le_bytes(form);
    let faults = (numbers.wrapping_add(u64::from_le_bytes(limits)) | numbers) & 0x8080_8080_8080_8080;
    let pairs = numbers.wrapping_mul(10).wrapping_add(numbers >> 8);
    (pairs.to_le_bytes(), faults == 0)
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

/// Returns whether a valid date or time of day ends with an offset.
pub(super) fn has_offset(text: &str) -> bool {
    let text = text.trim_ascii().as_bytes();
    let is_offset = |rest: &[u8]| !rest.is_empty() && parse_offset(rest).is_some();
    let after_time = split_time(text).is_some_and(|(_, rest)| is_offset(rest));
    after_time || split_date(text).is_some_and(|(_, rest)| is_offset(rest))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_form_gives_what_parsing_gives() {
        let days = ["01", "28", "29", "30", "31", "00", "32"];
        let years = [
            "0000", "0001", "0004", "0100", "1900", "1969", "1970", "2000", "2014", "2024", "2100", "9998", "9999",
        ];
        let times = [
            "T00:00:00",
            "T23:59:59",
            "T24:00:00",
            "T12:60:00",
            "T12:00:60",
            "T12:30:15.5",
            "T12:30:15.123456789123",
            "t12:00:00",
        ];
        let mut read = 0;
        for year in years {
            for month in 0..14 {
                for (day, time) in days.iter().flat_map(|day| times.map(|time| (day, time))) {
                    for zone in ["", "Z", "+01:00", "z"] {
                        let text = format!("{year}-{month:02}-{day}{time}{zone}");
                        let with_end = format!("{text}</Start></Instance>");
                        if let Some((value, len)) = DateTime::parse_prefix(with_end.as_bytes()) {
                            assert_eq!(Some(value), DateTime::parse(&text[..len]).ok(), "{text}");
                            read += 1;
                        }
                        if let Some((value, len)) = Timestamp::parse_prefix(with_end.as_bytes()) {
                            assert_eq!(Some(value), Timestamp::parse(&text[..len]).ok(), "{text}");
                            read += 1;
                        }
                    }
                }
            }
        }
        assert!(read > 20_000, "only {read} were read");
    }

    fn reprint<T: Text>(text: &str) -> Option<String> {
        let mut out = String::new();
        T::parse(text).ok()?.print(&mut out);
        Some(out)
    }

    #[test]
    fn a_time_of_day_is_read_with_any_offset() {
        let rows = [
            ("08:15:30", Some("08:15:30")),
            ("08:15:30Z", Some("08:15:30")),
            ("08:15:30.5+01:00", Some("08:15:30.5")),
            ("08:15:30-14:00", Some("08:15:30")),
            ("24:00:00", Some("00:00:00")),
            ("08:15", None),
            ("08:15:60", None),
            ("08:15:30+15:00", None),
            ("08:15:30 Z", None),
            ("24:00:01", None),
        ];
        for (text, expected) in rows {
            assert_eq!(reprint::<Time>(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_last_moment_of_dotnet_comes_back_as_itself() {
        let rows = [
            ("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z"),
            ("9999-12-30T21:59:59Z", "9999-12-30T21:59:59Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ];
        for (text, expected) in rows {
            assert_eq!(reprint::<Timestamp>(text).as_deref(), Some(expected), "{text}");
        }
    }
}
