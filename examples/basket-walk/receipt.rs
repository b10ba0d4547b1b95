//! A basket, formatted for a terminal.

use std::fmt;

use rust_decimal::Decimal;
use spektrix_v2::{Basket, BasketRelatedData, Delivery, MerchandiseItem, Ticket};

/// A basket and the objects that it refers to.
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
            line(f, &describe(delivery), delivery.fee)?;
        }
        line(f, "Total", self.basket.total)
    }
}

impl Receipt {
    /// Returns the names of the event, the band and the ticket type.
    fn ticket(&self, ticket: &Ticket) -> String {
        let related = &self.related;
        let instance = related
            .instances
            .iter()
            .find(|instance| ticket.instance == Some(instance.id));
        let event = instance.and_then(|instance| related.events.iter().find(|event| event.id == instance.event));
        let band = related.bands.iter().find(|band| ticket.band == Some(band.id));
        let ticket_type = related
            .ticket_types
            .iter()
            .find(|ticket_type| ticket.ticket_type == Some(ticket_type.id));
        let names = [
            event.map(|event| event.name.as_str()),
            band.map(|band| band.name.as_str()),
            ticket_type.map(|ticket_type| ticket_type.name.as_str()),
        ];
        names.into_iter().flatten().collect::<Vec<_>>().join(", ")
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

fn describe(delivery: &Delivery) -> String {
    let delivery_type = delivery.r#type.as_ref().map(ToString::to_string);
    let town = delivery.address.as_ref().and_then(|address| address.town.as_deref());
    match (delivery_type, town) {
        (Some(delivery_type), Some(town)) => format!("{delivery_type}, to {town}"),
        (delivery_type, _) => delivery_type.unwrap_or_else(|| "Delivery".to_owned()),
    }
}

fn line(f: &mut fmt::Formatter<'_>, what: &str, amount: Option<Decimal>) -> fmt::Result {
    let amount = amount.map_or_else(|| "?".to_owned(), |amount| format!("{amount:.2}"));
    writeln!(f, "{what:<60} {amount:>8}")
}
