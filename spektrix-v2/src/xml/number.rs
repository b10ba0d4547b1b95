//! Decimal numbers as XSD writes them.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::{InvalidText, Text};

/// `xs:decimal`: digits, a point before, in or behind them, and a sign if need be; no exponent, no grouping.
///
/// A [`Decimal`] holds 28 digits: what goes beyond behind the point is rounded, and a larger number refused.
impl Text for Decimal {
    fn parse(text: &str) -> Result<Self, InvalidText> {
        parse(text).ok_or(InvalidText("a decimal number (xs:decimal)"))
    }

    fn print(&self, out: &mut String) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{self}");
    }
}

fn parse(text: &str) -> Option<Decimal> {
    let belongs = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.');
    if !text.bytes().all(belongs) {
        return None;
    }
    match text.len() {
        ..=64 => text.parse().ok(),
        _ => shortened(text)?.parse().ok(),
    }
}

/// The number in few digits. The library's parser calls itself for every digit, so that a long text would overflow the
/// stack in a debug build.
fn shortened(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.bytes().chain(fraction.bytes()).any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let fraction = &fraction[..fraction.len().min(30)];
    (whole.len() <= 30).then(|| format!("{sign}0{whole}.{fraction}"))
}
