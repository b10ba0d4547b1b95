//! Tests that search everything that a program can show for secrets: errors, `Debug` output, logs of every crate, panics.
//!
//! Each secret is a canary: a string that occurs nowhere else. The tests search for it unencoded, and in every encoding in
//! which it could appear: percent-encoded, in base64, in markup, as bytes.

mod connections;
mod customer_data;
mod damaged_pem;
mod names;
#[cfg(feature = "encrypted-keys")]
mod passphrases;
mod proxy;
mod responses;
mod settings;
#[cfg(target_os = "linux")]
mod wiped;

use spektrix_v2::{Client, ClientBuilder, CustomerCredentials, Secret, Session, SessionId};

pub(crate) use spektrix_v2_test_support::canary::{API_KEY, assert_unseen};
use spektrix_v2_test_support::canary::{
    CANARIES, CARD, Log, PASSPHRASE, PASSWORD, PROXY_PASSWORD, SESSION, assert_log_unseen, assert_silent, encodings,
    listen, sightings,
};

/// Returns a session whose requests carry the API key and the session.
fn session(builder: ClientBuilder) -> Session {
    client(builder).resume_session(SessionId::new(SESSION).unwrap())
}

fn client(builder: ClientBuilder) -> Client {
    builder.api_key(API_KEY).build().unwrap()
}

/// Returns a value with the password.
fn credentials() -> CustomerCredentials {
    CustomerCredentials::new("web@theatre.example", Secret::new(PASSWORD))
}

#[test]
fn the_search_finds_every_encoding() {
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
    assert_unseen("GetEvents (GET events): *** api_key=***", "a text without secrets");
}
