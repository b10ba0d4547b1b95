//! The addresses of customers.

use std::collections::BTreeMap;

use spektrix_v2::{CustomerAddress, CustomerAddressId, CustomerId};

use super::ids::Counter;
use super::merge::take_over;
use super::people::{People, is_blank};
use crate::service::Refusal;
use crate::venue::Venue;

/// All addresses by id.
#[derive(Debug)]
pub(crate) struct Addresses(BTreeMap<CustomerAddressId, CustomerAddress>);

impl Addresses {
    pub(super) fn of(venue: &Venue) -> Self {
        let addresses = venue.addresses.iter().filter_map(|one| Some((one.id?, one.clone())));
        Self(addresses.collect())
    }

    /// Those of one customer, in the order of their ids.
    pub(crate) fn of_customer(&self, customer: Option<CustomerId>) -> impl Iterator<Item = &CustomerAddress> {
        self.0.values().filter(move |address| address.customer == customer)
    }

    /// Creates all of these addresses, or none.
    pub(super) fn create(
        &mut self,
        people: &People,
        ids: &mut Counter,
        addresses: Vec<CustomerAddress>,
    ) -> Result<Vec<CustomerAddressId>, Refusal> {
        for (place, address) in (1..).zip(&addresses) {
            check(people, address).map_err(refused(place))?;
        }
        let create = |mut address: CustomerAddress| {
            let id = CustomerAddressId::new(ids.next());
            address.id = Some(id);
            self.0.insert(id, address);
            id
        };
        Ok(addresses.into_iter().map(create).collect())
    }

    /// Changes what is sent of all of these addresses, or of none. Each names its customer, which cannot change.
    pub(super) fn update(&mut self, people: &People, sent: &[CustomerAddress]) -> Result<(), Refusal> {
        let mut changed = BTreeMap::new();
        for (place, sent) in (1..).zip(sent) {
            let id = sent.id.ok_or_else(|| refused(place)("id must be set".to_owned()))?;
            let customer = sent
                .customer
                .ok_or_else(|| refused(place)("Customer must be set".to_owned()))?;
            let mut address = match changed.remove(&id) {
                Some(address) => address,
                None => self.find(customer, id)?.clone(),
            };
            take_over!(
                sent => &mut address;
                country, county, line1, line2, line3, line4, line5, postcode, town, customer, name,
            );
            check(people, &address).map_err(refused(place))?;
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

fn refused(place: usize) -> impl Fn(String) -> Refusal {
    move |problem| Refusal::invalid(format!("CustomerAddress {place}: {problem}."))
}

/// What an address cannot be without.
fn check(people: &People, address: &CustomerAddress) -> Result<(), String> {
    let customer = address.customer.ok_or("Customer must be set")?;
    if people.customer(customer).is_err() {
        return Err(format!("there is no customer {customer}"));
    }
    let lines = [
        ("Name", &address.name),
        ("Line1", &address.line1),
        ("Town", &address.town),
        ("Postcode", &address.postcode),
        ("Country", &address.country),
    ];
    match lines.into_iter().find(|(_, line)| is_blank(line.as_deref())) {
        Some((name, _)) => Err(format!("{name} must be set")),
        None => Ok(()),
    }
}
