//! Sessions: the first change starts one, and it expires ten minutes after the last change.

use std::time::Duration;

use spektrix_v2::operations::{
    AuthenticateCustomer, ConfirmOrder, GetBasket, GetBasketRelatedData, KeepAlive, UpdateBasketItems,
};
use spektrix_v2::{Basket, BasketItems, CustomerCredentials, CustomerId};
use spektrix_v2_sandbox::Sandbox;

use crate::support::{Visitor, expect_refusal, sandbox, ticket};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn the_first_change_starts_a_session() {
    let sandbox = sandbox().await;
    let credentials = CustomerCredentials::new("ada.sample@example.org", sandbox.seeded_password());
    let mut visitor = Visitor::new(&sandbox);
    visitor
        .call(AuthenticateCustomer::new(credentials.clone()))
        .await
        .expect("a customer");
    assert_eq!(visitor.session, None, "the basket was not changed");

    let credentials = credentials.with_add_to_basket(true);
    visitor
        .call(AuthenticateCustomer::new(credentials))
        .await
        .expect("a customer");
    assert_eq!(visitor.basket().await.customer, Some(CustomerId::new(9001)));

    let mut other = Visitor::new(&sandbox);
    other.update_basket(Basket::new()).await.expect("a session");
    assert_eq!(other.basket().await.customer, None);
    assert_ne!(visitor.session, other.session);

    let mut third = Visitor::new(&sandbox);
    let instance = third.on_sale(431, 5).await;
    third.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    let session = third.session.clone();
    third.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    assert_eq!(third.session, session, "the session is used again");
    assert_eq!(third.basket().await.tickets.len(), 2);
    assert!(other.basket().await.tickets.is_empty());
}

#[tokio::test]
async fn without_a_valid_session_there_is_no_basket() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    for (session, message) in [(None, "has no cookie"), (Some("unknown"), "it has expired")] {
        visitor.session = session.map(str::to_owned);
        expect_refusal(visitor.call(GetBasket::new()).await, 404, message);
        expect_refusal(visitor.call(GetBasketRelatedData::new()).await, 404, message);
        expect_refusal(visitor.call(KeepAlive::new()).await, 404, message);
        expect_refusal(
            visitor.call(UpdateBasketItems::new(BasketItems::new())).await,
            404,
            message,
        );
        expect_refusal(visitor.remove(1).await, 404, message);
        expect_refusal(visitor.call(ConfirmOrder::new()).await, 404, message);
    }
    visitor.update_basket(Basket::new()).await.expect("a new session");
    assert_ne!(
        visitor.session.as_deref(),
        Some("unknown"),
        "the sandbox chooses the id of a session"
    );
}

#[tokio::test]
async fn a_refused_change_starts_no_session() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let unknown = Basket::new().with_customer(CustomerId::new(1));
    expect_refusal(visitor.update_basket(unknown).await, 400, "There is no customer 1");
    assert_eq!(visitor.session, None);
}

#[tokio::test]
async fn changes_and_keep_alive_renew_a_session() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let instance = visitor.on_sale(431, 9).await;
    visitor.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    sandbox.advance(9 * MINUTE);
    visitor.call(KeepAlive::new()).await.expect("a valid session");
    sandbox.advance(9 * MINUTE);
    visitor.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    sandbox.advance(9 * MINUTE);
    assert_eq!(visitor.basket().await.tickets.len(), 2);
    // Reading the basket did not renew the session.
    sandbox.advance(2 * MINUTE);
    expect_refusal(visitor.call(GetBasket::new()).await, 404, "it has expired");
    expect_refusal(visitor.call(KeepAlive::new()).await, 404, "it has expired");

    let expired = visitor.session.clone();
    visitor.add_tickets([ticket(instance, 431)]).await.expect("a ticket");
    assert_ne!(visitor.session, expired, "a new session");
    assert_eq!(visitor.basket().await.tickets.len(), 1, "a new basket");
}

#[tokio::test]
async fn an_expired_session_releases_seats_and_stock() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let instance = visitor.on_sale(401, 5).await;
    let (seats, stock) = (visitor.statuses(instance).await, visitor.stock_level(503).await);
    let band = spektrix_v2::BandId::new(12);
    visitor
        .add_tickets([
            ticket(instance, 402).with_band(band),
            ticket(instance, 403).with_band(band),
        ])
        .await
        .expect("tickets");
    visitor.add_merchandise(503).await.expect("a mug");

    let now = visitor.statuses(instance).await;
    let changes: Vec<_> = now
        .iter()
        .zip(&seats)
        .map(|(now, before)| (now.available - before.available, now.selected - before.selected))
        .collect();
    assert_eq!(changes, [(-2, 2), (-1, 1), (-1, 1)], "the plan and its parts");
    assert_eq!(visitor.stock_level(503).await, stock - 1);

    sandbox.advance(11 * MINUTE);
    assert_eq!(visitor.statuses(instance).await, seats);
    assert_eq!(visitor.stock_level(503).await, stock);
}

#[tokio::test]
async fn the_seeded_session_does_not_expire() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mut visitor = Visitor::new(&sandbox);
    visitor.session = Some(sandbox.seeded_session_id().to_owned());
    let basket = visitor.basket().await;
    sandbox.advance(1000 * MINUTE);
    assert_eq!(visitor.basket().await, basket);
    // An empty update recalculates the basket, with the same result.
    visitor.update_basket(Basket::new()).await.expect("an empty update");
    sandbox.advance(1000 * MINUTE);
    assert_eq!(visitor.basket().await, basket);
}
