//! Rows as text: the text format of PostgreSQL's `COPY`, for all databases.
//!
//! A row is a line. Values are separated by tabs, `\N` is null, and backslashes, tabs and line breaks are escaped.

use std::borrow::Cow;
use std::io::Write as _;

use jiff::Timestamp;
use jiff::civil::{DateTime, datetime};
use jiff::tz::Offset;

use super::Value;

/// The rows of a few objects, one after the other.
#[derive(Debug, Default)]
pub(crate) struct RowText {
    bytes: Vec<u8>,
    is_within_row: bool,
}

impl RowText {
    /// Adds a value to the current row.
    pub(crate) fn push(&mut self, value: &Value<'_>) {
        self.separate();
        match value {
            Value::Null => self.bytes.extend_from_slice(b"\\N"),
            Value::Int(number) => self.print(number),
            Value::Bool(flag) => self.bytes.push(if *flag { b'1' } else { b'0' }),
            Value::Text(text) => self.escape(text.as_bytes()),
            Value::Decimal(amount) => self.print(amount),
            Value::Local(time) => self.print_time(*time),
            Value::Utc(time) => self.print_time(utc(*time)),
            Value::Json(value) => self.escape(value.to_string().as_bytes()),
        }
    }

    /// Adds a string to the current row.
    pub(crate) fn push_text(&mut self, text: &[u8]) {
        self.separate();
        self.escape(text);
    }

    /// Ends the current row.
    pub(crate) fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.is_within_row = false;
    }

    /// Returns the rows, and removes them.
    pub(crate) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
    }

    fn separate(&mut self) {
        if self.is_within_row {
            self.bytes.push(b'\t');
        }
        self.is_within_row = true;
    }

    fn print(&mut self, value: impl std::fmt::Display) {
        // Writing to a vector cannot fail.
        let _ = write!(self.bytes, "{value}");
    }

    /// Without fractions of a second: the service has none in its times, and databases would round them differently.
    fn print_time(&mut self, time: DateTime) {
        let time = time.clamp(MIN_TIME, MAX_TIME);
        let (year, month, day) = (time.year(), time.month(), time.day());
        let (hour, minute, second) = (time.hour(), time.minute(), time.second());
        let _ = write!(
            self.bytes,
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
        );
    }

    fn escape(&mut self, text: &[u8]) {
        let mut rest = text;
        while let Some(at) = rest
            .iter()
            .position(|byte| matches!(byte, b'\\' | b'\t' | b'\n' | b'\r'))
        {
            self.bytes.extend_from_slice(&rest[..at]);
            let letter = match rest[at] {
                b'\t' => b't',
                b'\n' => b'n',
                b'\r' => b'r',
                other => other,
            };
            self.bytes.extend_from_slice(&[b'\\', letter]);
            rest = &rest[at + 1..];
        }
        self.bytes.extend_from_slice(rest);
    }
}

/// The times that all databases can store. The service sends .NET's smallest and largest time for "never".
const MIN_TIME: DateTime = datetime(1, 1, 1, 0, 0, 0, 0);
const MAX_TIME: DateTime = datetime(9999, 12, 31, 23, 59, 59, 0);

fn utc(time: Timestamp) -> DateTime {
    Offset::UTC.to_datetime(time)
}

/// Returns a time of the sync itself, to the millisecond.
pub(crate) fn milliseconds(time: Timestamp) -> String {
    utc(time).strftime("%Y-%m-%d %H:%M:%S.%3f").to_string()
}

/// Returns the values of a line without its line break.
pub(crate) fn cells(line: &str) -> impl Iterator<Item = Option<Cow<'_, str>>> {
    line.split('\t').map(|cell| (cell != "\\N").then(|| unescaped(cell)))
}

fn unescaped(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\\') {
        return Cow::Borrowed(cell);
    }
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next().map(|letter| match letter {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                other => other,
            })),
            other => text.push(other),
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_read_back() {
        let table = [
            "",
            "plain",
            "a\tb",
            "line\nbreak\r\n",
            "\\",
            "\\N",
            "\\n",
            "\\\\N\t\\",
            "ünïcödé \u{1f3ad}",
        ];
        let mut row = RowText::default();
        for text in table {
            row.push(&Value::Text(text));
        }
        row.push(&Value::Null);
        row.end_row();
        let line = String::from_utf8(row.take()).unwrap();
        assert_eq!(line.matches('\n').count(), 1);
        let read: Vec<_> = cells(line.trim_end_matches('\n')).collect();
        let expected = table.iter().map(|text| Some(Cow::Borrowed(*text))).chain([None]);
        assert_eq!(read, expected.collect::<Vec<_>>());
    }

    #[test]
    fn times_are_written_as_every_database_reads_them() {
        let table = [
            ("2027-07-09T18:30:00Z", "2027-07-09 18:30:00"),
            ("2027-07-09T18:30:00.999Z", "2027-07-09 18:30:00"),
            ("0001-01-01T00:00:00Z", "0001-01-01 00:00:00"),
            ("9999-12-30T22:00:00Z", "9999-12-30 22:00:00"),
            ("-000001-01-01T00:00:00Z", "0001-01-01 00:00:00"),
        ];
        for (time, expected) in table {
            let mut row = RowText::default();
            row.push(&Value::Utc(time.parse().unwrap()));
            assert_eq!(String::from_utf8(row.take()).unwrap(), expected, "{time}");
        }
        let time = "2027-07-09T18:30:00.0499Z".parse().unwrap();
        assert_eq!(milliseconds(time), "2027-07-09 18:30:00.049");
    }
}
