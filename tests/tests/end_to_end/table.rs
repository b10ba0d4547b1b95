//! The table: each operation once, as a website would call it. The order gives every call the objects that it needs.

use jiff::civil::date;
use rust_decimal::Decimal;
use spektrix_v2::{
    Address, BandId, Basket, BasketItems, Client, Customer, CustomerAddress, CustomerAddressId, CustomerId, Delivery,
    EventId, FixedSeriesId, InstanceId, MerchandiseItem, OrderId, PlanId, Session, StockItemId, Ticket, TicketId,
    TicketTypeId, TransactionId,
};

use crate::caller::Caller;

/// A customer that the sandbox starts with.
pub(crate) const ADA: CustomerId = CustomerId::new(9001);

/// Calls every operation: all reads of the venue, and a visit that ends with an order.
pub(crate) async fn every_operation(client: &Client, session: &Session, to: &mut impl Caller) {
    the_season(client, to).await;
    the_shop(client, to).await;
    customers(client, to).await;
    a_visit(session, to).await;
    the_past(client, to).await;
}

async fn the_season(client: &Client, to: &mut impl Caller) {
    let event = EventId::new(7005);
    let march = date(2031, 3, 1)..date(2031, 4, 1);
    to.call(client.echo("Tea & <cake>?")).await;
    to.call(client.events().starting(march.clone()).limit(1)).await;
    to.call(client.instances().event(event).starting(march).limit(2)).await;
    to.call(client.instance_status().event(event).limit(2)).await;
    to.call(client.plans().offset(1).limit(2)).await;
    to.call(client.price_lists().event(event).limit(1)).await;
    to.call(client.bands().limit(2)).await;
    to.call(client.ticket_types().limit(2)).await;
    to.call(client.fixed_series().fixed_series(FixedSeriesId::new(701)))
        .await;
    to.call(client.memberships().limit(1)).await;
}

async fn the_shop(client: &Client, to: &mut impl Caller) {
    to.call(client.offers().limit(1)).await;
    to.call(
        client
            .eligible_offers()
            .customer(ADA)
            .event(EventId::new(7005))
            .limit(1),
    )
    .await;
    to.call(client.stock_items().limit(1)).await;
}

async fn customers(client: &Client, to: &mut impl Caller) {
    let (grace, home) = (CustomerId::new(9007), CustomerAddressId::new(1205));
    to.call(client.tags().limit(2)).await;
    to.call(client.tag_groups().limit(1)).await;
    to.call(client.statements().limit(1)).await;
    to.call(client.postcode_lookup("qv1 2ab")).await;
    to.call(client.postcode_address("QV12AB-03")).await;
    let new = Customer::to_create("grace.new@example.org", "New").with_first_name("Grace");
    to.call(client.add_customers([new])).await;
    let address = Address::new()
        .with_line1("12 Ropewalk")
        .with_town("Mallowmere")
        .with_postcode("QV1 2AB")
        .with_country("United Kingdom");
    to.call(client.add_customer_addresses([CustomerAddress::to_create(grace, "Home", address)]))
        .await;
    to.call(client.update_customers([Customer::to_change(grace).with_phone("01632 960299")]))
        .await;
    let moved = CustomerAddress::to_change(grace, home).with_line1("11 Ropewalk");
    to.call(client.update_customer_addresses([moved])).await;
    to.call(client.customers().email("grace.new@example.org")).await;
    to.call(client.customer_addresses(grace)).await;
    to.call(client.delete_customer_address(grace, home)).await;
    to.call(client.reset_customer_password(grace)).await;
}

async fn a_visit(session: &Session, to: &mut impl Caller) {
    let items = BasketItems::new()
        .with_tickets([seat(), seat()])
        .with_merchandise_items([MerchandiseItem::to_add(StockItemId::new(501)).with_price_override(Decimal::ONE)]);
    to.call(session.add(items)).await;
    to.call(session.authenticate("ada.sample@example.org", "sandbox-password"))
        .await;
    let student = Ticket::to_change(TicketId::new(51_015)).with_ticket_type(TicketTypeId::new(22));
    to.call(session.update_items(student)).await;
    to.call(session.delete_item(TicketId::new(51_016))).await;
    let deliveries = Basket::new()
        .with_ticket_delivery(Delivery::print_at_home())
        .with_merchandise_delivery(Delivery::care_of_box_office());
    to.call(session.update_basket(deliveries)).await;
    to.call(session.keep_alive()).await;
    to.call(session.basket()).await;
    to.call(session.related_data()).await;
    to.call(session.confirm()).await;
}

/// A ticket at the full price.
pub(crate) fn seat() -> Ticket {
    Ticket::to_add(InstanceId::new(21_129), PlanId::new(402))
        .with_band(BandId::new(12))
        .with_ticket_type(TicketTypeId::new(21))
}

async fn the_past(client: &Client, to: &mut impl Caller) {
    let order = OrderId::new(30_002);
    to.call(client.orders().order(order)).await;
    to.call(client.order_related_data().order(order)).await;
    to.call(
        client
            .transactions()
            .transaction(TransactionId::new(40_002))
            .order(order),
    )
    .await;
    to.call(client.print_at_home_documents(CustomerId::new(9002))).await;
    to.call(client.send_confirmation_email(order)).await;
}
