//! Orders: what a basket needs to be confirmed, payments and confirmations, and documents to print.

use std::time::Duration;

use spektrix_v2::operations::{
    ConfirmOrder, GetOrders, GetPrintAtHomeDocuments, GetTransactions, SendConfirmationEmail,
};
use spektrix_v2::{Basket, CustomerId, Delivery, DeliveryType, OrderId};
use spektrix_v2_sandbox::MailContent;

use crate::support::{Visitor, expect_refusal, sandbox, ticket};

const BEN: CustomerId = CustomerId::new(9002);

#[tokio::test]
async fn a_basket_must_be_complete_to_be_confirmed() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 3).await;
    let tickets = Basket::new().with_ticket_delivery(Delivery::new().with_type(DeliveryType::Cobo));
    let merchandise = Basket::new().with_merchandise_delivery(Delivery::new().with_type(DeliveryType::Cobo));
    visitor.update_basket(Basket::new()).await.expect("a session");
    expect_refusal(visitor.call(ConfirmOrder::new()).await, 400, "it is empty");
    visitor.add_tickets([ticket(film, 431)]).await.expect("a ticket");
    expect_refusal(visitor.call(ConfirmOrder::new()).await, 400, "it has no Customer");
    visitor
        .update_basket(Basket::new().with_customer(BEN))
        .await
        .expect("a customer");
    expect_refusal(visitor.call(ConfirmOrder::new()).await, 400, "it has no TicketDelivery");
    visitor.update_basket(tickets).await.expect("a delivery");
    visitor.add_merchandise(503).await.expect("a mug");
    expect_refusal(
        visitor.call(ConfirmOrder::new()).await,
        400,
        "it has no MerchandiseDelivery",
    );
    visitor.update_basket(merchandise).await.expect("a delivery");
    let before = visitor.statuses(film).await;
    let basket = visitor.basket().await;

    let order = visitor.call(ConfirmOrder::new()).await.expect("an order");
    assert_eq!(
        (order.id, order.friendly_id.as_deref()),
        (OrderId::new(30_008), Some("MP-90024"))
    );
    assert_eq!(
        (&order.tickets, &order.merchandise_items),
        (&basket.tickets, &basket.merchandise_items)
    );
    assert_eq!(
        (&order.ticket_delivery, order.total),
        (&basket.ticket_delivery, basket.total.expect("a total"))
    );
    let now = visitor.statuses(film).await;
    assert_eq!(
        (now[0].sold, now[0].selected),
        (before[0].sold + 1, before[0].selected - 1)
    );
    assert_eq!(now[0].available, before[0].available);
    // The session has an empty basket now.
    let empty = visitor.basket().await;
    assert_eq!(
        (empty.customer, empty.tickets.len(), empty.merchandise_items.len()),
        (Some(BEN), 0, 0)
    );
    expect_refusal(visitor.call(ConfirmOrder::new()).await, 400, "it is empty");
    sandbox.advance(Duration::from_secs(60 * 60));
    assert_eq!(
        visitor.statuses(film).await[0].sold,
        now[0].sold,
        "sold seats are not released"
    );
    assert_eq!(visitor.stock_level(503).await, 35);
}

#[tokio::test]
async fn an_order_is_paid_and_confirmed() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let order = visitor.buy_film_ticket(BEN, DeliveryType::Cobo).await;
    let [payment] = &order.payments[..] else {
        panic!("{order:?}")
    };
    assert_eq!((payment.amount, payment.r#type.as_deref()), (order.total, Some("Card")));
    assert_eq!(
        payment.card_number.as_ref().map(spektrix_v2::Secret::expose),
        Some("************0000")
    );
    // The clock starts at noon of the venue's date.
    assert!(order.date.to_string().starts_with("2031-03-05T12:0"), "{order:?}");
    assert_eq!(order.date.subsec_nanosecond(), 0);
    let transactions = visitor
        .call(GetTransactions::new().order(order.id))
        .await
        .expect("transactions");
    let [transaction] = &transactions[..] else {
        panic!("{transactions:?}")
    };
    assert_eq!((transaction.amount, transaction.order), (order.total, Some(order.id)));
    let by_id = visitor
        .call(GetTransactions::new().transaction(transaction.id))
        .await
        .expect("transactions");
    assert_eq!(by_id, transactions);
    let friendly = order.friendly_id.clone().expect("a friendly id");
    let found = visitor
        .call(GetOrders::new().friendly_id(friendly))
        .await
        .expect("orders");
    assert_eq!(found, std::slice::from_ref(&order));
    let all = visitor.call(GetOrders::new().customer(BEN)).await.expect("orders");
    assert_eq!((all.len(), all.last()), (3, Some(&order)));
    visitor
        .call(SendConfirmationEmail::new(OrderId::new(30_001)))
        .await
        .expect("an email");
    let mails: Vec<_> = sandbox
        .outbox()
        .into_iter()
        .map(|mail| (mail.email, mail.content))
        .collect();
    let mail = |email: &str, order| (email.to_owned(), MailContent::Confirmation(order));
    let ada = mail("ada.sample@example.org", OrderId::new(30_001));
    assert_eq!(mails, [mail("ben.example@example.org", order.id), ada]);
}

#[tokio::test]
async fn documents_become_ready_and_can_be_downloaded() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    visitor.buy_film_ticket(BEN, DeliveryType::PrintAtHome).await;
    let links = visitor.call(GetPrintAtHomeDocuments::new(BEN)).await.expect("links");
    let ready: Vec<_> = links
        .iter()
        .map(|link| (link.tickets_ready, link.url.is_some()))
        .collect();
    assert_eq!(
        ready,
        [(true, true), (false, false), (false, false)],
        "an old document, one of today's order, and a new one"
    );
    let id = links[2].id;
    let path = format!("customers/print-at-home-download?customer_id=9002&document_id={id}");
    expect_refusal(visitor.send("GET", &path, None).await, 404, "is not ready yet");
    sandbox.advance(Duration::from_secs(3 * 60));
    let links = visitor.call(GetPrintAtHomeDocuments::new(BEN)).await.expect("links");
    let base = format!("{}sandbox/api/v2/", sandbox.base_url());
    assert_eq!(links[2].url, Some(format!("{base}{path}")));

    let response = visitor.request("GET", &path, None).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/pdf".parse().expect("a value"))
    );
    let pdf = response.bytes().await.expect("a body");
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("order MP-90024: Screen, Adult"), "{text}");
    let others = format!("customers/print-at-home-download?customer_id=9001&document_id={id}");
    expect_refusal(
        visitor.send("GET", &others, None).await,
        404,
        "The customer has no document",
    );
    sandbox.advance(Duration::from_secs(12 * 60 * 60));
    let links = visitor.call(GetPrintAtHomeDocuments::new(BEN)).await.expect("links");
    assert!(links.iter().all(|link| link.tickets_ready));
}

#[tokio::test]
async fn a_free_order_has_no_payment() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let film = visitor.on_sale(431, 3).await;
    let free = ticket(film, 431)
        .with_override_price(true)
        .with_price(spektrix_v2::rust_decimal::Decimal::ZERO);
    visitor.add_tickets([free]).await.expect("a ticket");
    let order = visitor.confirm(BEN, DeliveryType::Cobo).await;
    assert_eq!((order.total.to_string().as_str(), order.payments.len()), ("0.00", 0));
    assert_eq!(
        visitor
            .call(GetTransactions::new().order(order.id))
            .await
            .expect("transactions"),
        []
    );
}
