//! Changes of customers, addresses and passwords, and the emails for them.

use spektrix_v2::operations::{
    AddCustomerAddresses, AddCustomers, AuthenticateCustomer, UpdateCustomerAddresses, UpdateCustomers,
};
use spektrix_v2::{CustomerAddressId, CustomerId, OrderId};

use super::baskets::{new_session, with_session};
use super::request_body::decode;
use crate::api::{Call, Refusal, Reply};
use crate::state::LiveVenue;

pub(super) fn add(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customers = decode::<AddCustomers>(call)?;
    let ids = live.state().create_customers(live.venue(), customers)?;
    Reply::encode::<AddCustomers>(&ids)
}

pub(super) fn update(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customers = decode::<UpdateCustomers>(call)?;
    live.state().update_customers(live.venue(), &customers)?;
    Ok(Reply::empty())
}

/// Returns the customer with these credentials, and sets it on the basket if the request asks for that.
pub(super) fn authenticate(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let credentials = decode::<AuthenticateCustomer>(call)?;
    let offered = new_session()?;
    let mut state = live.state();
    let customer = state
        .customers
        .authenticate(&credentials.email, &credentials.password)?
        .clone();
    let reply = Reply::encode::<AuthenticateCustomer>(&customer)?;
    let (Some(true), Some(id)) = (credentials.add_to_basket, customer.id) else {
        return Ok(reply);
    };
    let started = state.change_or_start_basket(&live.index, live.now(), call.session, offered, |draft| {
        draft.set_customer(id)
    })?;
    Ok(with_session(reply, started))
}

pub(super) fn reset_password(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    live.state().reset_password(customer_id(call))?;
    Ok(Reply::empty())
}

pub(super) fn add_addresses(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let addresses = decode::<AddCustomerAddresses>(call)?;
    let ids = live.state().create_addresses(addresses)?;
    Reply::encode::<AddCustomerAddresses>(&ids)
}

pub(super) fn update_addresses(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let addresses = decode::<UpdateCustomerAddresses>(call)?;
    live.state().update_addresses(&addresses)?;
    Ok(Reply::empty())
}

pub(super) fn delete_address(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let address = CustomerAddressId::new(call.parameters.id("address_id").unwrap_or_default());
    live.state().delete_address(customer_id(call), address)?;
    Ok(Reply::empty())
}

pub(super) fn send_confirmation(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let order = OrderId::new(call.parameters.id("order_id").unwrap_or_default());
    live.state().send_confirmation(live.venue(), order)?;
    Ok(Reply::empty())
}

/// Returns a parameter that is required, so that it is always set here.
fn customer_id(call: &Call<'_>) -> CustomerId {
    CustomerId::new(call.parameters.id("customer_id").unwrap_or_default())
}
