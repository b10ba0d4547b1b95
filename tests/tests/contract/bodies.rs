//! Request bodies with a value in every field.

use jiff::civil::{DateTime, date};
use rust_decimal::Decimal;
use spektrix_v2::{
    Address, Attributes, BandId, Basket, BasketItems, Customer, CustomerAddress, CustomerAddressId,
    CustomerCredentials, CustomerId, Delivery, DeliveryOption, DeliveryType, InstanceId, MerchandiseItem,
    MerchandiseItemId, OfferId, PlanId, StatementId, StockItemId, TagId, Ticket, TicketId, TicketTypeId,
};

pub(crate) fn basket() -> Basket {
    Basket::new()
        .with_customer(CustomerId::new(7))
        .with_merchandise_delivery(delivery())
        .with_merchandise_delivery_options([DeliveryOption::new(money(350), DeliveryType::Cobo)])
        .with_merchandise_items([merchandise_item()])
        .with_offers([OfferId::new(41), OfferId::new(42)])
        .with_promo_codes(["SPRING".to_owned(), "TWO FOR ONE".to_owned()])
        .with_tickets([ticket()])
        .with_ticket_delivery(delivery())
        .with_ticket_delivery_options([
            DeliveryOption::new(money(0), DeliveryType::PrintAtHome),
            DeliveryOption::new(money(120), DeliveryType::Unknown("Pigeon".to_owned())),
        ])
        .with_total(money(6350))
}

pub(crate) fn items() -> BasketItems {
    BasketItems::new()
        .with_merchandise_items([merchandise_item()])
        .with_tickets([ticket(), Ticket::new()])
}

pub(crate) fn customers() -> Vec<Customer> {
    let full = Customer::new()
        .with_id(CustomerId::new(7))
        .with_attributes(attributes())
        .with_birth_date(DateTime::constant(1970, 12, 31, 0, 0, 0, 0))
        .with_email("someone@example.org")
        .with_first_name("First")
        .with_friendly_id("FRIENDLY-7")
        .with_last_name("Last")
        .with_mobile("+44 7700 900000")
        .with_password("pass <&> word")
        .with_phone("020 7946 0000")
        .with_statements([StatementId::new(81), StatementId::new(82)])
        .with_tags([TagId::new(91), TagId::new(92)])
        .with_title("Dr");
    vec![full, Customer::new().with_email("other@example.org").with_last_name("")]
}

pub(crate) fn customer_addresses() -> Vec<CustomerAddress> {
    let full = CustomerAddress::new()
        .with_id(CustomerAddressId::new(17))
        .with_country("United Kingdom")
        .with_county("Kent")
        .with_line1("1 First Line")
        .with_line2("Second Line")
        .with_line3("Third Line")
        .with_line4("Fourth Line")
        .with_line5("Fifth Line")
        .with_postcode("AB1 2CD")
        .with_town("Town")
        .with_customer(CustomerId::new(7))
        .with_name("Home");
    vec![
        full,
        CustomerAddress::new()
            .with_id(CustomerAddressId::new(18))
            .with_line2(""),
    ]
}

pub(crate) fn credentials() -> CustomerCredentials {
    CustomerCredentials::new("someone@example.org", "pass <&> word").with_add_to_basket(true)
}

fn ticket() -> Ticket {
    Ticket::new()
        .with_id(TicketId::new(11))
        .with_attributes(attributes())
        .with_band(BandId::new(12))
        .with_discount(money(150))
        .with_instance(InstanceId::new(13))
        .with_offer(OfferId::new(14))
        .with_offer_group(2)
        .with_override_price(true)
        .with_plan(PlanId::new(15))
        .with_price(money(1250))
        .with_ticket_type(TicketTypeId::new(16))
}

fn merchandise_item() -> MerchandiseItem {
    MerchandiseItem::new()
        .with_id(MerchandiseItemId::new(21))
        .with_attributes(attributes())
        .with_discount(money(50))
        .with_offer(OfferId::new(22))
        .with_offer_group(1)
        .with_override_price(false)
        .with_price(money(500))
        .with_stock_item(StockItemId::new(23))
}

fn delivery() -> Delivery {
    let address = Address::new()
        .with_country("United Kingdom")
        .with_county("Kent")
        .with_line1("1 First Line")
        .with_line2("Second Line")
        .with_line3("Third Line")
        .with_line4("Fourth Line")
        .with_line5("Fifth Line")
        .with_postcode("AB1 2CD")
        .with_town("Town");
    Delivery::new()
        .with_address(address)
        .with_fee(money(120))
        .with_type(DeliveryType::Postal)
}

/// Returns attributes with every character that must be escaped, with whitespace that belongs to the value, and with an
/// empty value.
fn attributes() -> Attributes {
    [
        ("Escaped", "<b> & \"quotes\" 'n'\rend"),
        ("Spaces", "  é  "),
        ("Empty", ""),
    ]
    .into_iter()
    .collect()
}

fn money(pence: i64) -> Decimal {
    Decimal::new(pence, 2)
}

pub(crate) fn day() -> jiff::civil::Date {
    date(2026, 3, 29)
}
