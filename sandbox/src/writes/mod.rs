//! The operations that change something, one function each.

mod baskets;
mod customers;
mod request_body;
mod write_policy;

use http::StatusCode;

use crate::api::{Call, Refusal, Reply};
use crate::state::LiveVenue;
pub(crate) use baskets::new_session;
pub(crate) use write_policy::WritePolicy;

/// Calls the function for an operation.
pub(crate) fn respond(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    match call.operation.name {
        "AddBasketItems" => baskets::add_items(live, call),
        "AddCustomerAddresses" => customers::add_addresses(live, call),
        "AddCustomers" => customers::add(live, call),
        "AuthenticateCustomer" => customers::authenticate(live, call),
        "ConfirmOrder" => baskets::confirm(live, call),
        "DeleteBasketItem" => baskets::remove_item(live, call),
        "DeleteCustomerAddress" => customers::delete_address(live, call),
        "KeepAlive" => baskets::keep_alive(live, call),
        "ResetCustomerPassword" => customers::reset_password(live, call),
        "SendConfirmationEmail" => customers::send_confirmation(live, call),
        "UpdateBasket" => baskets::update(live, call),
        "UpdateBasketItems" => baskets::update_items(live, call),
        "UpdateCustomerAddresses" => customers::update_addresses(live, call),
        "UpdateCustomers" => customers::update(live, call),
        name => Err(Refusal::new(
            StatusCode::NOT_IMPLEMENTED,
            format!("The sandbox does not support {name}."),
        )),
    }
}
