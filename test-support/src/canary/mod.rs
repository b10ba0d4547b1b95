//! Canaries: secrets that occur nowhere else, and the search for them in everything that a program can show.

pub mod encodings;
mod log;

use std::error::Error as _;
use std::sync::LazyLock;

use spektrix_v2::Error;

pub use log::{Log, listen};

/// An API key.
pub const API_KEY: &str = "Kq7vX2mP y+/&1é<\"z";
/// The identifier of a session.
pub const SESSION: &str = "Sw4nL8dT'z/+x==";
/// A customer's password.
pub const PASSWORD: &str = "Pz9tRb3W o;r+d&<é";
/// The passphrase of a private key.
pub const PASSPHRASE: &str = "Fh6jQc1N pass phrase+/&";
/// The password of a proxy.
pub const PROXY_PASSWORD: &str = "Vb5gHk8J2mXw";
/// A card number.
pub const CARD: &str = "4539148803436467";

/// All canaries, by name.
pub const CANARIES: [(&str, &str); 6] = [
    ("the API key", API_KEY),
    ("the session", SESSION),
    ("the password", PASSWORD),
    ("the passphrase", PASSPHRASE),
    ("the card number", CARD),
    ("the proxy's password", PROXY_PASSWORD),
];

/// Returns the canaries that occur in a text, and in which encoding.
pub fn sightings(text: &str) -> Vec<String> {
    static FORMS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let forms = CANARIES.iter().flat_map(|(name, canary)| {
            let forms = encodings::of(canary).into_iter();
            forms.map(move |(how, form)| (format!("{name}, {how}"), form))
        });
        forms.collect()
    });
    let seen = FORMS.iter().filter(|(_, form)| text.contains(form.as_str()));
    seen.map(|(what, form)| format!("{what}: {form}")).collect()
}

/// Checks that no canary occurs in a text.
#[track_caller]
pub fn assert_unseen(text: &str, context: &str) {
    let seen = sightings(text);
    assert!(seen.is_empty(), "{context}: {seen:#?} in:\n{text}");
}

/// Checks that no canary occurs in anything that an error can print.
#[track_caller]
pub fn assert_silent(error: &Error, context: &str) {
    assert_unseen(&everything_printed(error), context);
}

/// Checks that no canary occurs in the log of the process, to which all tests write.
#[track_caller]
pub fn assert_log_unseen(log: &Log) {
    assert_lines_unseen(&log.text());
}

/// Checks that no canary occurs in a part of the log.
#[track_caller]
pub fn assert_lines_unseen(text: &str) {
    if sightings(text).is_empty() {
        return;
    }
    let seen: Vec<_> = text.lines().filter(|line| !sightings(line).is_empty()).collect();
    panic!("the log: {seen:#?}");
}

/// Returns everything that an error and its sources can print.
pub fn everything_printed(error: &Error) -> String {
    let mut printed = vec![format!(
        "{error}\n{error:?}\n{error:#?}\n{:?}\n{:?}",
        error.excerpt(),
        error.hint()
    )];
    printed.extend(
        error
            .decode_error()
            .map(|decode| format!("{decode}\n{decode:?}\n{:?}", decode.kind())),
    );
    let mut source = error.source();
    while let Some(cause) = source {
        printed.push(format!("{cause}\n{cause:?}"));
        source = cause.source();
    }
    printed.join("\n")
}
