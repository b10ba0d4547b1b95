//! Looks for secrets in everything that can be seen: texts of errors and of values, logs of every crate, panics.
//!
//! Each secret is a canary: a text of its own that stands nowhere else. It is looked for as it is, and as it would look
//! percent-encoded, in base64, in markup, and printed as bytes.

mod answers;
mod bodies;
mod connections;
mod forms;
mod log;
#[cfg(feature = "encrypted-keys")]
mod passphrases;
mod proxy;
mod settings;
#[cfg(target_os = "linux")]
mod wiped;

use std::sync::LazyLock;

use spektrix_v2::{Client, ClientBuilder, CustomerCredentials, Error, Secret, Session, SessionId};

use crate::log::Log;
use crate::secrets::everything_it_says;

pub(crate) const API_KEY: &str = "Kq7vX2mP y+/&1é<\"z";
pub(crate) const SESSION: &str = "Sw4nL8dT'z/+x==";
pub(crate) const PASSWORD: &str = "Pz9tRb3W o;r+d&<é";
pub(crate) const PASSPHRASE: &str = "Fh6jQc1N pass phrase+/&";
pub(crate) const PROXY_PASSWORD: &str = "Vb5gHk8J2mXw";
pub(crate) const CARD: &str = "4539148803436467";

const CANARIES: [(&str, &str); 6] = [
    ("the API key", API_KEY),
    ("the session", SESSION),
    ("the password", PASSWORD),
    ("the passphrase", PASSPHRASE),
    ("the card number", CARD),
    ("the proxy's password", PROXY_PASSWORD),
];

/// The canaries that show in a text, and how.
fn sightings(text: &str) -> Vec<String> {
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

/// The same for an error: all that it says.
#[track_caller]
fn assert_silent(error: &Error, context: &str) {
    assert_unseen(&everything_it_says(error), context);
}

/// The same for the log of the whole process, whichever test wrote it.
#[track_caller]
fn assert_log_unseen(log: &Log) {
    let text = log.text();
    if sightings(&text).is_empty() {
        return;
    }
    let seen: Vec<_> = text.lines().filter(|line| !sightings(line).is_empty()).collect();
    panic!("the log: {seen:#?}");
}

/// A session whose requests carry the key and the session.
fn session(builder: ClientBuilder) -> Session {
    client(builder).resume_session(SessionId::new(SESSION).unwrap())
}

fn client(builder: ClientBuilder) -> Client {
    builder.api_key(API_KEY).build().unwrap()
}

/// A value that carries the password.
fn credentials() -> CustomerCredentials {
    CustomerCredentials::new("web@theatre.example", Secret::new(PASSWORD))
}

#[test]
fn a_canary_is_seen_in_every_form() {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    for (name, canary) in CANARIES {
        let in_context = format!("user:{canary}@host");
        let texts = [
            in_context.clone(),
            format!("{in_context:?}"),
            format!("{:?}", in_context.as_bytes()),
            STANDARD.encode(canary),
            URL_SAFE_NO_PAD.encode(&in_context),
            canary[..10].to_owned(),
        ];
        for text in texts {
            let seen = sightings(&text);
            assert!(
                seen.iter().any(|seen| seen.starts_with(name)),
                "{name} in {text}: {seen:?}"
            );
        }
    }
    assert_unseen("GetEvents (GET events): *** api_key=***", "nothing is there");
}
