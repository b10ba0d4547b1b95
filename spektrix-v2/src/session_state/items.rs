//! How many items a basket has for certain. With a new identifier, that shows whether it is another basket.

use crate::generated::operations::{AddBasketItems, ConfirmOrder, DeleteBasketItem};
use crate::generated::types::BasketItems;
use crate::operation::{Operation, OperationInfo};
use crate::runtime::{Codec, DecodeOptions};

/// What is known about the items of a basket.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KnownItems {
    /// The basket has as many items or more, unless it is in doubt.
    pub(crate) at_least: usize,
    /// The session has a new identifier, and it is not known yet whether the basket is the same.
    is_in_doubt: bool,
}

/// What a change does to the number of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemChange {
    /// Adds as many or more.
    Add(usize),
    /// Removes one.
    Remove,
    /// The basket becomes an order.
    RemoveAll,
    None,
}

impl ItemChange {
    /// Returns what an operation does, given the body of its request.
    pub(crate) fn of(info: &OperationInfo, body: &[u8]) -> Self {
        let is = |other: &OperationInfo| info.name == other.name;
        if is(&AddBasketItems::INFO) {
            Self::Add(items_in(body))
        } else if is(&DeleteBasketItem::INFO) {
            Self::Remove
        } else if is(&ConfirmOrder::INFO) {
            Self::RemoveAll
        } else {
            Self::None
        }
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

impl KnownItems {
    pub(super) fn new(at_least: usize) -> Self {
        Self {
            at_least,
            is_in_doubt: false,
        }
    }

    pub(super) fn apply(&mut self, change: ItemChange) {
        match change {
            ItemChange::Add(count) => self.at_least = self.at_least.saturating_add(count),
            ItemChange::Remove => self.at_least = self.at_least.saturating_sub(1),
            ItemChange::RemoveAll => *self = Self::default(),
            ItemChange::None => {}
        }
    }

    /// Notes a new identifier. An empty basket cannot be lost.
    pub(super) fn doubt(&mut self) {
        self.is_in_doubt = self.at_least > 0;
    }

    pub(super) fn is_in_doubt(self) -> bool {
        self.is_in_doubt
    }

    /// Notes how many items the basket has. Returns whether it was lost: the same basket would have more.
    pub(super) fn settle(&mut self, found: usize) -> bool {
        let is_lost = self.is_in_doubt && found < self.at_least;
        *self = Self::new(found);
        is_lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basket_is_lost_only_if_items_are_missing() {
        use ItemChange::{Add, None, Remove, RemoveAll};
        // The changes before and with the new identifier, the items found, and whether the basket was lost.
        let cases: [(&[ItemChange], ItemChange, usize, bool); 11] = [
            (&[Add(2)], Add(1), 3, false),
            (&[Add(2)], Add(1), 4, false),
            (&[Add(2)], Add(1), 1, true),
            (&[Add(2)], Add(1), 2, true),
            (&[Add(1)], None, 0, true),
            (&[Add(1)], None, 1, false),
            (&[], Add(1), 1, false),
            (&[], None, 0, false),
            (&[Add(1), Remove], Add(1), 1, false),
            (&[Remove, Add(1)], Add(1), 1, true),
            (&[Add(3), RemoveAll], Add(1), 1, false),
        ];
        for (before, with, found, expected) in cases {
            let mut known = KnownItems::default();
            for change in before {
                known.apply(*change);
            }
            let mut same = known;
            known.doubt();
            known.apply(with);
            assert_eq!(known.settle(found), expected, "{before:?} {with:?} {found}");
            assert_eq!(known, KnownItems::new(found), "what was found counts from then on");
            same.apply(with);
            assert!(!same.settle(0), "the identifier is the same");
        }
    }
}
