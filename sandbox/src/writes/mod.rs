//! Answers every operation that changes something.

mod baskets;
mod namespaces;
mod people;
mod request;

use http::StatusCode;
use spektrix_v2::{Lifecycle, OperationInfo};

use crate::answers::Call;
use crate::service::{Refusal, Reply};
use crate::state::World;

/// One line for each operation.
pub(crate) fn answer(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    match call.operation.name {
        "AddBasketItems" => baskets::add_items(world, call),
        "AddCustomerAddresses" => people::add_addresses(world, call),
        "AddCustomers" => people::add(world, call),
        "AuthenticateCustomer" => people::authenticate(world, call),
        "ConfirmOrder" => baskets::confirm(world, call),
        "DeleteBasketItem" => baskets::remove_item(world, call),
        "DeleteCustomerAddress" => people::delete_address(world, call),
        "KeepAlive" => baskets::keep_alive(world, call),
        "ResetCustomerPassword" => people::reset_password(world, call),
        "SendConfirmationEmail" => people::send_confirmation(world, call),
        "UpdateBasket" => baskets::update(world, call),
        "UpdateBasketItems" => baskets::update_items(world, call),
        "UpdateCustomerAddresses" => people::update_addresses(world, call),
        "UpdateCustomers" => people::update(world, call),
        name => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("The sandbox does not know how to answer {name}."),
        )),
    }
}

/// What the service says, as far as its documentation tells, to changes of customers since 2025.
pub(crate) fn refuse_retired(operation: &OperationInfo) -> Result<(), Refusal> {
    match operation.lifecycle {
        Lifecycle::Retired => Err(Refusal::new(
            StatusCode::FORBIDDEN,
            format!(
                "{} is retired: customers can still be read, but not created, changed or deleted.",
                operation.name
            ),
        )),
        _ => Ok(()),
    }
}
