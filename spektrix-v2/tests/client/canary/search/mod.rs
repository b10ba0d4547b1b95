//! The canaries, and the search for them. It uses no other file of these tests, so that other tests can use it.

pub(crate) mod forms;
mod log;
mod process_log;

use std::error::Error as _;
use std::sync::LazyLock;

use spektrix_v2::Error;

pub(crate) use log::Log;
pub(crate) use process_log::listen;

pub(crate) const API_KEY: &str = "Kq7vX2mP y+/&1é<\"z";
pub(crate) const SESSION: &str = "Sw4nL8dT'z/+x==";
pub(crate) const PASSWORD: &str = "Pz9tRb3W o;r+d&<é";
pub(crate) const PASSPHRASE: &str = "Fh6jQc1N pass phrase+/&";
pub(crate) const PROXY_PASSWORD: &str = "Vb5gHk8J2mXw";
pub(crate) const CARD: &str = "4539148803436467";

pub(crate) const CANARIES: [(&str, &str); 6] = [
    ("the API key", API_KEY),
    ("the session", SESSION),
    ("the password", PASSWORD),
    ("the passphrase", PASSPHRASE),
    ("the card number", CARD),
    ("the proxy's password", PROXY_PASSWORD),
];

/// Returns the canaries that occur in a text, and in which encoding.
pub(crate) fn sightings(text: &str) -> Vec<String> {
    static FORMS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let forms = CANARIES.iter().flat_map(|(name, canary)| {
            let forms = forms::of(canary).into_iter();
            forms.map(move |(how, form)| (format!("{name}, {how}"), form))
        });
        forms.collect()
    });
    let seen = FORMS.iter().filter(|(_, form)| text.contains(form.as_str()));
    seen.map(|(what, form)| format!("{what}: {form}")).collect()
}

#[track_caller]
pub(crate) fn assert_unseen(text: &str, context: &str) {
    let seen = sightings(text);
    assert!(seen.is_empty(), "{context}: {seen:#?} in:\n{text}");
}

/// The same for an error: everything that it can print.
#[track_caller]
pub(crate) fn assert_silent(error: &Error, context: &str) {
    assert_unseen(&everything_it_says(error), context);
}

/// The same for the log of the process, to which all tests write.
#[track_caller]
pub(crate) fn assert_log_unseen(log: &Log) {
    assert_lines_unseen(&log.text());
}

/// The same for a part of the log.
#[track_caller]
pub(crate) fn assert_lines_unseen(text: &str) {
    if sightings(text).is_empty() {
        return;
    }
    let seen: Vec<_> = text.lines().filter(|line| !sightings(line).is_empty()).collect();
    panic!("the log: {seen:#?}");
}

/// Returns everything that an error and its sources can print.
pub(crate) fn everything_it_says(error: &Error) -> String {
    let mut said = vec![format!(
        "{error}\n{error:?}\n{error:#?}\n{:?}\n{:?}",
        error.excerpt(),
        error.hint()
    )];
    said.extend(
        error
            .decode_error()
            .map(|decode| format!("{decode}\n{decode:?}\n{:?}", decode.kind())),
    );
    let mut source = error.source();
    while let Some(cause) = source {
        said.push(format!("{cause}\n{cause:?}"));
        source = cause.source();
    }
    said.join("\n")
}
