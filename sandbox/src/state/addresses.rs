//! The addresses of customers.

use std::collections::BTreeMap;

use spektrix_v2::{CustomerAddress, CustomerAddressId, CustomerId};

use super::customers::Customers;
use super::ids::Counter;
use super::update::{copy_sent, refuse, require_lines};
use crate::api::Refusal;
use crate::venue::Venue;

/// All addresses by id.
#[derive(Debug)]
pub(crate) struct Addresses(BTreeMap<CustomerAddressId, CustomerAddress>);

impl Addresses {
    pub(super) fn of(venue: &Venue) -> Self {
        let addresses = venue.addresses.iter();
        Self(
            addresses
                .filter_map(|address| Some((address.id?, address.clone())))
                .collect(),
        )
    }

    /// Returns the addresses of a customer, ordered by id.
    pub(crate) fn of_customer(&self, customer: Option<CustomerId>) -> impl Iterator<Item = &CustomerAddress> {
        self.0.values().filter(move |address| address.customer == customer)
    }

    /// Creates all of the addresses, or none if one of them is refused.
    pub(super) fn create(
        &mut self,
        customers: &Customers,
        ids: &mut Counter,
        addresses: Vec<CustomerAddress>,
    ) -> Result<Vec<CustomerAddressId>, Refusal> {
        for (number, address) in (1..).zip(&addresses) {
            check(customers, address).map_err(refuse(element(number)))?;
        }
        let create = |mut address: CustomerAddress| {
            let id = CustomerAddressId::new(ids.next());
            address.id = Some(id);
            self.0.insert(id, address);
            id
        };
        Ok(addresses.into_iter().map(create).collect())
    }

    /// Updates all of the addresses, or none if one of them is refused. Each must name its customer, which cannot change.
    pub(super) fn update(&mut self, customers: &Customers, sent: &[CustomerAddress]) -> Result<(), Refusal> {
        let mut changed = BTreeMap::new();
        for (number, sent) in (1..).zip(sent) {
            let must_be_set = |name: &str| refuse(element(number))(format!("{name} must be set"));
            let id = sent.id.ok_or_else(|| must_be_set("id"))?;
            let customer = sent.customer.ok_or_else(|| must_be_set("Customer"))?;
            // An address that is sent twice is updated twice.
            let mut address = match changed.remove(&id) {
                Some(address) => address,
                None => self.find(customer, id)?.clone(),
            };
            copy_sent!(
                sent => &mut address;
                country, county, line1, line2, line3, line4, line5, postcode, town, customer, name,
            );
            check(customers, &address).map_err(refuse(element(number)))?;
            changed.insert(id, address);
        }
        self.0.append(&mut changed);
        Ok(())
    }

    pub(super) fn delete(&mut self, customer: CustomerId, id: CustomerAddressId) -> Result<(), Refusal> {
        self.find(customer, id)?;
        self.0.remove(&id);
        Ok(())
    }

    fn find(&self, customer: CustomerId, id: CustomerAddressId) -> Result<&CustomerAddress, Refusal> {
        let found = self.0.get(&id).filter(|address| address.customer == Some(customer));
        found.ok_or_else(|| Refusal::invalid(format!("Customer {customer} has no address {id}.")))
    }
}

fn element(number: usize) -> String {
    format!("CustomerAddress {number}")
}

/// Checks that the required fields of an address are set and that its customer exists.
fn check(customers: &Customers, address: &CustomerAddress) -> Result<(), String> {
    let customer = address.customer.ok_or("Customer must be set")?;
    if customers.get(customer).is_err() {
        return Err(format!("there is no customer {customer}"));
    }
    let lines = [
        ("Name", &address.name),
        ("Line1", &address.line1),
        ("Town", &address.town),
        ("Postcode", &address.postcode),
        ("Country", &address.country),
    ];
    require_lines(&lines, "")
}
