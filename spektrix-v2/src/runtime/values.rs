//! Values that this service's pages do not use, but others may: GUIDs, bytes, and lists in one text.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::text::{InvalidText, Text};

/// A GUID: `1627aea5-8e0a-4371-9022-9b504344e724`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Guid(u128);

/// A string that is not a valid [`Guid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidGuid;

impl Guid {
    /// Creates a GUID from its 128-bit number.
    pub const fn new(number: u128) -> Self {
        Self(number)
    }

    /// Returns the 128-bit number.
    pub const fn get(self) -> u128 {
        self.0
    }
}

impl FromStr for Guid {
    type Err = InvalidGuid;

    fn from_str(text: &str) -> Result<Self, InvalidGuid> {
        let mut lengths = text.split('-').map(str::len);
        let is_grouped =
            [8, 4, 4, 4, 12].iter().all(|length| lengths.next() == Some(*length)) && lengths.next().is_none();
        let digits = text.replace('-', "");
        // `from_str_radix` also accepts a sign.
        if !is_grouped || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(InvalidGuid);
        }
        u128::from_str_radix(&digits, 16).map(Self).map_err(|_| InvalidGuid)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
        f.write_str(&groups.join("-"))
    }
}

impl TryFrom<String> for Guid {
    type Error = InvalidGuid;

    fn try_from(text: String) -> Result<Self, InvalidGuid> {
        text.parse()
    }
}

impl From<Guid> for String {
    fn from(guid: Guid) -> Self {
        guid.to_string()
    }
}

impl Text for Guid {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        text.parse().map_err(|InvalidGuid| InvalidText("a GUID"))
    }

    fn print(&self, out: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{self}");
    }
}

impl fmt::Display for InvalidGuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a GUID: 32 hexadecimal digits in five groups, as in 1627aea5-8e0a-4371-9022-9b504344e724")
    }
}

impl std::error::Error for InvalidGuid {}

/// Bytes that are written as base64.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Base64(pub Vec<u8>);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Text for Base64 {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        // .NET breaks long values into lines, which the decoder of the base64 crate rejects.
        let dense: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let bytes = STANDARD
            .decode(dense)
            .map_err(|_| InvalidText("base64 (xs:base64Binary)"))?;
        Ok(Self(bytes))
    }

    fn print(&self, out: &mut String) {
        STANDARD.encode_string(&self.0, out);
    }
}

/// Values in one text, separated by whitespace: an `xs:list`, such as the flags of a .NET enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Tokens<T>(pub Vec<T>);

impl<T> Default for Tokens<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<T> for Tokens<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T: Text> Text for Tokens<T> {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        text.split_ascii_whitespace().map(T::parse).collect()
    }

    fn print(&self, out: &mut String) {
        for (index, value) in self.0.iter().enumerate() {
            if index > 0 {
                out.push(' ');
            }
            value.print(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Reprint = fn(&str) -> Option<String>;

    /// Parses and prints a value.
    fn reprint<T: Text>(text: &str) -> Option<String> {
        let mut out = String::new();
        T::parse(text).ok()?.print(&mut out);
        Some(out)
    }

    #[test]
    fn values_are_printed_as_they_were_parsed() {
        let rows: &[(Reprint, &str, Option<&str>)] = &[
            (reprint::<Guid>, "1627aea5-8e0a-4371-9022-9b504344e724", None),
            (reprint::<Guid>, "00000000-0000-0000-0000-000000000000", None),
            (
                reprint::<Guid>,
                "1627AEA5-8e0a-4371-9022-9b504344e724",
                Some("1627aea5-8e0a-4371-9022-9b504344e724"),
            ),
            (reprint::<Base64>, "QmFzZSA2NCBTdHJlYW0=", None),
            (reprint::<Base64>, "QmFz\n ZQ==", Some("QmFzZQ==")),
            (reprint::<f64>, "1.26743233E+15", None),
            (reprint::<f64>, "1E-07", None),
            (reprint::<f64>, "-0.5", None),
            (reprint::<f64>, "INF", None),
            (reprint::<f32>, "NaN", None),
            (reprint::<Tokens<i32>>, "1 2  3", Some("1 2 3")),
            (reprint::<Tokens<i32>>, "", None),
            (reprint::<u64>, "18446744073709551615", None),
        ];
        for (reprint, text, expected) in rows {
            assert_eq!(reprint(text).as_deref(), Some(expected.unwrap_or(text)), "{text}");
        }
    }

    #[test]
    fn invalid_values_are_rejected() {
        let rows: &[(Reprint, &str)] = &[
            (reprint::<Guid>, "1627aea58e0a437190229b504344e724"),
            (reprint::<Guid>, "1627aea5-8e0a-4371-9022-9b504344e72é"),
            (reprint::<Guid>, "+627aea5-8e0a-4371-9022-9b504344e724"),
            (reprint::<Base64>, "Q"),
            (reprint::<f64>, "inf"),
            (reprint::<f64>, "1,5"),
            (reprint::<i8>, "128"),
            (reprint::<Tokens<i32>>, "1 x"),
        ];
        for (reprint, text) in rows {
            assert_eq!(reprint(text), None, "{text}");
        }
    }
}
