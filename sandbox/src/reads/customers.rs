//! Customers, their addresses, and the postcode lookup.

use http::StatusCode;
use spektrix_v2::operations::{GetAddress, GetCustomerAddresses, GetCustomers};
use spektrix_v2::{CustomerId, operations};

use crate::api::{Call, Parameters, Refusal, Reply};
use crate::state::LiveVenue;
use crate::venue::Venue;

/// Returns the customers that match all parameters.
pub(super) fn customers(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = customer_id(call.parameters);
    let email = call.parameters.non_empty_text("email");
    let friendly_id = call.parameters.non_empty_text("friendly_id");
    Reply::encode_filtered::<GetCustomers, _>(live.state().customers.iter(), |customer| {
        let has_email = |email| {
            let own = customer.email.as_deref();
            own.is_some_and(|own| own.eq_ignore_ascii_case(email))
        };
        id.is_none_or(|id| customer.id == Some(id))
            && email.is_none_or(has_email)
            && friendly_id.is_none_or(|id| customer.friendly_id.as_deref() == Some(id))
    })
}

pub(super) fn customer_addresses(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customer = customer_id(call.parameters);
    Reply::encode_filtered::<GetCustomerAddresses, _>(live.state().addresses.of_customer(customer), |_| true)
}

pub(super) fn postcode_lookup(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let postcode = call.parameters.text("postcode").unwrap_or_default();
    let found = venue
        .known_addresses
        .iter()
        .filter(|known| known.has_postcode(postcode));
    Reply::encode::<operations::PostcodeLookup>(&found.map(|known| known.lookup.clone()).collect())
}

/// Returns an address that a postcode lookup has found.
pub(super) fn address(venue: &Venue, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.parameters.text("postcode_lookup_id").unwrap_or_default();
    let has_id = |lookup: &spektrix_v2::PostcodeLookup| lookup.id.as_ref().is_some_and(|own| own.as_str() == id);
    let found = venue.known_addresses.iter().find(|known| has_id(&known.lookup));
    match found {
        Some(known) => Reply::encode::<GetAddress>(&known.address),
        None => Err(Refusal::new(
            StatusCode::NOT_FOUND,
            format!("There is no postcode lookup with the id '{id}'."),
        )),
    }
}

pub(super) fn customer_id(parameters: &Parameters) -> Option<CustomerId> {
    parameters.id("customer_id").map(CustomerId::new)
}
