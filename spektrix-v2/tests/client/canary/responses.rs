//! Tests of responses that repeat the secrets of the request.

use spektrix_v2::Error;
use spektrix_v2::operations::AuthenticateCustomer;

use super::{
    API_KEY, CANARIES, CARD, PASSWORD, SESSION, assert_log_unseen, assert_silent, assert_unseen, credentials,
    encodings, listen, session,
};
use crate::operations::ListIds;
use crate::repeated_secrets::replies;
use crate::scripted::{Reply, Scripted};

/// Sends a request with every secret that a request can carry.
async fn error_of(reply: Reply) -> Error {
    let session = session(Scripted::new([reply]).builder());
    session
        .send(AuthenticateCustomer::new(credentials()))
        .await
        .unwrap_err()
}

async fn error_of_list(reply: Reply) -> Error {
    let session = session(Scripted::new([reply]).builder());
    session.send(ListIds::default()).await.unwrap_err()
}

#[tokio::test]
async fn no_error_repeats_the_secrets_of_the_request() {
    let log = listen();
    for canary in [API_KEY, SESSION, PASSWORD] {
        for (how, form) in encodings::of(canary) {
            // These are parts of a secret, or not an encoding that a server applies.
            if ["its beginning", "its end", "as a list of bytes"].contains(&how) {
                continue;
            }
            for (index, reply) in replies(&form).into_iter().enumerate() {
                assert_silent(&error_of(reply).await, &format!("{form}, response {index}"));
            }
        }
    }
    for canary in [API_KEY, SESSION] {
        for (index, reply) in replies(canary).into_iter().enumerate() {
            assert_silent(
                &error_of_list(reply).await,
                &format!("{canary}, response {index} to a list"),
            );
        }
    }
    assert_log_unseen(log);
}

#[tokio::test]
async fn an_error_does_not_quote_a_card_number() {
    let log = listen();
    let grouped = "4539 1488 0343 6467";
    let texts = [
        CARD.to_owned(),
        format!("<p>The card <b>{CARD}</b> was refused</p>"),
        format!("card={CARD}&amount=1"),
        grouped.to_owned(),
    ];
    for text in texts {
        for status in [400, 422, 500] {
            let error = error_of(Reply::status(status, text.clone())).await;
            assert!(!error.to_string().contains(grouped), "{error}");
            assert_silent(&error, &text);
        }
    }
    assert_log_unseen(log);
}

/// Where a long page is cut off, the beginning of a secret may remain.
#[tokio::test]
async fn a_page_cut_within_a_secret_shows_no_part_of_it() {
    const LIMIT: usize = 64 * 1024;
    for (name, canary) in CANARIES.iter().take(3) {
        for left in [8, 10, canary.len() - 1] {
            let hidden = "x".repeat(LIMIT - left - "<!---->".len());
            let page = format!("<!--{hidden}-->{canary}");
            assert_silent(
                &error_of(Reply::status(500, page)).await,
                &format!("{name}, {left} bytes remain"),
            );
        }
    }
}

#[tokio::test]
async fn a_panic_with_an_error_shows_no_secret() {
    for canary in [API_KEY, SESSION, PASSWORD] {
        let error = error_of(Reply::status(400, canary)).await;
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| panic!("{error:?} {error}")));
        let message = panic.unwrap_err().downcast_ref::<String>().cloned().unwrap();
        assert!(message.contains("400 Bad Request"), "{message}");
        assert_unseen(&message, "a panic");
    }
}
