//! Takes card numbers out of a text: they are no secret of the call, but an error page may show one.

/// The text with a mask in the place of every card number: 13 to 19 digits with a right check digit, in one piece or in
/// groups.
pub(super) fn without_card_numbers(text: &str, mask: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, run) = rest.split_at(start);
        let (run, behind) = run.split_at(length_of_run(run));
        out.push_str(before);
        out.push_str(if is_card_number(run) { mask } else { run });
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Digits, with one blank or hyphen between them at most; it starts with a digit and ends with one.
fn length_of_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while is_digit(end) || (bytes.get(end).is_some_and(|byte| b" -".contains(byte)) && is_digit(end + 1)) {
        end += 1;
    }
    end
}

fn is_card_number(run: &str) -> bool {
    let digits: Vec<u32> = run.chars().filter_map(|character| character.to_digit(10)).collect();
    (13..=19).contains(&digits.len()) && luhn(&digits)
}

/// Every second digit from the right counts twice; the sum ends in 0.
fn luhn(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let weighed = digits.iter().rev().enumerate();
    let sum: u32 = weighed
        .map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    sum.is_multiple_of(10)
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
            ("é4222222222222é", "é***é"),
            // A digit off; too few; too many.
            ("4111111111111112", "4111111111111112"),
            ("order 422222222222", "order 422222222222"),
            ("41111111111111114111111111111111", "41111111111111114111111111111111"),
            ("at 2026-11-23 09:42:34, item 7 ", "at 2026-11-23 09:42:34, item 7 "),
            ("4111  1111  1111  1111", "4111  1111  1111  1111"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_card_numbers(text, "***"), expected, "{text}");
        }
    }
}
