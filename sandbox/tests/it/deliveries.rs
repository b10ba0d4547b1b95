//! Deliveries: the items of a basket determine the options and their fees.

use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{Address, Basket, Delivery, DeliveryType, TicketTypeId};

use crate::support::{Visitor, amount, expect_refusal, sandbox, ticket};

#[tokio::test]
async fn delivery_options_depend_on_the_items() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    let by = |kind| Delivery::new().with_type(kind);
    let home = Address::new()
        .with_line1("1 Quay")
        .with_town("Mallowmere")
        .with_postcode("QV1 1AA")
        .with_country("UK");
    let tickets = |delivery| Basket::new().with_ticket_delivery(delivery);
    let merchandise = |delivery| Basket::new().with_merchandise_delivery(delivery);
    expect_refusal(
        visitor.update_basket(tickets(by(DeliveryType::Cobo))).await,
        400,
        "TicketDelivery: there is nothing to deliver",
    );

    let family = visitor.on_sale_of_genre("Family", 411).await;
    let adult = ticket(family, 411).with_band(12);
    visitor.add_tickets([adult.clone()]).await.expect("a ticket");
    visitor.add_merchandise(503).await.expect("a mug");
    let cases = [
        (tickets(Delivery::new()), "TicketDelivery: Type must be set"),
        (
            tickets(by(DeliveryType::Postal)),
            "Address must be set when Type is Postal",
        ),
        (
            tickets(by(DeliveryType::Postal).with_address(Address::new())),
            "Line1 of the Address must be set",
        ),
        (
            tickets(by(DeliveryType::Unknown("Pigeon".to_owned()))),
            "Type can be Postal, Cobo, PrintAtHome with these items, not 'Pigeon'",
        ),
        (
            merchandise(by(DeliveryType::PrintAtHome)),
            "MerchandiseDelivery: Type can be Postal, Cobo with these items",
        ),
    ];
    for (basket, message) in cases {
        expect_refusal(visitor.update_basket(basket).await, 400, message);
    }
    visitor
        .update_basket(tickets(by(DeliveryType::PrintAtHome)))
        .await
        .expect("a delivery");
    let posted = by(DeliveryType::Postal).with_address(home);
    visitor
        .update_basket(merchandise(posted.with_fee(Decimal::ZERO)))
        .await
        .expect("a delivery");
    let basket = visitor.basket().await;
    assert_eq!(
        basket.ticket_delivery,
        Some(by(DeliveryType::PrintAtHome).with_fee(Decimal::new(0, 2)))
    );
    let fee = |basket: &Basket| basket.merchandise_delivery.as_ref().and_then(|delivery| delivery.fee);
    assert_eq!(fee(&basket), Some(amount("1.75")), "the fee that was sent is ignored");

    // Postage for three mugs costs more. A ticket for schools cannot be printed at home, so that delivery is removed.
    visitor.add_merchandise(503).await.expect("a mug");
    visitor.add_merchandise(503).await.expect("a mug");
    assert_eq!(fee(&visitor.basket().await), Some(amount("2.25")));
    visitor
        .add_tickets([adult.with_ticket_type(TicketTypeId::new(26))])
        .await
        .expect("a ticket");
    let basket = visitor.basket().await;
    assert_eq!(
        (basket.ticket_delivery, basket.ticket_delivery_options.len()),
        (None, 2)
    );

    for item in basket.merchandise_items {
        let id = item.id.expect("an id");
        visitor.remove(id.get()).await.expect("an item is removed");
    }
    let basket = visitor.basket().await;
    assert_eq!(
        (basket.merchandise_delivery, basket.merchandise_delivery_options),
        (None, vec![])
    );
}
