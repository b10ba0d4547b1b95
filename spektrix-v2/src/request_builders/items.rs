//! Items of a basket, to add or to change.

use rust_decimal::Decimal;

use crate::generated::ids::{BasketItemId, InstanceId, MerchandiseItemId, PlanId, StockItemId, TicketId};
use crate::generated::types::{BasketItems, MerchandiseItem, Ticket};

impl Ticket {
    /// Creates the request to add a ticket to a basket: one seat at this instance, in this plan, which must be bookable.
    ///
    /// ```
    /// use spektrix_v2::{BandId, BasketItems, InstanceId, PlanId, Ticket, TicketTypeId};
    ///
    /// let adult = Ticket::to_add(InstanceId::new(5001), PlanId::new(301))
    ///     .with_band(BandId::new(1))
    ///     .with_ticket_type(TicketTypeId::new(1));
    /// let items = BasketItems::from([adult.clone(), adult]);
    /// assert_eq!(items.tickets.len(), 2);
    /// ```
    #[must_use]
    pub fn to_add(instance: impl Into<InstanceId>, plan: impl Into<PlanId>) -> Self {
        Self::new().with_instance(instance).with_plan(plan)
    }

    /// Creates the request to change a ticket in a basket. Fields that are not set keep their values.
    ///
    /// ```
    /// use spektrix_v2::{Ticket, TicketId, TicketTypeId};
    ///
    /// let student = Ticket::to_change(TicketId::new(7)).with_ticket_type(TicketTypeId::new(2));
    /// assert_eq!(student.band, None);
    /// ```
    #[must_use]
    pub fn to_change(id: impl Into<TicketId>) -> Self {
        Self::new().with_id(id)
    }

    /// Sets a price that overrides the one in the price list.
    #[must_use]
    pub fn with_price_override(self, price: Decimal) -> Self {
        self.with_override_price(true).with_price(price)
    }
}

impl MerchandiseItem {
    /// Creates the request to add a merchandise item to a basket. The service refuses an item that is out of stock.
    #[must_use]
    pub fn to_add(stock_item: impl Into<StockItemId>) -> Self {
        Self::new().with_stock_item(stock_item)
    }

    /// Creates the request to change a merchandise item in a basket. Fields that are not set keep their values.
    #[must_use]
    pub fn to_change(id: impl Into<MerchandiseItemId>) -> Self {
        Self::new().with_id(id)
    }

    /// Sets a price that overrides the usual price.
    #[must_use]
    pub fn with_price_override(self, price: Decimal) -> Self {
        self.with_override_price(true).with_price(price)
    }
}

/// Converts one or more items of one kind to the items of a basket.
macro_rules! items {
    ($item:ident, $with:ident) => {
        impl From<$item> for BasketItems {
            fn from(item: $item) -> Self {
                Self::new().$with([item])
            }
        }

        impl From<Vec<$item>> for BasketItems {
            fn from(items: Vec<$item>) -> Self {
                Self::new().$with(items)
            }
        }

        impl<const N: usize> From<[$item; N]> for BasketItems {
            fn from(items: [$item; N]) -> Self {
                Self::new().$with(items)
            }
        }
    };
}

items!(Ticket, with_tickets);
items!(MerchandiseItem, with_merchandise_items);

impl From<TicketId> for BasketItemId {
    fn from(id: TicketId) -> Self {
        Self::new(id.get())
    }
}

impl From<MerchandiseItemId> for BasketItemId {
    fn from(id: MerchandiseItemId) -> Self {
        Self::new(id.get())
    }
}
