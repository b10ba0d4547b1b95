//! Tests of how a session starts, and of responses without a usable cookie.

use bytes::Bytes;
use spektrix_v2::iframe::Payer;
use spektrix_v2::operations::{AddBasketItems, AuthenticateCustomer, GetBasket};
use spektrix_v2::{Basket, BasketItemId, Customer, CustomerCredentials, CustomerId, Error, Method};

use super::{basket, cookies, id_of, new_session, starts, ticket};
use crate::errors::predicates;
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};
use spektrix_v2_test_support::canary::Log;

#[tokio::test]
async fn the_first_change_starts_a_session_for_later_calls() {
    let transport = Scripted::new([starts("a1"), basket(), Reply::ok("<Events/>"), Reply::ok(""), basket()]);
    let session = new_session(&transport);
    assert_eq!(session.id(), None);
    session.add(ticket()).await.unwrap();
    assert_eq!(id_of(&session).as_deref(), Some("a1"));
    session.clone().basket().await.unwrap();
    session.send(ListIds::default()).await.unwrap();
    session.client().send(AddBasketItems::new(ticket())).await.unwrap();
    session.basket().await.unwrap();
    let a1 = Some("a1");
    assert_eq!(transport.cookies(), cookies([None, a1, a1, None, a1]));
    assert!(transport.requests()[1].headers()["cookie"].is_sensitive());
}

#[tokio::test]
async fn a_change_outside_of_a_session_logs_a_warning() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([Reply::status(400, ""), Reply::ok("<Events/>"), starts("a1")]);
    let client = transport.client();
    client.send(AddBasketItems::new(ticket())).await.unwrap_err();
    client.send(ListIds::default()).await.unwrap();
    let warning = "a basket was changed outside of a session";
    assert!(!log.text().contains(warning));
    client.send(AddBasketItems::new(ticket())).await.unwrap();
    assert!(log.text().contains(warning), "{}", log.text());
}

#[tokio::test]
async fn raw_calls_of_a_session_carry_its_cookie() {
    let transport = Scripted::new([starts("a1"), basket(), Reply::status(404, ""), Reply::ok("")]);
    let session = new_session(&transport);
    let items = Some(Bytes::from_static(b"<BasketItems/>"));
    session
        .raw(Method::Post, "/basket/items", &[], items.clone())
        .await
        .unwrap();
    session.raw(Method::Get, "basket", &[], None).await.unwrap();
    let expired = session.raw(Method::Get, "basket", &[], None).await.unwrap_err();
    assert!(expired.is_session_expired(), "{expired}");
    session.client().raw(Method::Get, "basket", &[], None).await.unwrap();
    let a1 = Some("a1");
    assert_eq!(transport.cookies(), cookies([None, a1, a1, None]));

    let without_cookie = new_session(&Scripted::new([Reply::ok("")]));
    let lost = without_cookie
        .raw(Method::Post, "basket/items", &[], items)
        .await
        .unwrap_err();
    assert!(lost.may_have_been_applied(), "{lost}");
}

/// A call may be created before the session starts.
#[tokio::test]
async fn a_call_gets_the_cookie_when_it_is_sent() {
    let transport = Scripted::new([starts("a1"), basket()]);
    let session = new_session(&transport);
    let read = session.basket();
    session.add(ticket()).await.unwrap();
    read.await.unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1")]));
}

#[tokio::test]
async fn authenticating_and_updating_can_start_a_session() {
    let customer = || Reply::ok("<Customer id='7'/>").with_session("a1");
    let transport = Scripted::new([customer()]);
    let session = new_session(&transport);
    let signed_in = session.authenticate("ada@example.org", "correct horse").await.unwrap();
    assert_eq!(signed_in.id, Some(CustomerId::new(7)));
    assert_eq!(id_of(&session).as_deref(), Some("a1"));
    let body = transport.requests()[0].body().clone();
    let body = std::str::from_utf8(&body).unwrap();
    assert!(
        body.contains("<AddToBasket>true</AddToBasket><Email>ada@example.org</Email>"),
        "{body}"
    );

    let transport = Scripted::new([starts("b2")]);
    let session = new_session(&transport);
    session.set_promo_codes(["SPRING"]).await.unwrap();
    assert_eq!(id_of(&session).as_deref(), Some("b2"));
}

#[tokio::test]
async fn calls_that_need_a_session_are_not_sent_without_one() {
    let transport = Scripted::default();
    let session = new_session(&transport);
    let payer = Payer {
        name: "A",
        line1: "1",
        town: "T",
        postcode: "P",
        country: "UK",
    };
    let errors = [
        session.basket().await.unwrap_err(),
        session.related_data().await.unwrap_err(),
        session.keep_alive().await.unwrap_err(),
        session.confirm().await.unwrap_err(),
        session.update_items(ticket()).await.unwrap_err(),
        session.delete_item(BasketItemId::new(1)).await.unwrap_err(),
        session.payment_iframe(payer, "https://venue.example/").unwrap_err(),
    ];
    for error in errors {
        assert_eq!(predicates(&error), ["session_expired"], "{error}");
        assert!(!error.may_have_been_applied());
        assert!(
            error
                .to_string()
                .contains("not sent: the session has not started, or it ended: a change of the basket starts"),
            "{error}"
        );
    }
    assert!(transport.requests().is_empty());
}

async fn first_change(reply: Reply) -> (Option<String>, Result<(), Error>) {
    let session = new_session(&Scripted::new([reply]));
    let result = session.add(ticket()).await;
    (id_of(&session), result)
}

#[tokio::test]
async fn a_first_change_without_a_usable_cookie_is_an_error() {
    let with_cookie = |value: &str| Reply::ok("").with_header("set-cookie", value);
    let cases = [
        (Reply::ok(""), "without the cookie `SessionId`"),
        (with_cookie("session=a1"), "without the cookie `SessionId`"),
        (with_cookie("SessionId=; path=/"), "without the cookie `SessionId`"),
        (
            with_cookie("SessionId=a b"),
            "with a cookie `SessionId` that cannot be sent back",
        ),
        (
            with_cookie("SessionId=a\\b"),
            "with a cookie `SessionId` that cannot be sent back",
        ),
    ];
    for (reply, what) in cases {
        let (id, result) = first_change(reply).await;
        let error = result.unwrap_err();
        assert_eq!(id, None, "{what}");
        assert_eq!(predicates(&error), ["decode"]);
        assert!(error.may_have_been_applied());
        assert_eq!(error.status().unwrap(), 200);
        assert!(
            error
                .to_string()
                .contains(&format!("AddBasketItems: 200 OK, but {what}: ")),
            "{error}"
        );
        assert!(error.hint().unwrap().contains("Check that nothing between"), "{error}");
    }
}

/// The service starts a session when a customer signs in only if the request asks for a basket.
#[tokio::test]
async fn signing_in_without_a_cookie_is_not_an_error() {
    let customer = || Reply::ok("<Customer id='7'/>");
    let transport = Scripted::new([customer(), customer()]);
    let session = new_session(&transport);
    session.client().authenticate("ada@example.org", "pw").await.unwrap();
    let credentials = CustomerCredentials::new("ada@example.org", "pw");
    let response: Customer = session.send(AuthenticateCustomer::new(credentials)).await.unwrap();
    assert_eq!(response.id, Some(CustomerId::new(7)));
    assert_eq!(session.id(), None);
    let bodies = transport.requests();
    assert!(
        bodies
            .iter()
            .all(|request| !request.body().windows(11).any(|part| part == b"AddToBasket"))
    );
}

#[tokio::test]
async fn an_error_response_keeps_its_reason_and_its_cookie() {
    let (id, result) = first_change(Reply::status(400, "No such plan").with_session("a1")).await;
    assert_eq!(id.as_deref(), Some("a1"));
    assert!(result.unwrap_err().is_validation());
    let (id, result) =
        first_change(Reply::status(400, "No such plan").with_header("set-cookie", "SessionId=a b")).await;
    assert_eq!(id, None);
    assert!(result.unwrap_err().is_validation());
}

#[tokio::test]
async fn the_service_can_end_a_session() {
    let over = "SessionId=a1; expires=Thu, 01-Jan-1970 00:00:00 GMT; path=/";
    let order = Reply::ok(
        "<Order id='3'><Date>2026-12-01T10:00:00</Date><DateUtc>2026-12-01T10:00:00Z</DateUtc><Total>0</Total></Order>",
    );
    let transport = Scripted::new([
        starts("a1"),
        order.with_header("set-cookie", over),
        starts("b2"),
        basket(),
    ]);
    let session = new_session(&transport);
    session.add(ticket()).await.unwrap();
    session.confirm().await.unwrap();
    assert_eq!(session.id(), None);
    assert!(session.basket().await.unwrap_err().is_session_expired());
    session.update_basket(Basket::new()).await.unwrap();
    session.send(GetBasket::new()).await.unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1"), None, Some("b2")]));
    assert_eq!(session.lost_baskets(), 0, "the basket became an order, it was not lost");
}
