//! Tests of the four updates in all three update styles: the request, and the change that it makes.

use spektrix_v2::{
    Basket, Client, Customer, CustomerAddress, CustomerAddressId, Delivery, DeliveryType, Session, SessionId, Ticket,
    TicketId, UpdateStyle,
};

use crate::table::ADA;
use crate::venue::Venue;

const STYLES: [(UpdateStyle, &str, Option<&str>); 3] = [
    (UpdateStyle::Patch, "PATCH", None),
    (UpdateStyle::PostWithOverride, "POST", Some("PATCH")),
    (UpdateStyle::Proppatch, "PROPPATCH", None),
];

#[tokio::test]
async fn every_update_can_be_sent_in_three_styles() {
    for (style, method, over) in STYLES {
        let venue = Venue::open().await;
        let client = venue.client_with(|builder| builder.update_style(style));
        let session = client.resume_session(SessionId::new(venue.sandbox.seeded_session_id()).unwrap());
        let assert_spelt = |operation: &str| {
            let asked = venue.asked_last();
            assert_eq!(asked.operation, Some(operation));
            assert_eq!(
                (asked.method.as_str(), asked.header("x-http-method-override")),
                (method, over)
            );
            assert_eq!(asked.header("content-type"), Some("application/xml"));
        };
        customer(&client).await;
        assert_spelt("UpdateCustomers");
        address(&client).await;
        assert_spelt("UpdateCustomerAddresses");
        basket(&session).await;
        assert_spelt("UpdateBasket");
        item(&session).await;
        assert_spelt("UpdateBasketItems");
        assert_changed(&client, &session).await;
    }
}

async fn customer(client: &Client) {
    let change = Customer::to_change(ADA).with_phone("01632 960299");
    client.update_customers([change]).await.unwrap();
}

async fn address(client: &Client) {
    let change = CustomerAddress::to_change(ADA, CustomerAddressId::new(1201)).with_line1("Flat 8");
    client.update_customer_addresses([change]).await.unwrap();
}

async fn basket(session: &Session) {
    session
        .set_ticket_delivery(Delivery::care_of_box_office())
        .await
        .unwrap();
}

async fn item(session: &Session) {
    let change = Ticket::to_change(TicketId::new(50_001)).with_price_override(7.into());
    session.update_items(change).await.unwrap();
}

/// Checks that the fields that were sent have changed, and no others.
async fn assert_changed(client: &Client, session: &Session) {
    let ada = client.customers().customer(ADA).await.unwrap().remove(0);
    assert_eq!(ada.phone.as_deref(), Some("01632 960299"));
    assert_eq!(ada.last_name.as_deref(), Some("Sample"));
    assert_eq!(ada.statements.len(), 2);
    let home = client.customer_addresses(ADA).await.unwrap().remove(0);
    assert_eq!(
        (home.line1.as_deref(), home.line2.as_deref()),
        (Some("Flat 8"), Some("Lantern House"))
    );
    let Basket {
        tickets,
        ticket_delivery,
        customer,
        ..
    } = session.basket().await.unwrap();
    assert_eq!(ticket_delivery.unwrap().r#type, Some(DeliveryType::Cobo));
    assert_eq!(customer, Some(ADA));
    assert_eq!(tickets[0].price, Some(7.into()));
    assert!(tickets[0].band.is_some() && tickets[0].price != tickets[1].price);
}
