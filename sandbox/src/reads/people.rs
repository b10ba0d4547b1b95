//! Customers, and where they live.

use http::StatusCode;
use spektrix_v2::CustomerId;
use spektrix_v2::operations::{GetAddress, GetCustomerAddresses, GetCustomers, PostcodeLookup};

use crate::answers::{Call, list, whole};
use crate::service::{Parameters, Refusal, Reply};
use crate::state::World;
use crate::venue::Venue;

/// Everything that is given must fit.
pub(super) fn customers(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = customer_id(call.parameters);
    let email = given(call.parameters, "email");
    let friendly_id = given(call.parameters, "friendly_id");
    list::<GetCustomers, _>(world.state().people.customers(), |customer| {
        let has_email = |email| {
            customer
                .email
                .as_deref()
                .is_some_and(|own| own.eq_ignore_ascii_case(email))
        };
        id.is_none_or(|id| customer.id == Some(id))
            && email.is_none_or(has_email)
            && friendly_id.is_none_or(|id| customer.friendly_id.as_deref() == Some(id))
    })
}

pub(super) fn customer_addresses(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customer = customer_id(call.parameters);
    list::<GetCustomerAddresses, _>(world.state().addresses.of_customer(customer), |_| true)
}

pub(super) fn postcode_lookup(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let postcode = call.parameters.text("postcode").unwrap_or_default();
    let found = venue
        .known_addresses
        .iter()
        .filter(|known| known.has_postcode(postcode));
    whole::<PostcodeLookup>(&found.map(|known| known.lookup.clone()).collect())
}

pub(super) fn address(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.parameters.text("postcode_lookup_id").unwrap_or_default();
    let is_wanted = |lookup: &spektrix_v2::PostcodeLookup| lookup.id.as_ref().is_some_and(|own| own.as_str() == id);
    let found = venue.known_addresses.iter().find(|known| is_wanted(&known.lookup));
    match found {
        Some(known) => whole::<GetAddress>(&known.address),
        None => Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!("No postcode look-up has the address '{id}'."),
        )),
    }
}

pub(super) fn customer_id(parameters: &Parameters) -> Option<CustomerId> {
    parameters.id("customer_id").map(CustomerId::new)
}

/// A text that was given and says something.
pub(super) fn given<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    parameters.text(name).filter(|text| !text.is_empty())
}
