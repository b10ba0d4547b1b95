//! Links to documents with tickets to print at home.

use spektrix_v2::{DeliveryType, InstanceId, Order, PrintAtHomeLink, PrintAtHomeLinkId};

use super::season::Season;

pub(super) fn links(season: &Season, orders: &[Order]) -> Vec<PrintAtHomeLink> {
    let printed = orders.iter().filter(|order| is_printed(order));
    let documents = printed.flat_map(|order| instances(order).into_iter().map(move |instance| (order, instance)));
    (60_001..)
        .zip(documents)
        .map(|(id, (order, instance))| link(id, season, order, instance))
        .collect()
}

/// Returns whether the tickets of an order are printed at home.
pub(crate) fn is_printed(order: &Order) -> bool {
    let delivery = order
        .ticket_delivery
        .as_ref()
        .and_then(|delivery| delivery.r#type.as_ref());
    delivery == Some(&DeliveryType::PrintAtHome)
}

/// Returns the instances that an order has tickets for, without duplicates. There is one document for each.
pub(crate) fn instances(order: &Order) -> Vec<InstanceId> {
    let mut instances: Vec<_> = order.tickets.iter().filter_map(|ticket| ticket.instance).collect();
    instances.sort_unstable();
    instances.dedup();
    instances
}

/// Creates the link of an order's document for one instance. It has no URL, because the URL depends on the host of the
/// request. Documents of orders that were placed today are not ready.
fn link(id: i32, season: &Season, order: &Order, instance: InstanceId) -> PrintAtHomeLink {
    let is_ready = order.date.date() < season.now.date();
    let mut link = PrintAtHomeLink::new(PrintAtHomeLinkId::new(id), is_ready);
    link.customer = order.customer;
    link.instance = Some(instance);
    link
}
