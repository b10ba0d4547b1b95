//! Identifiers of API v3, which start with the number that identifies the same object in v2.

use std::error::Error;
use std::fmt;

/// The error for a string that is not the identifier of an object in API v3.
///
/// It does not quote the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidV3Id {
    problem: Problem,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    NoNumber,
    NoLetters,
    OtherCharacter,
    OutOfRange,
}

impl fmt::Display for InvalidV3Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.problem {
            Problem::NoNumber => "not an id of API v3: it does not start with a digit",
            Problem::NoLetters => "not an id of API v3: the number is not followed by letters. Is it an id of v2?",
            Problem::OtherCharacter => "not an id of API v3: it contains more than a number and letters",
            Problem::OutOfRange => "not an id of API v3: its number does not fit in 32 bits",
        })
    }
}

impl Error for InvalidV3Id {}

/// Returns the number at the start of an identifier of API v3, such as 1234 in `1234ABCD…`.
pub fn number(id: &str) -> Result<i32, InvalidV3Id> {
    let invalid = |problem| InvalidV3Id { problem };
    let (number, letters) = split(id);
    if number.is_empty() {
        return Err(invalid(Problem::NoNumber));
    }
    if letters.is_empty() {
        return Err(invalid(Problem::NoLetters));
    }
    if !letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(invalid(Problem::OtherCharacter));
    }
    // Digits alone: the only possible error is a number that is too large.
    number.parse().map_err(|_| invalid(Problem::OutOfRange))
}

fn split(id: &str) -> (&str, &str) {
    let end = id.bytes().take_while(u8::is_ascii_digit).count();
    id.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_number_and_letters() {
        let table = [
            ("33 characters", "1234ABCDEFGHIJKLMNOPQRSTUVWXYZABC", Ok(1234)),
            ("another length", "7A", Ok(7)),
            ("lower case", "7001abc", Ok(7001)),
            ("the largest number", "2147483647A", Ok(i32::MAX)),
            ("a larger number", "2147483648A", Err(Problem::OutOfRange)),
            ("empty", "", Err(Problem::NoNumber)),
            ("letters alone", "ABC", Err(Problem::NoNumber)),
            ("a sign", "-1234ABC", Err(Problem::NoNumber)),
            ("a number alone", "1234", Err(Problem::NoLetters)),
            ("a customer's id", "I-K222-7WRS", Err(Problem::NoNumber)),
            ("a space at the end", "1234ABC ", Err(Problem::OtherCharacter)),
            ("digits after the letters", "1234AB56", Err(Problem::OtherCharacter)),
            ("a letter outside ASCII", "1234É", Err(Problem::OtherCharacter)),
            ("a digit outside ASCII", "١٢A", Err(Problem::NoNumber)),
        ];
        for (name, id, expected) in table {
            assert_eq!(
                number(id),
                expected.map_err(|problem| InvalidV3Id { problem }),
                "{name}"
            );
        }
    }
}
