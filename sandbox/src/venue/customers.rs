//! Customers, plainly fictional, and where they live.

use jiff::civil::date;
use spektrix_v2::{Address, Attributes, Customer, CustomerAddress, CustomerAddressId, CustomerId, TagId};

use super::tags::{statement, tag};

/// The tag that makes a customer a member.
pub(super) const MEMBER: TagId = tag(5);

pub(super) const ADA: CustomerId = CustomerId::new(9001);
pub(super) const BEN: CustomerId = CustomerId::new(9002);
pub(super) const CLEO: CustomerId = CustomerId::new(9003);
pub(super) const DEE: CustomerId = CustomerId::new(9004);

const NAMES: &[(&str, &str, &str)] = &[
    ("Ms", "Ada", "Sample"),
    ("Mr", "Ben", "Example"),
    ("Dr", "Cleo", "Placeholder"),
    ("", "Dee", "Specimen"),
    ("Mx", "Eli", "Mockup"),
    ("Mrs", "Fay", "Stand-In"),
];

pub(super) fn customers() -> Vec<Customer> {
    let customers = (0..).zip(NAMES);
    customers.map(|(place, names)| customer(place, names)).collect()
}

fn customer(place: i32, (title, first, last): &(&str, &str, &str)) -> Customer {
    let mut customer = Customer::new()
        .with_id(CustomerId::new(ADA.get() + place))
        .with_attributes(Attributes::from_iter([
            ("Seat Preference", "Aisle"),
            ("Access Notes", ""),
        ]))
        .with_email(format!("{first}.{last}@example.org").to_lowercase())
        .with_first_name(*first)
        .with_friendly_id(format!("C-{}", 88_401 + place * 7))
        .with_last_name(*last)
        // Numbers that are kept free for fiction.
        .with_mobile(format!("07700 9001{:02}", 20 + place))
        .with_phone(format!("01632 9602{:02}", 10 + place))
        .with_title(*title);
    customer.birth_date = Some(date(1970, 4, 12).at(0, 0, 0, 0));
    if place % 2 == 0 {
        customer.statements = vec![statement(0), statement(3)];
        customer.tags = vec![tag(place), MEMBER];
        customer.tags.dedup();
    }
    customer
}

pub(super) fn addresses() -> Vec<CustomerAddress> {
    vec![
        address(1201, ADA, "Home", &full_address()),
        address(1202, ADA, "Work", &street("12 Ropewalk", "QV1 2AB")),
        address(1203, BEN, "Home", &street("3 Tanner’s Yard", "QV1 2AC")),
        address(1204, CLEO, "Home", &street("41 Orchard Road", "QV2 7XX")),
    ]
}

/// An address with every line filled in.
pub(super) fn full_address() -> Address {
    street("Flat 7", "QV1 1AB")
        .with_line2("Lantern House")
        .with_line3("Third Landing")
        .with_line4("Old Customs Quarter")
        .with_line5("Harbourside")
        .with_county("Mallowshire")
}

pub(super) fn street(line1: &str, postcode: &str) -> Address {
    Address::new()
        .with_line1(line1)
        .with_town("Mallowmere")
        .with_postcode(postcode)
        .with_country("United Kingdom")
}

fn address(id: i32, customer: CustomerId, name: &str, address: &Address) -> CustomerAddress {
    CustomerAddress::to_create(customer, name, address.clone()).with_id(CustomerAddressId::new(id))
}
