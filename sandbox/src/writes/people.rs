//! Customers, their addresses and passwords, and what is mailed to them.

use spektrix_v2::operations::{
    AddCustomerAddresses, AddCustomers, AuthenticateCustomer, UpdateCustomerAddresses, UpdateCustomers,
};
use spektrix_v2::{CustomerAddressId, CustomerId, OrderId};

use super::baskets::{cookie, new_session};
use super::request::read;
use crate::answers::{Call, whole};
use crate::service::{Refusal, Reply};
use crate::state::World;

pub(super) fn add(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customers = read::<AddCustomers>(call)?;
    let ids = world.state().create_customers(&world.catalogue.venue, customers)?;
    whole::<AddCustomers>(&ids)
}

pub(super) fn update(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customers = read::<UpdateCustomers>(call)?;
    world.state().update_customers(&world.catalogue.venue, &customers)?;
    Ok(Reply::empty())
}

/// Looks for the customer, and puts it into the basket if that is asked for.
pub(super) fn authenticate(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let credentials = read::<AuthenticateCustomer>(call)?;
    let new_id = new_session()?;
    let mut state = world.state();
    let customer = state
        .people
        .authenticate(&credentials.email, &credentials.password)?
        .clone();
    let reply = whole::<AuthenticateCustomer>(&customer)?;
    let (Some(true), Some(id)) = (credentials.add_to_basket, customer.id) else {
        return Ok(reply);
    };
    let belongs = state.change_or_begin(&world.catalogue, world.now(), call.session, new_id, |draft| {
        draft.belongs_to(id)
    })?;
    Ok(cookie(reply, belongs.1))
}

pub(super) fn reset_password(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    world.state().reset_password(customer(call))?;
    Ok(Reply::empty())
}

pub(super) fn add_addresses(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let addresses = read::<AddCustomerAddresses>(call)?;
    let ids = world.state().create_addresses(addresses)?;
    whole::<AddCustomerAddresses>(&ids)
}

pub(super) fn update_addresses(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let addresses = read::<UpdateCustomerAddresses>(call)?;
    world.state().update_addresses(&addresses)?;
    Ok(Reply::empty())
}

pub(super) fn delete_address(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let address = CustomerAddressId::new(call.parameters.id("address_id").unwrap_or_default());
    world.state().delete_address(customer(call), address)?;
    Ok(Reply::empty())
}

pub(super) fn send_confirmation(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let order = OrderId::new(call.parameters.id("order_id").unwrap_or_default());
    world.state().confirm_by_mail(&world.catalogue.venue, order)?;
    Ok(Reply::empty())
}

/// A parameter that was asked for before.
fn customer(call: &Call<'_>) -> CustomerId {
    CustomerId::new(call.parameters.id("customer_id").unwrap_or_default())
}
