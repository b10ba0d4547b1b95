//! Numbers as XSD writes them: integers, decimals and floating point.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::text::{InvalidText, Text, parse_from_str};

macro_rules! integers {
    ($($type:ty: $expected:literal),* $(,)?) => {
        $(impl Text for $type {
            fn parse(text: &str) -> Result<Self, InvalidText> {
                parse_from_str(text).map_err(|_| InvalidText($expected))
            }

            fn print(&self, out: &mut String) {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "{self}");
            }
        })*
    };
}

integers! {
    i8: "a whole number (xs:byte)",
    i16: "a whole number (xs:short)",
    i32: "a whole number (xs:int)",
    i64: "a whole number (xs:long)",
    u8: "a whole number (xs:unsignedByte)",
    u16: "a whole number (xs:unsignedShort)",
    u32: "a whole number that is not negative",
    u64: "a whole number that is not negative",
}

/// `xs:decimal`: digits with an optional sign and an optional point before, between or after them. No exponent, no
/// grouping.
///
/// A [`Decimal`] has 28 digits. More digits after the point are rounded; a larger number is an error.
impl Text for Decimal {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse_decimal(text).ok_or(InvalidText("a decimal number (xs:decimal)"))
    }

    fn print(&self, out: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{self}");
    }
}

fn parse_decimal(text: &str) -> Option<Decimal> {
    // rust_decimal's parser also accepts `_` between digits.
    let is_valid = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.');
    if !text.bytes().all(is_valid) {
        return None;
    }
    match text.len() {
        ..=64 => text.parse().ok(),
        // rust_decimal's parser recurses for every digit: a long text would overflow the stack in a debug build.
        _ => shorten_decimal(text)?.parse().ok(),
    }
}

/// Reduces a decimal number to at most 30 digits on either side of the point, which is more than a [`Decimal`] holds.
fn shorten_decimal(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.bytes().chain(fraction.bytes()).any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    // Leading zeros do not count, and 30 digits of a fraction decide how it is rounded to 28.
    let whole = whole.trim_start_matches('0');
    let fraction = &fraction[..fraction.len().min(30)];
    (whole.len() <= 30).then(|| format!("{sign}0{whole}.{fraction}"))
}

macro_rules! floats {
    ($($type:ty: $expected:literal),* $(,)?) => {
        $(impl Text for $type {
            fn parse(text: &str) -> Result<Self, InvalidText> {
                match text {
                    "INF" => Ok(Self::INFINITY),
                    "-INF" => Ok(Self::NEG_INFINITY),
                    "NaN" => Ok(Self::NAN),
                    // Rust also accepts `inf` and `infinity`, which XSD does not.
                    _ if text.ends_with(|last: char| last.is_ascii_digit() || last == '.') => {
                        text.parse().map_err(|_| InvalidText($expected))
                    }
                    _ => Err(InvalidText($expected)),
                }
            }

            /// Uses an exponent for very large and very small numbers, as .NET does.
            fn print(&self, out: &mut String) {
                let text = match self {
                    value if value.is_nan() => "NaN".to_owned(),
                    value if value.is_infinite() => if *value > 0.0 { "INF" } else { "-INF" }.to_owned(),
                    value if *value != 0.0 && !(1e-5..1e15).contains(&value.abs()) => {
                        dotnet_exponent(&format!("{value:E}"))
                    }
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

/// Changes Rust's exponent to .NET's, which has a sign and two digits: `1.5E15` → `1.5E+15`, `1E-7` → `1E-07`.
fn dotnet_exponent(text: &str) -> String {
    let (number, exponent) = text.split_once('E').unwrap_or((text, "0"));
    match exponent.strip_prefix('-') {
        Some(exponent) => format!("{number}E-{exponent:0>2}"),
        None => format!("{number}E+{exponent:0>2}"),
    }
}
