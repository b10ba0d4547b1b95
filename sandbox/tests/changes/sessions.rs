//! Sessions: one basket each, begun by a first change, for ten minutes after the last.

use std::time::Duration;

use spektrix_v2::operations::{
    AuthenticateCustomer, ConfirmOrder, GetBasket, GetBasketRelatedData, KeepAlive, UpdateBasketItems,
};
use spektrix_v2::{Basket, BasketItems, CustomerCredentials, CustomerId};
use spektrix_v2_sandbox::Sandbox;

use crate::visitor::{Visitor, expect_refusal, sandbox, ticket};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn the_first_change_begins_a_session() {
    let sandbox = sandbox().await;
    let credentials = CustomerCredentials::new("ada.sample@example.org", sandbox.seeded_password());
    let mut visitor = Visitor::new(&sandbox);
    visitor
        .call(AuthenticateCustomer::new(credentials.clone()))
        .await
        .expect("a customer");
    assert_eq!(visitor.session, None, "nothing was changed");

    let credentials = credentials.with_add_to_basket(true);
    visitor
        .call(AuthenticateCustomer::new(credentials))
        .await
        .expect("a customer");
    assert_eq!(visitor.basket().await.customer, Some(CustomerId::new(9001)));

    let mut other = Visitor::new(&sandbox);
    other.change(Basket::new()).await.expect("a session");
    assert_eq!(other.basket().await.customer, None);
    assert_ne!(visitor.session, other.session);

    let mut third = Visitor::new(&sandbox);
    let instance = third.on_sale(431, 5).await;
    third.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    let session = third.session.clone();
    third.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    assert_eq!(third.session, session, "there is one basket a session");
    assert_eq!(third.basket().await.tickets.len(), 2);
    assert!(other.basket().await.tickets.is_empty());
}

#[tokio::test]
async fn without_a_live_session_there_is_no_basket() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    for (session, words) in [(None, "has no cookie"), (Some("unknown"), "does not live")] {
        visitor.session = session.map(str::to_owned);
        expect_refusal(visitor.call(GetBasket::new()).await, 404, words);
        expect_refusal(visitor.call(GetBasketRelatedData::new()).await, 404, words);
        expect_refusal(visitor.call(KeepAlive::new()).await, 404, words);
        expect_refusal(
            visitor.call(UpdateBasketItems::new(BasketItems::new())).await,
            404,
            words,
        );
        expect_refusal(visitor.remove(1).await, 404, words);
        expect_refusal(visitor.call(ConfirmOrder::new()).await, 404, words);
    }
    visitor.change(Basket::new()).await.expect("a new session");
    assert_ne!(
        visitor.session.as_deref(),
        Some("unknown"),
        "nobody chooses a session's id"
    );
}

#[tokio::test]
async fn a_change_that_is_refused_begins_nothing() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let unknown = Basket::new().with_customer(CustomerId::new(1));
    expect_refusal(visitor.change(unknown).await, 400, "There is no customer 1");
    assert_eq!(visitor.session, None);
}

#[tokio::test]
async fn changes_and_keeping_alive_renew_and_reading_does_not() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let instance = visitor.on_sale(431, 9).await;
    visitor.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    sandbox.advance(9 * MINUTE);
    visitor.call(KeepAlive::new()).await.expect("it lives");
    sandbox.advance(9 * MINUTE);
    visitor.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    sandbox.advance(9 * MINUTE);
    assert_eq!(visitor.basket().await.tickets.len(), 2);
    sandbox.advance(2 * MINUTE);
    expect_refusal(visitor.call(GetBasket::new()).await, 404, "does not live");
    expect_refusal(visitor.call(KeepAlive::new()).await, 404, "does not live");

    let over = visitor.session.clone();
    visitor.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    assert_ne!(visitor.session, over, "a new session");
    assert_eq!(visitor.basket().await.tickets.len(), 1, "and a new basket");
}

#[tokio::test]
async fn an_expired_session_gives_everything_back() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let instance = visitor.on_sale(401, 5).await;
    let (seats, stock) = (visitor.seats(instance).await, visitor.stock(503).await);
    let band = spektrix_v2::BandId::new(12);
    visitor
        .add_tickets([
            ticket(instance, 402).with_band(band),
            ticket(instance, 403).with_band(band),
        ])
        .await
        .expect("tickets");
    visitor.add_merchandise(503).await.expect("a mug");

    let held = visitor.seats(instance).await;
    let changes: Vec<_> = held
        .iter()
        .zip(&seats)
        .map(|(now, then)| (now.available - then.available, now.selected - then.selected))
        .collect();
    assert_eq!(changes, [(-2, 2), (-1, 1), (-1, 1)], "the whole, and its parts");
    assert_eq!(visitor.stock(503).await, stock - 1);

    sandbox.advance(11 * MINUTE);
    assert_eq!(visitor.seats(instance).await, seats);
    assert_eq!(visitor.stock(503).await, stock);
}

#[tokio::test]
async fn the_session_of_the_start_does_not_expire() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mut visitor = Visitor::new(&sandbox);
    visitor.session = Some(sandbox.seeded_session_id().to_owned());
    let basket = visitor.basket().await;
    sandbox.advance(1000 * MINUTE);
    assert_eq!(visitor.basket().await, basket);
    // Nothing that the venue says of it changes by a change that changes nothing.
    visitor.change(Basket::new()).await.expect("no change");
    sandbox.advance(1000 * MINUTE);
    assert_eq!(visitor.basket().await, basket);
}
