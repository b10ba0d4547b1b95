//! Baskets and orders, what they refer to, and the money behind them.

use spektrix_v2::operations::{GetBasket, GetBasketRelatedData, GetOrderRelatedData, GetOrders, GetTransactions};
use spektrix_v2::{Order, OrderId, StockItem, TransactionId};

use super::people::{customer_id, given};
use crate::answers::{Call, list, whole};
use crate::service::{Parameters, Refusal, Reply};
use crate::state::{State, World};
use crate::venue::related;

pub(super) fn basket(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let basket = world.state().basket(call.session)?.clone();
    whole::<GetBasket>(&basket)
}

pub(super) fn basket_related_data(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let basket = world.state().basket(call.session)?.clone();
    let mut related = related::of_basket(&world.catalogue.venue, &basket);
    count_stock(&world.state(), &mut related.stock_items);
    whole::<GetBasketRelatedData>(&related)
}

pub(super) fn orders(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = world.state();
    let orders = state.orders(&world.catalogue.venue);
    list::<GetOrders, _>(orders, |order| is_wanted(order, call.parameters))
}

pub(super) fn order_related_data(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = &world.catalogue.venue;
    let orders: Vec<_> = {
        let state = world.state();
        let wanted = state.orders(venue).filter(|order| is_wanted(order, call.parameters));
        wanted.cloned().collect()
    };
    let mut related = related::of_orders(venue, orders.iter());
    count_stock(&world.state(), &mut related.stock_items);
    whole::<GetOrderRelatedData>(&related)
}

pub(super) fn transactions(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.parameters.id("transaction_id").map(TransactionId::new);
    let order = call.parameters.id("order_id").map(OrderId::new);
    let state = world.state();
    let transactions = world
        .catalogue
        .venue
        .transactions
        .iter()
        .chain(&state.orders.transactions);
    list::<GetTransactions, _>(transactions, |transaction| {
        id.is_none_or(|id| transaction.id == id) && order.is_none_or(|order| transaction.order == Some(order))
    })
}

/// Levels as they are now.
fn count_stock(state: &State, items: &mut [StockItem]) {
    for item in items {
        *item = state.inventory.stock_item(item);
    }
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
