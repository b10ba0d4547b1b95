//! From no session to one, and what comes of an answer without the cookie.

use spektrix_v2::iframe::{Payer, Site};
use spektrix_v2::operations::{AddBasketItems, AuthenticateCustomer, GetBasket};
use spektrix_v2::{Basket, BasketItemId, Customer, CustomerCredentials, CustomerId, Error};

use super::{basket, begins, cookies, fresh, id_of, ticket};
use crate::canary::search::Log;
use crate::errors::predicates;
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};

#[tokio::test]
async fn the_first_change_begins_it_and_the_rest_belongs_to_it() {
    let transport = Scripted::new([begins("a1"), basket(), Reply::ok("<Events/>"), Reply::ok(""), basket()]);
    let session = fresh(&transport);
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
async fn a_change_outside_of_a_session_is_warned_of() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let transport = Scripted::new([Reply::status(400, ""), Reply::ok("<Events/>"), begins("a1")]);
    let client = transport.client();
    client.send(AddBasketItems::new(ticket())).await.unwrap_err();
    client.send(ListIds::default()).await.unwrap();
    let warning = "a basket was changed outside of a session";
    assert!(!log.text().contains(warning));
    client.send(AddBasketItems::new(ticket())).await.unwrap();
    assert!(log.text().contains(warning), "{}", log.text());
}

/// A call may be made before the session begins: what counts is when it is sent.
#[tokio::test]
async fn a_call_takes_the_cookie_when_it_is_sent() {
    let transport = Scripted::new([begins("a1"), basket()]);
    let session = fresh(&transport);
    let read = session.basket();
    session.add(ticket()).await.unwrap();
    read.await.unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1")]));
}

#[tokio::test]
async fn whatever_begins_a_session_does() {
    let customer = || Reply::ok("<Customer id='7'/>").with_session("a1");
    let transport = Scripted::new([customer()]);
    let session = fresh(&transport);
    let who = session.authenticate("ada@example.org", "correct horse").await.unwrap();
    assert_eq!(who.id, Some(CustomerId::new(7)));
    assert_eq!(id_of(&session).as_deref(), Some("a1"));
    let body = transport.requests()[0].body().clone();
    let body = std::str::from_utf8(&body).unwrap();
    assert!(
        body.contains("<AddToBasket>true</AddToBasket><Email>ada@example.org</Email>"),
        "{body}"
    );

    let transport = Scripted::new([begins("b2")]);
    let session = fresh(&transport);
    session.set_promo_codes(["SPRING"]).await.unwrap();
    assert_eq!(id_of(&session).as_deref(), Some("b2"));
}

#[tokio::test]
async fn what_needs_a_session_is_not_sent_before_there_is_one() {
    let transport = Scripted::default();
    let session = fresh(&transport);
    let site = Site::new("venue").unwrap();
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
        session.remove_item(BasketItemId::new(1)).await.unwrap_err(),
        session
            .payment_iframe(&site, payer, "https://venue.example/")
            .unwrap_err(),
    ];
    for error in errors {
        assert_eq!(predicates(&error), ["session_expired"], "{error}");
        assert!(!error.may_have_been_applied());
        assert!(
            error
                .to_string()
                .contains("nothing was sent: there is no session: a change of the basket begins"),
            "{error}"
        );
    }
    assert!(transport.requests().is_empty());
}

async fn first_change(reply: Reply) -> (Option<String>, Result<(), Error>) {
    let session = fresh(&Scripted::new([reply]));
    let result = session.add(ticket()).await;
    (id_of(&session), result)
}

#[tokio::test]
async fn a_basket_that_cannot_be_reached_again_is_an_error() {
    let odd = |value: &str| Reply::ok("").with_header("set-cookie", value);
    let cases = [
        (Reply::ok(""), "without the cookie `SessionId`"),
        (odd("session=a1"), "without the cookie `SessionId`"),
        (odd("SessionId=; path=/"), "without the cookie `SessionId`"),
        (
            odd("SessionId=a b"),
            "with a cookie `SessionId` that cannot be sent back",
        ),
        (
            odd("SessionId=a\\b"),
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
                .contains(&format!("the service answered 200 OK, but {what}: ")),
            "{error}"
        );
        assert!(
            error.hint().unwrap().contains("check that nothing on the way takes"),
            "{error}"
        );
    }
}

/// To sign in begins a session only if it is asked for.
#[tokio::test]
async fn to_sign_in_needs_no_cookie() {
    let customer = || Reply::ok("<Customer id='7'/>");
    let transport = Scripted::new([customer(), customer()]);
    let session = fresh(&transport);
    session.client().authenticate("ada@example.org", "pw").await.unwrap();
    let credentials = CustomerCredentials::new("ada@example.org", "pw");
    let answer: Customer = session.send(AuthenticateCustomer::new(credentials)).await.unwrap();
    assert_eq!(answer.id, Some(CustomerId::new(7)));
    assert_eq!(session.id(), None);
    let bodies = transport.requests();
    assert!(
        bodies
            .iter()
            .all(|request| !request.body().windows(11).any(|part| part == b"AddToBasket"))
    );
}

#[tokio::test]
async fn a_refusal_keeps_its_own_reason_and_its_cookie() {
    let (id, result) = first_change(Reply::status(400, "No such plan").with_session("a1")).await;
    assert_eq!(id.as_deref(), Some("a1"));
    assert!(result.unwrap_err().is_validation());
    let (id, result) =
        first_change(Reply::status(400, "No such plan").with_header("set-cookie", "SessionId=a b")).await;
    assert_eq!(id, None);
    assert!(result.unwrap_err().is_validation());
}

#[tokio::test]
async fn the_service_may_end_it() {
    let over = "SessionId=a1; expires=Thu, 01-Jan-1970 00:00:00 GMT; path=/";
    let order = Reply::ok(
        "<Order id='3'><Date>2026-12-01T10:00:00</Date><DateUtc>2026-12-01T10:00:00Z</DateUtc><Total>0</Total></Order>",
    );
    let transport = Scripted::new([
        begins("a1"),
        order.with_header("set-cookie", over),
        begins("b2"),
        basket(),
    ]);
    let session = fresh(&transport);
    session.add(ticket()).await.unwrap();
    session.confirm().await.unwrap();
    assert_eq!(session.id(), None);
    assert!(session.basket().await.unwrap_err().is_session_expired());
    session.update_basket(Basket::new()).await.unwrap();
    session.send(GetBasket::new()).await.unwrap();
    assert_eq!(transport.cookies(), cookies([None, Some("a1"), None, Some("b2")]));
    assert_eq!(session.lost_baskets(), 0, "it was ended, and became an order");
}
