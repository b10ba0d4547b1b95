//! Answers that repeat what they were asked with.

use spektrix_v2::Error;
use spektrix_v2::operations::AuthenticateCustomer;

use super::{
    API_KEY, CANARIES, CARD, PASSWORD, SESSION, assert_log_unseen, assert_silent, assert_unseen, credentials, forms,
    listen, session,
};
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};
use crate::secrets::replies;

/// Sends a request that carries all secrets that a request can carry.
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
async fn no_error_repeats_what_the_request_carried() {
    let log = listen();
    for canary in [API_KEY, SESSION, PASSWORD] {
        for (how, form) in forms::of(canary) {
            // Of these only the whole can be recognised.
            if ["its beginning", "its end", "as a list of bytes", "in hexadecimal"].contains(&how) {
                continue;
            }
            for (index, reply) in replies(&form).into_iter().enumerate() {
                assert_silent(&error_of(reply).await, &format!("{form}, answer {index}"));
            }
        }
    }
    for canary in [API_KEY, SESSION] {
        for (index, reply) in replies(canary).into_iter().enumerate() {
            assert_silent(
                &error_of_list(reply).await,
                &format!("{canary}, answer {index} to a list"),
            );
        }
    }
    assert_log_unseen(log);
}

#[tokio::test]
async fn a_card_number_on_an_error_page_is_not_quoted() {
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

/// The beginning of a secret is left where a page is cut.
#[tokio::test]
async fn a_page_that_is_cut_within_a_secret_does_not_show_its_beginning() {
    const LIMIT: usize = 64 * 1024;
    for (name, canary) in CANARIES.iter().take(3) {
        for left in [8, 10, canary.len() - 1] {
            let hidden = "x".repeat(LIMIT - left - "<!---->".len());
            let page = format!("<!--{hidden}-->{canary}");
            assert_silent(
                &error_of(Reply::status(500, page)).await,
                &format!("{name}, {left} bytes left"),
            );
        }
    }
}

#[tokio::test]
async fn a_panic_over_an_error_does_not_show_a_secret() {
    for canary in [API_KEY, SESSION, PASSWORD] {
        let error = error_of(Reply::status(400, canary)).await;
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| panic!("{error:?} {error}")));
        let message = panic.unwrap_err().downcast_ref::<String>().cloned().unwrap();
        assert!(message.contains("400 Bad Request"), "{message}");
        assert_unseen(&message, "a panic");
    }
}
