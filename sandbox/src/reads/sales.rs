//! Baskets and orders, what they refer to, and the money behind them.

use http::StatusCode;
use spektrix_v2::operations::{GetBasket, GetBasketRelatedData, GetOrderRelatedData, GetOrders, GetTransactions};
use spektrix_v2::{Basket, Order, OrderId, TransactionId};

use super::answer::{list, whole};
use super::people::{customer_id, given};
use crate::answers::Call;
use crate::service::{Fault, Parameters, Reply};
use crate::sessions::Sessions;
use crate::venue::{Venue, related};

pub(super) fn basket(sessions: &Sessions, call: &Call<'_>) -> Result<Reply, Fault> {
    whole::<GetBasket>(find_basket(sessions, call)?)
}

pub(super) fn basket_related_data(venue: &Venue, sessions: &Sessions, call: &Call<'_>) -> Result<Reply, Fault> {
    let basket = find_basket(sessions, call)?;
    whole::<GetBasketRelatedData>(&related::of_basket(venue, basket))
}

pub(super) fn orders(venue: &Venue, call: &Call<'_>) -> Result<Reply, Fault> {
    list::<GetOrders, _>(&venue.orders, |order| is_wanted(order, call.parameters))
}

pub(super) fn order_related_data(venue: &Venue, call: &Call<'_>) -> Result<Reply, Fault> {
    let orders = venue.orders.iter().filter(|order| is_wanted(order, call.parameters));
    whole::<GetOrderRelatedData>(&related::of_orders(venue, orders))
}

pub(super) fn transactions(venue: &Venue, call: &Call<'_>) -> Result<Reply, Fault> {
    let id = call.parameters.id("transaction_id").map(TransactionId::new);
    let order = call.parameters.id("order_id").map(OrderId::new);
    list::<GetTransactions, _>(&venue.transactions, |transaction| {
        id.is_none_or(|id| transaction.id == id) && order.is_none_or(|order| transaction.order == Some(order))
    })
}

fn find_basket<'a>(sessions: &'a Sessions, call: &Call<'_>) -> Result<&'a Basket, Fault> {
    let found = call.session.and_then(|id| sessions.basket(id));
    found.ok_or_else(|| {
        let message = match call.session {
            Some(_) => "There is no basket: the session of the cookie SessionId does not live.",
            None => "There is no basket: the request has no cookie SessionId.",
        };
        Fault::new(StatusCode::NOT_FOUND, message)
    })
}

/// Everything that is given must fit.
fn is_wanted(order: &Order, parameters: &Parameters) -> bool {
    let id = parameters.id("order_id").map(OrderId::new);
    let customer = customer_id(parameters);
    let friendly_id = given(parameters, "friendly_id");
    id.is_none_or(|id| order.id == id)
        && customer.is_none_or(|customer| order.customer == Some(customer))
        && friendly_id.is_none_or(|id| order.friendly_id.as_deref() == Some(id))
}
