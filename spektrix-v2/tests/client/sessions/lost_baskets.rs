//! Tests of expired baskets: the service starts a new session, and the loss is counted and logged.

use std::time::Duration;

use bytes::Bytes;
use spektrix_v2::operations::DeleteBasketItem;
use spektrix_v2::{BasketItemId, Method, Session, SessionId, TransportError, TransportErrorKind};
use tokio::task::yield_now;

use super::{basket, cookies, id_of, new_session, starts, ticket};
use crate::errors::predicates;
use crate::scripted::{Reply, Scripted};
use spektrix_v2_test_support::canary::Log;

/// The response to a read of the basket.
fn basket_with(items: usize) -> Reply {
    let tickets = "<Ticket id=\"1\"/>".repeat(items / 2);
    let merchandise = "<MerchandiseItem id=\"2\"/>".repeat(items - items / 2);
    Reply::ok(format!("<Basket>{merchandise}{tickets}</Basket>"))
}

const WARNING: &str = "the service no longer knew the session";

#[tokio::test]
async fn a_change_of_an_expired_basket_counts_as_a_loss() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let replies = [
        starts("a1"),
        Reply::ok(""),
        starts("a1"),
        starts("b2"),
        basket_with(1),
        starts("c3"),
        basket_with(1),
    ];
    let transport = Scripted::new(replies);
    let session = new_session(&transport);
    let clone = session.clone();
    // A response without a cookie, or with the same one, means the same basket.
    for (lost, id) in [(0, "a1"), (0, "a1"), (0, "a1"), (1, "b2"), (2, "c3")] {
        session.add(ticket()).await.unwrap();
        assert_eq!((session.lost_baskets(), clone.lost_baskets()), (lost, lost));
        assert_eq!(id_of(&session).as_deref(), Some(id));
    }
    let sent = [
        None,
        Some("a1"),
        Some("a1"),
        Some("a1"),
        Some("b2"),
        Some("b2"),
        Some("c3"),
    ];
    assert_eq!(transport.cookies(), cookies(sent));
    assert_eq!(log.text().matches(WARNING).count(), 2, "{}", log.text());
}

/// The service changed the identifier, and kept the basket.
#[tokio::test]
async fn a_new_identifier_with_the_same_basket_is_no_loss() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([
        starts("a1"),
        starts("b2"),
        basket_with(3),
        starts("c3"),
        basket_with(3),
        starts("d4"),
        basket_with(2),
        Reply::ok(""),
    ]);
    let session = new_session(&transport);
    session.add([ticket(), ticket()]).await.unwrap();
    session.add(ticket()).await.unwrap();
    session.set_promo_codes(["SPRING"]).await.unwrap();
    assert_eq!((session.lost_baskets(), id_of(&session).as_deref()), (0, Some("c3")));
    // The same without an item.
    session.set_promo_codes(["SPRING"]).await.unwrap();
    assert_eq!(session.lost_baskets(), 1);
    // Without a new identifier, nothing is read.
    session.add(ticket()).await.unwrap();
    assert_eq!(transport.requests().len(), 8);
    assert_eq!(log.text().matches(WARNING).count(), 1, "{}", log.text());
}

/// If the result is unknown, no loss is counted.
#[tokio::test]
async fn a_basket_that_cannot_be_read_is_checked_later() {
    let unreadable = [
        Reply::status(404, ""),
        Reply::status(503, ""),
        Reply::ok("<html>Down for maintenance</html>"),
        Reply::ok("<Basket><Ticket"),
        Reply::Fail(TransportError::new(TransportErrorKind::Closed, "")),
    ];
    for reply in unreadable {
        let transport = Scripted::new([starts("a1"), starts("b2"), reply, Reply::ok(""), basket_with(2)]);
        let session = new_session(&transport);
        for lost in [0, 0, 1] {
            session.add(ticket()).await.unwrap();
            assert_eq!(session.lost_baskets(), lost);
        }
    }
}

#[tokio::test]
async fn an_empty_or_unknown_basket_cannot_be_lost() {
    // The session of other software.
    let transport = Scripted::new([starts("b2"), Reply::ok("")]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    session.add(ticket()).await.unwrap();
    // What was added is removed, bought, or not an item.
    session.send(DeleteBasketItem::new(BasketItemId::new(1))).await.unwrap();
    assert_eq!((session.lost_baskets(), transport.requests().len()), (0, 2));

    let order = Reply::ok(
        "<Order id=\"1\"><Date>2026-01-01T00:00:00</Date><DateUtc>2026-01-01T00:00:00Z</DateUtc><Total>1</Total></Order>",
    );
    let transport = Scripted::new([starts("a1"), order, starts("b2"), Reply::ok(""), starts("c3")]);
    let session = new_session(&transport);
    session.add(ticket()).await.unwrap();
    session.confirm().await.unwrap();
    session.add(ticket()).await.unwrap();
    session.send(DeleteBasketItem::new(BasketItemId::new(1))).await.unwrap();
    let unreadable = Some(Bytes::from_static(b"<Other/>"));
    session
        .raw(Method::Post, "basket/items", &[], unreadable)
        .await
        .unwrap();
    assert_eq!((session.lost_baskets(), transport.requests().len()), (0, 5));
}

#[tokio::test]
async fn a_restored_session_knows_whether_its_basket_is_lost() {
    let first = || starts("a1").with_header("set-cookie", "lb=east; path=/");
    let lost = Scripted::new([first(), Reply::ok(""), starts("b2"), basket_with(1)]);
    let rotated = Scripted::new([first(), Reply::ok(""), starts("b2"), basket_with(3)]);
    for (transport, expected) in [(lost, 1), (rotated, 0)] {
        let session = new_session(&transport);
        session.add(ticket()).await.unwrap();
        session.add(ticket()).await.unwrap();
        let saved = session.save().unwrap();
        assert!(saved.expose().starts_with("spektrix-session.3."), "{}", saved.expose());
        let restored = Session::restore(session.client(), saved.expose()).unwrap();
        restored.add(ticket()).await.unwrap();
        assert_eq!(restored.lost_baskets(), expected);
        assert_eq!(transport.cookies()[2].as_deref(), Some("SessionId=a1; lb=east"));
    }
}

#[tokio::test]
async fn reading_an_expired_basket_is_an_error_and_not_a_loss() {
    let transport = Scripted::new([
        Reply::status(404, ""),
        Reply::status(404, "").with_header("set-cookie", "SessionId="),
    ]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    let error = session.basket().await.unwrap_err();
    assert_eq!(predicates(&error), ["not_found", "session_expired"]);
    assert_eq!(id_of(&session).as_deref(), Some("a1"));
    // This response ends the session.
    assert!(session.basket().await.unwrap_err().is_session_expired());
    assert_eq!(session.id(), None);
    assert!(session.basket().await.unwrap_err().is_session_expired());
    assert_eq!(transport.requests().len(), 2);
}

/// The response to a read with the old cookie may arrive after a change has started a new session.
#[tokio::test(start_paused = true)]
async fn a_late_response_does_not_restore_an_old_session() {
    for late in ["SessionId=", "SessionId=a1", "SessionId=d4"] {
        let transport = Scripted::new([
            Reply::After(
                Duration::from_secs(1),
                Box::new(basket().with_header("set-cookie", late)),
            ),
            starts("b2"),
        ]);
        let session = transport.client().resume_session(SessionId::new("a1").unwrap());
        let read = tokio::spawn(session.basket().into_future());
        yield_now().await;
        session.add(ticket()).await.unwrap();
        read.await.unwrap().unwrap();
        assert_eq!(id_of(&session).as_deref(), Some("b2"), "{late}");
    }
}
