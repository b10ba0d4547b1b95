//! Whether a change that came with a new identifier of the session lost the basket.
//!
//! The response to a change is empty, and the same for a new basket as for the previous one. So the basket is read: if it has
//! fewer items than the session is certain of, it is another one.

use super::Inner;
use super::call_options::Deadline;
use super::retry_loop::Read;
use crate::generated::operations::{AddBasketItems, ConfirmOrder, DeleteBasketItem, GetBasket};
use crate::generated::types::BasketItems;
use crate::operation::{Operation, OperationInfo};
use crate::retry::Retry;
use crate::runtime::{Codec, DecodeOptions};
use crate::session_state::{ItemChange, SessionState};

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

impl Inner {
    /// Reads the basket and counts it as lost, if it is another one. If it cannot be read, nothing is counted, and the next
    /// change checks again. The change itself has succeeded in any case.
    pub(super) async fn check_basket(&self, session: &SessionState, deadline: Deadline) {
        let meter = self.meter(GetBasket::INFO);
        let Ok(prepared) = self.prepare(&GetBasket::new(), Some(session), meter) else {
            return;
        };
        let input = prepared.input(Some(session), deadline, Read::Body);
        let received = self.send_with_retries(input, prepared.context, Some(Retry::none()));
        let Ok(received) = prepared.meter.check(received.await) else {
            return;
        };
        prepared.meter.succeed(received.response.status, received.body.len());
        if let Ok(basket) = GetBasket::decode_response(&received.body, &self.decode_options) {
            session.settle_items(basket.value.tickets.len() + basket.value.merchandise_items.len());
        }
    }
}
