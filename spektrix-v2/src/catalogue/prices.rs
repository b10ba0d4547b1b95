//! What an instance costs.

use rust_decimal::Decimal;

use super::Catalogue;
use crate::generated::ids::{BandId, InstanceId, TicketTypeId};
use crate::generated::types::{Band, Price, TicketType};

/// A price, with what it refers to.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct PriceOf<'a> {
    /// What a ticket costs.
    pub amount: Decimal,
    /// Whether this is the price that the band has unless another is asked for.
    pub is_band_default: bool,
    /// For which seats; none if the price names no band, or one that is not in the catalogue.
    pub band: Option<&'a Band>,
    /// For whom; none if the ticket type is not in the catalogue.
    pub ticket_type: Option<&'a TicketType>,
}

impl Catalogue {
    /// What tickets for an instance cost, in the order of its price list.
    pub fn prices_of(&self, instance: InstanceId) -> impl Iterator<Item = PriceOf<'_>> {
        self.raw_prices(instance).map(|price| PriceOf {
            amount: price.amount,
            is_band_default: price.is_band_default,
            band: price.band.and_then(|band| self.band(band)),
            ticket_type: self.ticket_type(price.ticket_type),
        })
    }

    /// What a ticket of this type costs in this band, at an instance.
    pub fn price_of(&self, instance: InstanceId, band: BandId, ticket_type: TicketTypeId) -> Option<Decimal> {
        let asked = (Some(band), ticket_type);
        let price = self
            .raw_prices(instance)
            .find(|price| (price.band, price.ticket_type) == asked);
        price.map(|price| price.amount)
    }

    fn raw_prices(&self, instance: InstanceId) -> impl Iterator<Item = &Price> {
        let list = self.instance(instance).map(|instance| instance.price_list);
        let list = list.and_then(|list| self.price_list(list));
        list.into_iter().flat_map(|list| &list.prices)
    }
}
