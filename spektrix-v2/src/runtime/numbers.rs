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

            #[inline]
            fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
                let (number, len) = digits(text)?;
                Some((Self::try_from(number).ok()?, len))
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

/// Returns the number that the text starts with, and how many digits it has: 1 to 7, as nearly all numbers have.
#[inline]
fn digits(text: &[u8]) -> Option<(u32, usize)> {
    let (number, len) = first_digits(*text.first_chunk()?);
    (1..8).contains(&len).then_some((number, len))
}

/// Returns the number that 8 bytes start with, and how many digits it has. All 8 are handled at the same time.
#[inline]
fn first_digits(text: [u8; 8]) -> (u32, usize) {
    // Digits become 0 to 9. The addition sets the highest bit of the first byte that is no digit.
    let numbers = u64::from_le_bytes(text) ^ 0x3030_3030_3030_3030;
    let others = (numbers.wrapping_add(0x7676_7676_7676_7676) | numbers) & 0x8080_8080_8080_8080;
    let len = others.trailing_zeros() / 8;
    // The first byte is the highest digit, and it is the lowest byte: zeros move in before it. Without a digit, the result
    // does not count.
    let numbers = numbers << ((64 - 8 * len) & 63);
    let pairs = (numbers.wrapping_mul(10).wrapping_add(numbers >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100).wrapping_add(pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let number = (fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xFFFF_FFFF) as u32;
    (number, len as usize)
}

/// `xs:decimal`: digits with an optional sign and an optional point before, between or after them. No exponent, no
/// grouping.
///
/// A [`Decimal`] has 28 digits. More digits after the point are rounded; a larger number is an error.
impl Text for Decimal {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse_decimal(text).ok_or(InvalidText("a decimal number (xs:decimal)"))
    }

    /// A number without a sign, with one point at most: `12.50`.
    #[inline]
    fn parse_prefix(text: &[u8]) -> Option<(Self, usize)> {
        let (whole, whole_len) = digits(text)?;
        if text.get(whole_len) != Some(&b'.') {
            return Some((Self::from(whole), whole_len));
        }
        let (fraction, scale) = digits(&text[whole_len + 1..])?;
        let power = 10_i64.pow(u32::try_from(scale).ok()?);
        let number = i64::from(whole) * power + i64::from(fraction);
        Some((Self::new(number, u32::try_from(scale).ok()?), whole_len + 1 + scale))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_from_the_front() {
        let rows = [
            ("7</Id></Band>", Some((7, 1))),
            ("0042</Id></Band>", Some((42, 4))),
            ("1234567</Id>", Some((1_234_567, 7))),
            ("12345678</Id>", None),
            ("1234567", None),
            ("12:4567890", Some((12, 2))),
            ("12/4567890", Some((12, 2))),
            ("1\u{e9}34567890", Some((1, 1))),
            ("-1234567890", None),
            ("</Id></Band>", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(digits(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn a_prefix_is_the_value_that_parsing_gives() {
        fn check<T: Text + PartialEq + std::fmt::Debug>(texts: &[&str]) {
            for text in texts {
                let after = format!("{text}</Name></Item>");
                let Some((value, len)) = T::parse_prefix(after.as_bytes()) else {
                    continue;
                };
                assert_eq!(Some(value), T::parse(&text[..len]).ok(), "{text}");
            }
        }
        let numbers = [
            "0",
            "7",
            "-7",
            "+7",
            "127",
            "128",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "007",
            "x",
        ];
        check::<i8>(&numbers);
        check::<i32>(&numbers);
        check::<i64>(&numbers);
        check::<u16>(&numbers);
        check::<Decimal>(&numbers);
        check::<Decimal>(&[
            "12.50",
            "0.00",
            "-0.00",
            ".5",
            "5.",
            "1.2.3",
            "123456789012345.678",
            "1234567890123456.789",
            "1e5",
        ]);
    }
}
