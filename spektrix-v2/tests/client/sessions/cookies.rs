//! Tests of the cookies beside the session's identifier, of cookies with paths, and of identifiers that change.

use std::time::Duration;

use spektrix_v2::{Session, SessionId};
use tokio::task::yield_now;

use super::{basket, id_of, new_session, starts, ticket};
use crate::scripted::{Reply, Scripted};

fn sets(cookies: &[&str]) -> Reply {
    cookies
        .iter()
        .fold(Reply::ok(""), |reply, cookie| reply.with_header("set-cookie", cookie))
}

/// Returns the cookies of the next request, after responses that set these.
async fn sent_after(responses: &[&[&str]]) -> Option<String> {
    let replies = responses.iter().map(|cookies| sets(cookies));
    let transport = Scripted::new(replies.chain([Reply::ok("")]));
    let session = new_session(&transport);
    for _ in 0..=responses.len() {
        session.set_promo_codes(["SPRING"]).await.unwrap();
    }
    transport.cookies().pop().unwrap()
}

#[tokio::test]
async fn all_cookies_of_a_session_are_sent_back() {
    let id = "SessionId=a1; path=/";
    let cases: [(&[&[&str]], &str); 13] = [
        (
            &[&[id, "ARRAffinity=east; path=/; HttpOnly"]],
            "SessionId=a1; ARRAffinity=east",
        ),
        (&[&[id], &["lb=1"], &["mode=\"x\""]], "SessionId=a1; lb=1; mode=\"x\""),
        (&[&[id, "lb=1"], &["lb=2; path=/"]], "SessionId=a1; lb=2"),
        (&[&[id, "lb=1"], &["lb=; max-age=0"]], "SessionId=a1"),
        (&[&[id, "lb=1; max-age=600"]], "SessionId=a1; lb=1"),
        (&[&[id, "lb=1; expires=Thu, 01-Jan-1970 00:00:00 GMT"]], "SessionId=a1"),
        (&[&[id, "lb=1; path=/venue"]], "SessionId=a1; lb=1"),
        (&[&[id, "lb=1; path=/ven"]], "SessionId=a1"),
        (&[&[id, "lb=1; path=/other"]], "SessionId=a1"),
        (&[&[id, "lb=1", "lb=2; path=/venue/api"]], "SessionId=a1; lb=2; lb=1"),
        // Two identifiers with different paths are two cookies.
        (
            &[&[id, "SessionId=; path=/venue; expires=Thu, 01-Jan-1970 00:00:00 GMT"]],
            "SessionId=a1",
        ),
        (&[&[id, "SessionId=b2; path=/venue"]], "SessionId=b2"),
        (
            &[&[id, "SessionId=b2; path=/venue"], &["SessionId=; path=/venue"]],
            "SessionId=a1",
        ),
    ];
    for (responses, expected) in cases {
        assert_eq!(sent_after(responses).await.as_deref(), Some(expected), "{responses:?}");
    }
}

#[tokio::test]
async fn cookies_that_cannot_be_sent_are_not_kept() {
    let long = format!("lb={}", "x".repeat(5000));
    for cookie in ["l b=1", "=1", "lb(2)=1", long.as_str()] {
        let sent = sent_after(&[&["SessionId=a1; path=/", cookie]]).await;
        assert_eq!(sent.as_deref(), Some("SessionId=a1"), "{cookie}");
    }
    let many: Vec<_> = (0..99).map(|number| format!("lb{number}=1")).collect();
    let many: Vec<_> = many.iter().map(String::as_str).chain(["SessionId=a1"]).collect();
    let sent = sent_after(&[&many]).await.unwrap();
    assert_eq!(sent.matches("lb").count(), 50);
}

#[tokio::test]
async fn other_cookies_are_saved_and_restored() {
    let transport = Scripted::new([
        sets(&[
            "SessionId=a1; path=/",
            "lb=east; path=/",
            "short=1; max-age=600",
            "gone=1; path=/other",
        ]),
        basket(),
    ]);
    let session = new_session(&transport);
    session.set_promo_codes(["SPRING"]).await.unwrap();
    let saved = session.save().unwrap();
    assert!(saved.expose().starts_with("spektrix-session.2."), "{}", saved.expose());
    let restored = Session::restore(session.client(), saved.expose()).unwrap();
    assert_eq!(id_of(&restored).as_deref(), Some("a1"));
    restored.basket().await.unwrap();
    assert_eq!(
        transport.cookies()[1].as_deref(),
        Some("SessionId=a1; lb=east; short=1")
    );
    assert_eq!(restored.save().unwrap().expose(), saved.expose());
    let cut = &saved.expose()[..saved.expose().len() - 4];
    assert!(Session::restore(session.client(), cut).is_err());
}

/// The basket stays the same where the service could not have responded without it. After a change it is read.
#[tokio::test]
async fn a_new_identifier_is_only_checked_after_a_change() {
    type Call = fn(&Session) -> std::pin::Pin<Box<dyn Future<Output = bool> + Send + '_>>;
    let customer = || Reply::ok("<Customer id=\"7\"/>").with_session("b2");
    let cases: [(&str, Reply, Call, usize); 4] = [
        (
            "a read",
            basket().with_session("b2"),
            |session| Box::pin(async { session.basket().await.is_ok() }),
            0,
        ),
        (
            "keep-alive",
            starts("b2"),
            |session| Box::pin(async { session.keep_alive().await.is_ok() }),
            0,
        ),
        (
            "a sign-in",
            customer(),
            |session| Box::pin(async { session.authenticate("ada@example.org", "secret-1").await.is_ok() }),
            0,
        ),
        (
            "a change",
            starts("b2"),
            |session| Box::pin(async { session.add(ticket()).await.is_ok() }),
            1,
        ),
    ];
    for (what, reply, call, reads) in cases {
        let transport = Scripted::new([starts("a1"), reply, basket()]);
        let session = new_session(&transport);
        session.add(ticket()).await.unwrap();
        call(&session).await;
        assert_eq!(id_of(&session).as_deref(), Some("b2"), "{what}");
        assert_eq!(transport.requests().len(), 2 + reads, "{what}");
        assert_eq!(session.lost_baskets() as usize, reads, "{what}");
    }
}

/// A read with the old identifier is in flight while a sign-in replaces it.
#[tokio::test(start_paused = true)]
async fn a_read_with_an_old_identifier_is_sent_again() {
    let late = Reply::After(Duration::from_secs(1), Box::new(Reply::status(404, "")));
    let transport = Scripted::new([late, starts("b2"), basket()]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    let read = tokio::spawn(session.basket().into_future());
    yield_now().await;
    session.keep_alive().await.unwrap();
    read.await.unwrap().unwrap();
    let expected = ["SessionId=a1", "SessionId=a1", "SessionId=b2"].map(|cookie| Some(cookie.to_owned()));
    assert_eq!(transport.cookies(), expected);
}
