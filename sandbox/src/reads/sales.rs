//! Baskets, orders, transactions, and the objects that baskets and orders refer to.

use spektrix_v2::operations::{GetBasket, GetBasketRelatedData, GetOrderRelatedData, GetOrders, GetTransactions};
use spektrix_v2::{Order, OrderId, StockItem, TransactionId};

use super::customers::customer_id;
use super::related_data;
use crate::api::{Call, Parameters, Refusal, Reply};
use crate::state::{LiveVenue, State};

pub(super) fn basket(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let basket = live.state().basket(call.session)?.clone();
    Reply::encode::<GetBasket>(&basket)
}

pub(super) fn basket_related_data(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let basket = live.state().basket(call.session)?.clone();
    let mut related = related_data::of_basket(live.venue(), &basket);
    update_stock_levels(&live.state(), &mut related.stock_items);
    Reply::encode::<GetBasketRelatedData>(&related)
}

pub(super) fn orders(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let state = live.state();
    let orders = state.all_orders(live.venue());
    Reply::encode_filtered::<GetOrders, _>(orders, |order| is_wanted(order, call.parameters))
}

pub(super) fn order_related_data(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let venue = live.venue();
    let orders: Vec<_> = {
        let state = live.state();
        let wanted = state
            .all_orders(venue)
            .filter(|order| is_wanted(order, call.parameters));
        wanted.cloned().collect()
    };
    let mut related = related_data::of_orders(venue, orders.iter());
    update_stock_levels(&live.state(), &mut related.stock_items);
    Reply::encode::<GetOrderRelatedData>(&related)
}

/// Returns the transactions that match all parameters.
pub(super) fn transactions(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.parameters.id("transaction_id").map(TransactionId::new);
    let order = call.parameters.id("order_id").map(OrderId::new);
    let state = live.state();
    let transactions = live.venue().transactions.iter().chain(&state.orders.transactions);
    Reply::encode_filtered::<GetTransactions, _>(transactions, |transaction| {
        id.is_none_or(|id| transaction.id == id) && order.is_none_or(|order| transaction.order == Some(order))
    })
}

fn update_stock_levels(state: &State, items: &mut [StockItem]) {
    for item in items {
        *item = state.inventory.stock_item(item);
    }
}

/// Returns whether an order matches all parameters.
fn is_wanted(order: &Order, parameters: &Parameters) -> bool {
    let id = parameters.id("order_id").map(OrderId::new);
    let customer = customer_id(parameters);
    let friendly_id = parameters.non_empty_text("friendly_id");
    id.is_none_or(|id| order.id == id)
        && customer.is_none_or(|customer| order.customer == Some(customer))
        && friendly_id.is_none_or(|id| order.friendly_id.as_deref() == Some(id))
}
