//! Tests of the errors of operations: for requests that are invalid, and for objects that do not exist.

use spektrix_v2::{
    BasketItemId, Call, Customer, CustomerAddress, CustomerAddressId, CustomerId, Delivery, DeliveryType, Error,
    EventId, InstanceId, Lifecycle, MerchandiseItem, Operation, OperationInfo, OrderId, PlanId, SessionId, StockItemId,
    Ticket, TicketId, operations,
};

use crate::caller::Caller;
use crate::table;
use crate::venue::Venue;

/// Checks the predicate and the text of the error.
async fn refused<O: Operation + 'static>(call: Call<O>, is: fn(&Error) -> bool, says: &str) {
    let name = O::INFO.name;
    let Err(error) = call.send().await else {
        panic!("{name} succeeded, where it should say: {says}");
    };
    assert_eq!(error.operation(), Some(name));
    assert!(is(&error), "{error}");
    assert!(error.to_string().contains(says), "{error}");
    assert!(!error.may_have_been_applied(), "{error}");
}

#[tokio::test]
async fn invalid_requests_are_not_sent() {
    let venue = Venue::open().await;
    let client = venue.client();
    let session = client.resume_session(SessionId::new("any").unwrap());
    let unsent = Error::is_invalid_request as fn(&Error) -> bool;
    let (seven, postal) = (CustomerId::new(7), Delivery::new().with_type(DeliveryType::Postal));
    refused(
        client.call(operations::GetCustomers::new()),
        unsent,
        "one of customer_id, email, friendly_id must be set",
    )
    .await;
    refused(
        client.call(operations::GetOrders::new()),
        unsent,
        "one of order_id, customer_id, friendly_id must be set",
    )
    .await;
    refused(
        client.call(operations::GetOrderRelatedData::new()),
        unsent,
        "one of order_id, customer_id, friendly_id must be set",
    )
    .await;
    refused(
        client.call(operations::GetTransactions::new()),
        unsent,
        "one of transaction_id, order_id must be set",
    )
    .await;
    let both = client
        .eligible_offers()
        .event(EventId::new(1))
        .instance(InstanceId::new(1));
    refused(both, unsent, "only one of event_id and instance_id may be set").await;
    refused(session.add(Ticket::new()), unsent, "BasketItems/Ticket[1]/Instance").await;
    refused(
        session.add(MerchandiseItem::new()),
        unsent,
        "BasketItems/MerchandiseItem[1]/StockItem",
    )
    .await;
    refused(session.update_items(Ticket::new()), unsent, "BasketItems/Ticket[1]/@id").await;
    refused(
        session.set_ticket_delivery(postal),
        unsent,
        "Basket/TicketDelivery/Address",
    )
    .await;
    refused(session.authenticate("", "pw"), unsent, "Credentials/Email").await;
    refused(
        client.add_customers([Customer::new()]),
        unsent,
        "Customers/Customer[1]/Email",
    )
    .await;
    refused(
        client.update_customers([Customer::new()]),
        unsent,
        "Customers/Customer[1]/@id",
    )
    .await;
    refused(
        client.add_customer_addresses([CustomerAddress::new().with_customer(seven)]),
        unsent,
        "CustomerAddresses/CustomerAddress[1]/Name",
    )
    .await;
    refused(
        client.update_customer_addresses([CustomerAddress::new().with_customer(seven)]),
        unsent,
        "CustomerAddresses/CustomerAddress[1]/@id",
    )
    .await;
    assert!(venue.asked().is_empty());
}

#[tokio::test]
async fn requests_for_missing_objects_are_refused() {
    let venue = Venue::open().await;
    let client = venue.client();
    let session = client.resume_session(SessionId::new(venue.sandbox.seeded_session_id()).unwrap());
    let invalid = Error::is_validation as fn(&Error) -> bool;
    let (nobody, nothing) = (CustomerId::new(1), CustomerAddressId::new(1));
    let seat = |instance, plan| Ticket::to_add(InstanceId::new(instance), PlanId::new(plan));
    refused(session.add(seat(1, 402)), invalid, "there is no instance 1").await;
    refused(
        session.add(seat(21_129, 401)),
        invalid,
        "plan 401 cannot be booked, because it has sub-plans",
    )
    .await;
    refused(session.add(MerchandiseItem::to_add(StockItemId::new(504))), invalid, "").await;
    refused(session.update_items(Ticket::to_change(TicketId::new(1))), invalid, "").await;
    refused(
        session.delete_item(BasketItemId::new(1)),
        invalid,
        "There is no item 1 in the basket",
    )
    .await;
    refused(
        session.set_promo_codes(["NO SUCH CODE"]),
        invalid,
        "No offer has the promotional code",
    )
    .await;
    refused(
        session.authenticate("ada.sample@example.org", "a guess"),
        invalid,
        "No customer has",
    )
    .await;
    refused(client.postcode_address("NOWHERE-01"), Error::is_not_found, "").await;
    refused(
        client.send_confirmation_email(OrderId::new(1)),
        invalid,
        "There is no order 1",
    )
    .await;
    let taken = Customer::to_create("ada.sample@example.org", "Sample");
    refused(client.add_customers([taken]), invalid, "").await;
    refused(
        client.update_customers([Customer::to_change(nobody)]),
        invalid,
        "There is no customer 1",
    )
    .await;
    let moved = CustomerAddress::to_change(table::ADA, nothing);
    refused(client.update_customer_addresses([moved]), invalid, "has no address 1").await;
    refused(
        client.delete_customer_address(table::ADA, nothing),
        invalid,
        "has no address 1",
    )
    .await;
    refused(
        client.reset_customer_password(nobody),
        invalid,
        "There is no customer 1",
    )
    .await;
}

#[tokio::test]
async fn operations_of_a_session_need_one() {
    let venue = Venue::open().await;
    let client = venue.client();
    let over = Error::is_session_expired as fn(&Error) -> bool;
    let gone = client.resume_session(SessionId::new("long-gone").unwrap());
    for (session, says) in [
        (gone, "no session, or the session expired"),
        (client.session(), "not sent"),
    ] {
        refused(session.basket(), over, says).await;
        refused(session.related_data(), over, says).await;
        refused(session.keep_alive(), over, says).await;
        refused(session.confirm(), over, says).await;
        refused(session.delete_item(TicketId::new(50_001)), over, says).await;
        let change = Ticket::to_change(TicketId::new(50_001));
        refused(session.update_items(change), over, says).await;
    }
}

fn is_change_of_customers(info: &OperationInfo) -> bool {
    info.lifecycle == Lifecycle::Retired && info.path.starts_with("customers")
}

/// According to its documentation, the service has behaved like this since 2025.
#[tokio::test]
async fn retired_customers_can_only_be_read() {
    struct Retired(usize);

    impl Caller for Retired {
        async fn call<O: Operation + 'static>(&mut self, call: Call<O>) {
            if is_change_of_customers(&O::INFO) {
                refused(call, Error::is_retired, "since 2025 these objects can only be read").await;
                self.0 += 1;
            }
        }
    }

    let venue = Venue::open_with(|builder| builder.retired_customers(true)).await;
    let client = venue.client();
    let mut retired = Retired(0);
    table::every_operation(&client, &client.session(), &mut retired).await;
    let expected = operations::ALL.iter().filter(|info| is_change_of_customers(info));
    assert_eq!((retired.0, expected.count()), (6, 6));
    let ada = client.customers().customer(table::ADA).await.unwrap();
    assert_eq!(ada.len(), 1);
}
