//! Calls every operation, in the order in which a website does.

use std::collections::BTreeSet;
use std::time::Duration;

use spektrix_v2::operations::*;
use spektrix_v2::{
    Basket, BasketItemId, BasketItems, Customer, CustomerAddress, CustomerCredentials, CustomerId, Delivery,
    DeliveryType, Order, Secret, StatementId, Ticket, TicketTypeId, operations,
};
use spektrix_v2_sandbox::{MailContent, Sandbox};

use crate::support::{Visitor, has_validator, sandbox, ticket, validation_errors};

#[tokio::test]
async fn every_response_is_valid_for_its_schema() {
    let sandbox = sandbox().await;
    let mut visitor = Visitor::new(&sandbox);
    browse(&mut visitor).await;
    let customer = sign_up(&mut visitor, &sandbox).await;
    fill_basket(&mut visitor).await;
    let order = buy(&mut visitor, customer).await;
    use_order(&mut visitor, &sandbox, &order).await;

    let called: BTreeSet<_> = visitor.responses.iter().map(|(operation, _)| *operation).collect();
    let all: BTreeSet<_> = operations::ALL.iter().map(|operation| operation.name).collect();
    assert_eq!(called, all);
    check_bodies(&visitor);
}

/// Validates the bodies. Operations without a response body have no schema.
fn check_bodies(visitor: &Visitor<'_>) {
    let has_schema = |name: &str| {
        let operation = operations::ALL.iter().find(|operation| operation.name == name);
        !operation.expect("an operation").response.root.is_empty()
    };
    for (operation, body) in &visitor.responses {
        assert_eq!(body.is_empty(), !has_schema(operation), "{operation}: {body}");
    }
    if !has_validator("every_response_is_valid_for_its_schema") {
        return;
    }
    for operation in operations::ALL
        .iter()
        .map(|operation| operation.name)
        .filter(|name| has_schema(name))
    {
        let bodies = visitor.responses.iter().filter(|(called, _)| *called == operation);
        let bodies: Vec<_> = bodies.map(|(_, body)| body.clone()).collect();
        assert_eq!(validation_errors(operation, &bodies), None, "{operation}");
    }
}

async fn browse(visitor: &mut Visitor<'_>) {
    let echo = visitor.call(Echo::new("tea")).await.expect("an echo");
    assert_eq!(echo, "tea");
    assert_eq!(visitor.call(GetEvents::new()).await.expect("events").len(), 10);
    assert_eq!(visitor.call(GetInstances::new()).await.expect("instances").len(), 10);
    assert_eq!(
        visitor.call(GetInstanceStatus::new()).await.expect("statuses").len(),
        10
    );
    assert_eq!(visitor.call(GetPriceLists::new()).await.expect("price lists").len(), 10);
    assert!(!visitor.call(GetPlans::new()).await.expect("plans").is_empty());
    assert!(!visitor.call(GetBands::new()).await.expect("bands").is_empty());
    assert!(
        !visitor
            .call(GetTicketTypes::new())
            .await
            .expect("ticket types")
            .is_empty()
    );
    assert!(
        !visitor
            .call(GetStockItems::new())
            .await
            .expect("stock items")
            .is_empty()
    );
    assert!(!visitor.call(GetOffers::new()).await.expect("offers").is_empty());
    assert!(!visitor.call(GetOffers2::new()).await.expect("offers").is_empty());
    assert!(
        !visitor
            .call(GetMemberships::new())
            .await
            .expect("memberships")
            .is_empty()
    );
    assert!(
        !visitor
            .call(GetFixedSeries::new())
            .await
            .expect("fixed series")
            .is_empty()
    );
    assert!(!visitor.call(GetStatements::new()).await.expect("statements").is_empty());
    assert!(!visitor.call(GetTags::new()).await.expect("tags").is_empty());
    assert!(!visitor.call(GetTagGroups::new()).await.expect("tag groups").is_empty());
}

/// Looks up an address, creates a customer with it, and resets the password.
async fn sign_up(visitor: &mut Visitor<'_>, sandbox: &Sandbox) -> CustomerId {
    let found = visitor.call(PostcodeLookup::new("qv1 2ab")).await.expect("addresses");
    let id = found[0].id.clone().expect("an id");
    let lines = visitor.call(GetAddress::new(id)).await.expect("an address");
    let gus = Customer::new()
        .with_email("gus.dummy@example.org")
        .with_last_name("Dummy")
        .with_password(Secret::new("tide-table"))
        .with_statements([StatementId::new(101)]);
    let ids = visitor.call(AddCustomers::new([gus])).await.expect("a customer");
    let [id] = ids[..] else { panic!("{ids:?}") };
    let mut address = CustomerAddress::new().with_customer(id).with_name("Home");
    (address.line1, address.town) = (lines.line1, lines.town);
    (address.postcode, address.country) = (lines.postcode, lines.country);
    let addresses = visitor
        .call(AddCustomerAddresses::new([address]))
        .await
        .expect("an address");
    let update = CustomerAddress::new()
        .with_id(addresses[0])
        .with_customer(id)
        .with_line2("Top floor");
    visitor
        .call(UpdateCustomerAddresses::new([update]))
        .await
        .expect("a change");
    let updated = visitor.call(GetCustomerAddresses::new(id)).await.expect("addresses");
    assert_eq!(
        (updated[0].line2.as_deref(), updated[0].line1.is_some()),
        (Some("Top floor"), true)
    );
    let mobile = Customer::new().with_id(id).with_mobile("07700 900199");
    visitor.call(UpdateCustomers::new([mobile])).await.expect("a change");

    visitor
        .call(ResetCustomerPassword::new(id))
        .await
        .expect("a new password");
    let mails = sandbox.outbox();
    let MailContent::NewPassword(password) = &mails[0].content else {
        panic!("{mails:?}")
    };
    let credentials = CustomerCredentials::new("GUS.DUMMY@example.org", password.clone()).with_add_to_basket(true);
    let authenticated = visitor
        .call(AuthenticateCustomer::new(credentials))
        .await
        .expect("the customer");
    assert_eq!(
        (
            authenticated.id,
            authenticated.mobile.as_deref(),
            authenticated.password
        ),
        (Some(id), Some("07700 900199"), None)
    );
    assert_eq!(authenticated.statements, [StatementId::new(101)]);
    id
}

/// Adds tickets and a mug to the basket, updates a ticket, and removes another.
async fn fill_basket(visitor: &mut Visitor<'_>) {
    let instance = visitor.on_sale(431, 9).await;
    visitor
        .add_tickets([ticket(instance, 431), ticket(instance, 431), ticket(instance, 431)])
        .await
        .expect("tickets");
    visitor.add_merchandise(503).await.expect("a mug");
    let basket = visitor.basket().await;
    let [first, second, third] = &basket.tickets[..] else {
        panic!("{basket:?}")
    };
    let child = Ticket::new()
        .with_id(first.id.expect("an id"))
        .with_ticket_type(TicketTypeId::new(22));
    visitor
        .call(UpdateBasketItems::new(BasketItems::new().with_tickets([child])))
        .await
        .expect("a change");
    visitor
        .call(DeleteBasketItem::new(BasketItemId::new(third.id.expect("an id").get())))
        .await
        .expect("a ticket is removed");
    let basket = visitor.basket().await;
    assert_eq!(
        basket.tickets.iter().map(|ticket| ticket.id).collect::<Vec<_>>(),
        [first.id, second.id]
    );
    assert!(basket.tickets[0].price < basket.tickets[1].price);
    let related = visitor.call(GetBasketRelatedData::new()).await.expect("related data");
    assert_eq!(
        (
            related.instances.len(),
            related.ticket_types.len(),
            related.stock_items.len()
        ),
        (1, 2, 1)
    );
}

async fn buy(visitor: &mut Visitor<'_>, customer: CustomerId) -> Order {
    let deliveries = Basket::new()
        .with_ticket_delivery(Delivery::new().with_type(DeliveryType::PrintAtHome))
        .with_merchandise_delivery(Delivery::new().with_type(DeliveryType::Cobo));
    visitor.call(UpdateBasket::new(deliveries)).await.expect("deliveries");
    visitor.call(KeepAlive::new()).await.expect("a valid session");
    let total = visitor.basket().await.total;
    let order = visitor.call(ConfirmOrder::new()).await.expect("an order");
    assert_eq!((order.customer, Some(order.total)), (Some(customer), total));
    order
}

/// Reads the order, requests another confirmation and the documents, and deletes the customer's address.
async fn use_order(visitor: &mut Visitor<'_>, sandbox: &Sandbox, order: &Order) {
    let customer = order.customer.expect("a customer");
    let orders = visitor.call(GetOrders::new().customer(customer)).await.expect("orders");
    assert_eq!(orders, std::slice::from_ref(order));
    let related = visitor
        .call(GetOrderRelatedData::new().order(order.id))
        .await
        .expect("related data");
    assert_eq!(related.instances.len(), 1);
    let transactions = visitor
        .call(GetTransactions::new().order(order.id))
        .await
        .expect("transactions");
    let amounts: Vec<_> = transactions.iter().map(|transaction| transaction.amount).collect();
    assert_eq!(amounts, [order.total]);
    visitor
        .call(SendConfirmationEmail::new(order.id))
        .await
        .expect("an email");
    let mails = sandbox.outbox();
    let confirmations = mails
        .iter()
        .filter(|mail| mail.content == MailContent::Confirmation(order.id));
    assert_eq!(confirmations.count(), 2, "one for the order, and the requested one");

    sandbox.advance(Duration::from_secs(3 * 60));
    let links = visitor
        .call(GetPrintAtHomeDocuments::new(customer))
        .await
        .expect("links");
    assert!(links.len() == 1 && links[0].tickets_ready, "{links:?}");
    let friendly_id = friendly_id(visitor, customer).await;
    let found = visitor.call(GetCustomers::new().friendly_id(friendly_id)).await;
    assert_eq!(found.expect("a customer")[0].id, Some(customer));
    let addresses = visitor
        .call(GetCustomerAddresses::new(customer))
        .await
        .expect("addresses");
    let address = addresses[0].id.expect("an id");
    visitor
        .call(DeleteCustomerAddress::new(customer, address))
        .await
        .expect("an address is deleted");
    assert!(
        visitor
            .call(GetCustomerAddresses::new(customer))
            .await
            .expect("addresses")
            .is_empty()
    );
}

async fn friendly_id(visitor: &mut Visitor<'_>, customer: CustomerId) -> String {
    let found = visitor
        .call(GetCustomers::new().customer(customer))
        .await
        .expect("a customer");
    found[0].friendly_id.clone().expect("a friendly id")
}
