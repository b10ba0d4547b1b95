//! Values that other help pages may hold: GUIDs, bytes, several values in one text, floating point numbers.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{DecodeError, Decoder, Element, Encoder, InvalidText, Tag, Text};

/// A GUID: `1627aea5-8e0a-4371-9022-9b504344e724`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Guid(u128);

/// A text that is no GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidGuid;

impl Guid {
    /// Makes it from its number.
    pub const fn new(number: u128) -> Self {
        Self(number)
    }

    /// Its number.
    pub const fn get(self) -> u128 {
        self.0
    }
}

impl FromStr for Guid {
    type Err = InvalidGuid;

    fn from_str(text: &str) -> Result<Self, InvalidGuid> {
        let mut lengths = text.split('-').map(str::len);
        let is_formed =
            [8, 4, 4, 4, 12].iter().all(|length| lengths.next() == Some(*length)) && lengths.next().is_none();
        let digits = text.replace('-', "");
        if !is_formed || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(InvalidGuid);
        }
        u128::from_str_radix(&digits, 16).map(Self).map_err(|_| InvalidGuid)
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = format!("{:032x}", self.0);
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| &digits[range]);
        f.write_str(&parts.join("-"))
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

impl fmt::Display for InvalidGuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a GUID: 32 hexadecimal digits in five groups, as in 1627aea5-8e0a-4371-9022-9b504344e724")
    }
}

impl std::error::Error for InvalidGuid {}

/// Bytes, written as base64.
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
        // Long ones are broken into lines.
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

/// Values with blanks between them, in one text: the flags of an enumeration.
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
        for (at, value) in self.0.iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            value.print(out);
        }
    }
}

impl<T: Text> Element for Tokens<T> {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        xml.value(&tag)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.leaf(name, self);
    }
}

macro_rules! floats {
    ($($type:ty: $expected:literal),* $(,)?) => {
        $(impl Text for $type {
            fn parse(text: &str) -> Result<Self, InvalidText> {
                match text {
                    "INF" => Ok(Self::INFINITY),
                    "-INF" => Ok(Self::NEG_INFINITY),
                    "NaN" => Ok(Self::NAN),
                    // Rust would take `inf` and `infinity` too.
                    _ if text.ends_with(|last: char| last.is_ascii_digit() || last == '.') => {
                        text.parse().map_err(|_| InvalidText($expected))
                    }
                    _ => Err(InvalidText($expected)),
                }
            }

            /// As .NET does: with an exponent where the number is very large or very small.
            fn print(&self, out: &mut String) {
                let text = match self {
                    value if value.is_nan() => "NaN".to_owned(),
                    value if value.is_infinite() => if *value > 0.0 { "INF" } else { "-INF" }.to_owned(),
                    value if *value != 0.0 && !(1e-5..1e15).contains(&value.abs()) => with_exponent(&format!("{value:E}")),
                    value => value.to_string(),
                };
                out.push_str(&text);
            }
        })*
    };
}

floats! {
    f32: "a number (xs:float)",
    f64: "a number (xs:double)",
}

/// `1.5E15` → `1.5E+15`, `1E-7` → `1E-07`
fn with_exponent(text: &str) -> String {
    let (number, exponent) = text.split_once('E').unwrap_or((text, "0"));
    match exponent.strip_prefix('-') {
        Some(exponent) => format!("{number}E-{exponent:0>2}"),
        None => format!("{number}E+{exponent:0>2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Again = fn(&str) -> Option<String>;

    fn again<T: Text>(text: &str) -> Option<String> {
        let mut out = String::new();
        T::parse(text).ok()?.print(&mut out);
        Some(out)
    }

    #[test]
    fn values_are_written_as_they_were_read() {
        let rows: &[(Again, &str, Option<&str>)] = &[
            (again::<Guid>, "1627aea5-8e0a-4371-9022-9b504344e724", None),
            (again::<Guid>, "00000000-0000-0000-0000-000000000000", None),
            (
                again::<Guid>,
                "1627AEA5-8e0a-4371-9022-9b504344e724",
                Some("1627aea5-8e0a-4371-9022-9b504344e724"),
            ),
            (again::<Base64>, "QmFzZSA2NCBTdHJlYW0=", None),
            (again::<Base64>, "QmFz\n ZQ==", Some("QmFzZQ==")),
            (again::<f64>, "1.26743233E+15", None),
            (again::<f64>, "1E-07", None),
            (again::<f64>, "-0.5", None),
            (again::<f64>, "INF", None),
            (again::<f32>, "NaN", None),
            (again::<Tokens<i32>>, "1 2  3", Some("1 2 3")),
            (again::<Tokens<i32>>, "", None),
            (again::<jiff::civil::Time>, "11:20:00", None),
            (again::<u64>, "18446744073709551615", None),
        ];
        for (again, text, expected) in rows {
            assert_eq!(again(text).as_deref(), Some(expected.unwrap_or(text)), "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        let rows: &[(Again, &str)] = &[
            (again::<Guid>, "1627aea58e0a437190229b504344e724"),
            (again::<Guid>, "1627aea5-8e0a-4371-9022-9b504344e72é"),
            (again::<Guid>, "+627aea5-8e0a-4371-9022-9b504344e724"),
            (again::<Base64>, "Q"),
            (again::<f64>, "inf"),
            (again::<f64>, "1,5"),
            (again::<i8>, "128"),
            (again::<Tokens<i32>>, "1 x"),
        ];
        for (again, text) in rows {
            assert_eq!(again(text), None, "{text}");
        }
    }
}
