//! A basket as a person reads it at a terminal.

use std::fmt;

use rust_decimal::Decimal;
use spektrix_v2::{Basket, BasketRelatedData, Delivery, MerchandiseItem, Ticket};

/// A basket, and the objects that it refers to.
pub(crate) struct Receipt {
    pub(crate) basket: Basket,
    pub(crate) related: BasketRelatedData,
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for ticket in &self.basket.tickets {
            line(f, &self.ticket(ticket), cost(ticket.price, ticket.discount))?;
        }
        for item in &self.basket.merchandise_items {
            line(f, self.merchandise(item), cost(item.price, item.discount))?;
        }
        let deliveries = [&self.basket.ticket_delivery, &self.basket.merchandise_delivery];
        for delivery in deliveries.into_iter().flatten() {
            line(f, &way(delivery), delivery.fee)?;
        }
        line(f, "Together", self.basket.total)
    }
}

impl Receipt {
    /// The show, the band and the kind of ticket.
    fn ticket(&self, ticket: &Ticket) -> String {
        let related = &self.related;
        let instance = related
            .instances
            .iter()
            .find(|instance| ticket.instance == Some(instance.id));
        let event = instance.and_then(|instance| related.events.iter().find(|event| event.id == instance.event));
        let band = related.bands.iter().find(|band| ticket.band == Some(band.id));
        let kind = related
            .ticket_types
            .iter()
            .find(|kind| ticket.ticket_type == Some(kind.id));
        let parts = [
            event.map(|event| event.name.as_str()),
            band.map(|band| band.name.as_str()),
            kind.map(|kind| kind.name.as_str()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn merchandise(&self, item: &MerchandiseItem) -> &str {
        let mut stock = self.related.stock_items.iter();
        let found = stock.find(|stock| item.stock_item == Some(stock.id));
        found.and_then(|stock| stock.name.as_deref()).unwrap_or("Merchandise")
    }
}

fn cost(price: Option<Decimal>, discount: Option<Decimal>) -> Option<Decimal> {
    Some(price? - discount.unwrap_or_default())
}

fn way(delivery: &Delivery) -> String {
    let way = delivery.r#type.as_ref().map(ToString::to_string);
    let town = delivery.address.as_ref().and_then(|address| address.town.as_deref());
    match (way, town) {
        (Some(way), Some(town)) => format!("{way}, to {town}"),
        (way, _) => way.unwrap_or_else(|| "Delivery".to_owned()),
    }
}

fn line(f: &mut fmt::Formatter<'_>, what: &str, amount: Option<Decimal>) -> fmt::Result {
    let amount = amount.map_or_else(|| "?".to_owned(), |amount| format!("{amount:.2}"));
    writeln!(f, "{what:<60} {amount:>8}")
}
