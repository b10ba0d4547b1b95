//! Card numbers: they are not secrets of the call, but an error page may show one.

use std::ops::RangeInclusive;

/// How many digits a card number has.
const DIGITS: RangeInclusive<usize> = 13..=19;
/// A number with this many digits at the end of a string that was cut off may be the beginning of a card number.
const BEGINNING: usize = 7;
/// The characters that may separate groups of digits.
const SEPARATORS: [char; 3] = [' ', '-', '.'];

/// Masks every run of digits that contains a card number: 13 to 19 digits with a correct check digit, in one group or
/// several. If `is_cut` is set, the end of the string is missing.
pub(super) fn mask_card_numbers(text: &str, mask: &str, is_cut: bool) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, run, after)) = split_at_run(rest) {
        let is_cut_off = after.starts_with('…') || is_cut && after.is_empty();
        let is_masked = has_card_number(run) || is_cut_off && digits(run).count() >= BEGINNING;
        masked.push_str(before);
        masked.push_str(if is_masked { mask } else { run });
        rest = after;
    }
    masked.push_str(rest);
    masked
}

/// Returns whether the string contains a card number.
pub(super) fn contains_card_number(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, run, after)) = split_at_run(rest) {
        if has_card_number(run) {
            return true;
        }
        rest = after;
    }
    false
}

/// Splits a string at its first run of digits, in which at most one separator is between two digits: the part before it,
/// the run, and the part after it.
fn split_at_run(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find(|character: char| character.is_ascii_digit())?;
    let (before, run) = text.split_at(start);
    let bytes = run.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_separator = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|byte| SEPARATORS.contains(&char::from(*byte)))
    };
    let mut end = 0;
    while is_digit(end) || (is_separator(end) && is_digit(end + 1)) {
        end += 1;
    }
    let (run, after) = run.split_at(end);
    Some((before, run, after))
}

/// Returns whether consecutive groups of digits form a card number. Other numbers may precede or follow it.
fn has_card_number(run: &str) -> bool {
    let groups: Vec<&str> = run.split(SEPARATORS).collect();
    let mut rows = (0..groups.len()).flat_map(|start| (start..groups.len()).map(move |end| start..=end));
    rows.any(|row| {
        let number: Vec<u32> = groups[row].iter().flat_map(|group| digits(group)).collect();
        DIGITS.contains(&number.len()) && has_check_digit(&number)
    })
}

fn digits(text: &str) -> impl Iterator<Item = u32> {
    text.chars().filter_map(|character| character.to_digit(10))
}

/// Checks the last digit with the Luhn algorithm: every second digit from the right counts twice, and the sum ends in 0.
fn has_check_digit(number: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let digits = number.iter().rev().enumerate();
    let weighted = digits.map(|(index, digit)| if index % 2 == 1 { doubled(*digit) } else { *digit });
    weighted.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_numbers_are_masked_and_other_numbers_are_not() {
        let cases = [
            ("", ""),
            ("card 4111111111111111 refused", "card *** refused"),
            ("4111 1111 1111 1111", "***"),
            ("4111-1111-1111-1111,378282246310005", "***,***"),
            ("4111.1111.1111.1111", "***"),
            ("é4222222222222é", "é***é"),
            ("item 7 4111111111111111 12", "item ***"),
            // A wrong check digit; too few digits; too many.
            ("4111111111111112", "4111111111111112"),
            ("order 422222222222", "order 422222222222"),
            ("41111111111111114111111111111111", "41111111111111114111111111111111"),
            ("at 2026-11-23 09:42:34, item 7 ", "at 2026-11-23 09:42:34, item 7 "),
            ("4111  1111  1111  1111", "4111  1111  1111  1111"),
        ];
        for (text, expected) in cases {
            assert_eq!(mask_card_numbers(text, "***", false), expected, "{text}");
            assert_eq!(contains_card_number(text), text != expected, "{text}");
        }
    }

    #[test]
    fn a_number_that_is_cut_off_is_masked() {
        for (text, expected) in [
            ("card 4111 1111 11", "card ***"),
            ("card 4111 1111 1…", "card ***…"),
            ("`4111111…` is not a date", "`***…` is not a date"),
            ("card 411111", "card 411111"),
            ("card 4111 1111 11 refused", "card 4111 1111 11 refused"),
        ] {
            assert_eq!(mask_card_numbers(text, "***", true), expected, "{text}");
        }
    }
}
