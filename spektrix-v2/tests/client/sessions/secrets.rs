//! Tests that a new cookie from the service is kept secret, like one that was sent.

use spektrix_v2::operations::AddBasketItems;
use spektrix_v2::testing;

use super::{basket, new_session, starts, ticket};
use crate::authority::Authority;
use crate::operations::{NeedsSession, RetiredWrite};
use crate::scripted::{Reply, Scripted};
use crate::server::{Server, Setup, Then};
use spektrix_v2_test_support::canary::{Log, everything_printed};

const NEW: &str = "n3wC00kie+/==";

#[tokio::test]
async fn no_error_repeats_a_new_cookie() {
    let page = format!("<p>No basket {NEW}, n3wC00kie%2B%2F%3D%3D or n3wC00</p>");
    for within in [true, false] {
        for reply in [
            Reply::status(500, page.clone()),
            Reply::status(400, page.clone()),
            Reply::ok(NEW),
        ] {
            let transport = Scripted::new([reply.with_session(NEW)]);
            let session = new_session(&transport);
            let result = if within {
                session.send(RetiredWrite::default()).await
            } else {
                session.client().send(AddBasketItems::new(ticket())).await
            };
            let said = everything_printed(&result.unwrap_err());
            assert!(!said.contains("n3wC00"), "{said}");
        }
    }
    let transport = Scripted::new([
        starts("old"),
        Reply::ok(format!("<Event id='{NEW}'/>")).with_session(NEW),
    ]);
    let session = new_session(&transport);
    session.add(ticket()).await.unwrap();
    let error = session.send(NeedsSession).await.unwrap_err();
    assert!(error.is_decode());
    assert!(!everything_printed(&error).contains("n3wC00"), "{error}");
}

#[tokio::test]
async fn neither_logs_nor_debug_output_contain_the_cookie() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([starts("old"), starts(NEW), basket(), Reply::status(404, "")]);
    let session = new_session(&transport);
    assert!(format!("{session:?} {:?}", session.basket()).contains("not started"));
    session.add(ticket()).await.unwrap();
    session.add(ticket()).await.unwrap();
    session.basket().await.unwrap_err();
    let printed = format!(
        "{session:#?} {:?} {:?} {:?}",
        session.id(),
        session.save(),
        session.basket()
    );
    assert!(printed.contains("SessionId(***)"), "{printed}");
    assert!(!printed.contains("n3wC00"), "{printed}");
    let text = log.text();
    assert!(text.contains("started a new one"), "{text}");
    assert!(!text.contains("n3wC00"), "{text}");
}

/// The HTTP libraries see the headers as they are sent.
#[tokio::test]
async fn no_library_logs_a_new_cookie() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let authority = Authority::new("a root");
    let then = Then::Respond(
        "HTTP/1.1 200 OK\r\nset-cookie: SessionId=n3wC00kie; path=/; secure; HttpOnly\r\nconnection: close\r\n\r\n",
    );
    let server = Server::start(Setup::new(&authority, then)).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    let session = client.session();
    session.add(ticket()).await.unwrap();
    assert_eq!(session.id().unwrap().expose(), "n3wC00kie");
    let text = log.text();
    assert!(text.contains("hyper"), "the log contains the libraries' events: {text}");
    assert!(!text.contains("n3wC00kie"), "{text}");
}

#[tokio::test]
async fn a_replay_can_start_a_session() {
    let replay = testing::Replay::new()
        .respond("AddBasketItems", testing::Reply::ok("").with_session("a1"))
        .respond("GetBasket", "<Basket><Ticket id='1'/></Basket>");
    let capture = testing::Capture::new(replay);
    let client = Scripted::default()
        .builder()
        .transport(capture.clone())
        .build()
        .unwrap();
    let session = client.session();
    session.add(ticket()).await.unwrap();
    assert_eq!(session.basket().await.unwrap().tickets.len(), 1);
    let with_session: Vec<_> = capture.requests().iter().map(|request| request.with_session).collect();
    assert_eq!(with_session, [false, true]);
}
