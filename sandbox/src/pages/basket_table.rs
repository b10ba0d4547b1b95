//! The items of a basket or an order as a table, with their names, prices and total.

use maud::{Markup, html};
use rust_decimal::Decimal;
use spektrix_v2::{Basket, Delivery, DeliveryType, MerchandiseItem, Order, Ticket};

use super::layout::{date_and_time, money};
use crate::venue::Venue;

/// What a basket and an order have in common.
pub(super) struct Items<'a> {
    tickets: &'a [Ticket],
    merchandise: &'a [MerchandiseItem],
    deliveries: [Option<&'a Delivery>; 2],
    total: Decimal,
}

impl<'a> From<&'a Basket> for Items<'a> {
    fn from(basket: &'a Basket) -> Self {
        Self {
            tickets: &basket.tickets,
            merchandise: &basket.merchandise_items,
            deliveries: [basket.ticket_delivery.as_ref(), basket.merchandise_delivery.as_ref()],
            total: basket.total.unwrap_or_default(),
        }
    }
}

impl<'a> From<&'a Order> for Items<'a> {
    fn from(order: &'a Order) -> Self {
        Self {
            tickets: &order.tickets,
            merchandise: &order.merchandise_items,
            deliveries: [order.ticket_delivery.as_ref(), order.merchandise_delivery.as_ref()],
            total: order.total,
        }
    }
}

impl Items<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.tickets.is_empty() && self.merchandise.is_empty()
    }

    /// Returns the table. With `can_remove`, each item has a button that sends the field `remove` with its id.
    pub(super) fn table(&self, venue: &Venue, can_remove: bool) -> Markup {
        html! {
            table {
                thead {
                    tr {
                        th scope="col" { "Item" }
                        th.amount scope="col" { "Price" }
                        @if can_remove { th.amount scope="col" { "Change" } }
                    }
                }
                tbody {
                    @for line in self.lines(venue) { (line.row(can_remove)) }
                }
                tfoot {
                    tr {
                        th scope="row" { "Total" }
                        td.amount { (money(self.total)) }
                        @if can_remove { td {} }
                    }
                }
            }
        }
    }

    fn lines(&self, venue: &Venue) -> Vec<Line> {
        let tickets = self.tickets.iter().map(|ticket| ticket_line(venue, ticket));
        let merchandise = self.merchandise.iter().map(|item| merchandise_line(venue, item));
        let deliveries = self.deliveries.into_iter().zip(["Tickets", "Merchandise"]);
        let deliveries = deliveries.filter_map(|(delivery, of)| delivery.map(|delivery| delivery_line(delivery, of)));
        tickets.chain(merchandise).chain(deliveries).collect()
    }
}

/// A row of the table.
struct Line {
    name: String,
    detail: String,
    price: Decimal,
    /// The id of an item that can be removed.
    id: Option<i32>,
}

impl Line {
    fn row(&self, can_remove: bool) -> Markup {
        html! {
            tr {
                td {
                    (self.name)
                    @if !self.detail.is_empty() { br; span.quiet { (self.detail) } }
                }
                td.amount { (money(self.price)) }
                @if can_remove {
                    td.amount {
                        @if let Some(id) = self.id {
                            form method="post" {
                                button.small name="remove" value=(id) aria-label=(format!("Remove {}", self.name)) { "Remove" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn ticket_line(venue: &Venue, ticket: &Ticket) -> Line {
    let instance = venue
        .instances
        .iter()
        .find(|instance| Some(instance.id) == ticket.instance);
    let event = instance.and_then(|instance| venue.events.iter().find(|event| event.id == instance.event));
    let plan = venue.plans.iter().find(|plan| Some(plan.id) == ticket.plan);
    let kind = venue
        .ticket_types
        .iter()
        .find(|kind| Some(kind.id) == ticket.ticket_type);
    let details = [
        instance.map(|instance| date_and_time(instance.start)),
        plan.map(|plan| plan.name.clone()),
        kind.map(|kind| kind.name.clone()),
    ];
    Line {
        name: event.map_or_else(|| "Ticket".to_owned(), |event| event.name.clone()),
        detail: details.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        price: ticket.price.unwrap_or_default() - ticket.discount.unwrap_or_default(),
        id: ticket.id.map(spektrix_v2::TicketId::get),
    }
}

fn merchandise_line(venue: &Venue, item: &MerchandiseItem) -> Line {
    let stock = venue.stock_items.iter().find(|stock| Some(stock.id) == item.stock_item);
    Line {
        name: stock
            .and_then(|stock| stock.name.clone())
            .unwrap_or_else(|| "Merchandise".to_owned()),
        detail: String::new(),
        price: item.price.unwrap_or_default() - item.discount.unwrap_or_default(),
        id: item.id.map(spektrix_v2::MerchandiseItemId::get),
    }
}

/// Returns the line of a delivery: that of the tickets or of the merchandise.
fn delivery_line(delivery: &Delivery, of: &str) -> Line {
    let kind = delivery.r#type.as_ref();
    Line {
        name: kind.map_or_else(|| "Delivery".to_owned(), |kind| delivery_name(kind).to_owned()),
        detail: of.to_owned(),
        price: delivery.fee.unwrap_or_default(),
        id: None,
    }
}

/// Returns the name of a delivery for visitors.
pub(super) fn delivery_name(kind: &DeliveryType) -> &str {
    match kind {
        DeliveryType::Postal => "By post",
        DeliveryType::Cobo => "Collect from the box office",
        DeliveryType::PrintAtHome => "Print at home",
        other => other.as_str(),
    }
}
