//! What a change of a basket does to the number of its items, by its request.

use crate::generated::operations::{AddBasketItems, ConfirmOrder, DeleteBasketItem};
use crate::generated::types::BasketItems;
use crate::operation::{Operation, OperationInfo};
use crate::runtime::{Codec, DecodeOptions};
use crate::session_state::ItemChange;

/// Returns what a change does to the number of items, given the body of its request.
pub(super) fn item_change(info: &OperationInfo, body: &[u8]) -> ItemChange {
    let is = |other: &OperationInfo| info.name == other.name;
    if is(&AddBasketItems::INFO) {
        ItemChange::Add(items_in(body))
    } else if is(&DeleteBasketItem::INFO) {
        ItemChange::Remove
    } else if is(&ConfirmOrder::INFO) {
        ItemChange::RemoveAll
    } else {
        ItemChange::None
    }
}

/// Returns how many items a request adds. A raw call may have any body: of one that cannot be read, nothing is certain.
fn items_in(body: &[u8]) -> usize {
    type Xml = <AddBasketItems as Operation>::Codec;
    let names = AddBasketItems::INFO.request;
    let items = <Xml as Codec<BasketItems>>::decode(body, names, &DecodeOptions::default());
    items.map_or(0, |items| {
        items.value.tickets.len() + items.value.merchandise_items.len()
    })
}
