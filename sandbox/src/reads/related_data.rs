//! Related data: the objects that the items of a basket or of orders refer to, including inactive ones.

use spektrix_v2::{
    Band, Basket, BasketRelatedData, Event, Instance, MerchandiseItem, Offer, OfferId, Order, OrderRelatedData, Plan,
    PriceList, StockItem, Ticket, TicketType,
};

use crate::venue::Venue;

/// The items whose references are collected.
#[derive(Default)]
struct Items<'a> {
    tickets: Vec<&'a Ticket>,
    merchandise: Vec<&'a MerchandiseItem>,
    offers: Vec<OfferId>,
}

pub(super) fn of_basket(venue: &Venue, basket: &Basket) -> BasketRelatedData {
    let items = Items {
        tickets: basket.tickets.iter().collect(),
        merchandise: basket.merchandise_items.iter().collect(),
        offers: basket.offers.clone(),
    };
    let related = Related::collect(venue, &items);
    let mut data = BasketRelatedData::new();
    data.bands = related.bands;
    data.events = related.events;
    data.instances = related.instances;
    data.offers = related.offers;
    data.plans = related.plans;
    data.price_lists = related.price_lists;
    data.stock_items = related.stock_items;
    data.ticket_types = related.ticket_types;
    data
}

pub(super) fn of_orders<'a>(venue: &Venue, orders: impl Iterator<Item = &'a Order>) -> OrderRelatedData {
    let mut items = Items::default();
    for order in orders {
        items.tickets.extend(&order.tickets);
        items.merchandise.extend(&order.merchandise_items);
        items.offers.extend(&order.offers);
    }
    let related = Related::collect(venue, &items);
    let mut data = OrderRelatedData::new();
    data.bands = related.bands;
    data.events = related.events;
    data.instances = related.instances;
    data.offers = related.offers;
    data.plans = related.plans;
    data.price_lists = related.price_lists;
    data.stock_items = related.stock_items;
    data.ticket_types = related.ticket_types;
    data
}

/// The fields of both types of related data.
struct Related {
    bands: Vec<Band>,
    events: Vec<Event>,
    instances: Vec<Instance>,
    offers: Vec<Offer>,
    plans: Vec<Plan>,
    price_lists: Vec<PriceList>,
    stock_items: Vec<StockItem>,
    ticket_types: Vec<TicketType>,
}

impl Related {
    fn collect(venue: &Venue, items: &Items<'_>) -> Self {
        let tickets = &items.tickets;
        let archive = &venue.archive;
        let all_instances = venue.instances.iter().chain(&archive.instances);
        let instances = filtered(all_instances, |instance| {
            tickets.iter().any(|ticket| ticket.instance == Some(instance.id))
        });
        let by_instance = |test: &dyn Fn(&Instance) -> bool| instances.iter().any(test);
        let by_ticket = |test: &dyn Fn(&Ticket) -> bool| tickets.iter().any(|ticket| test(ticket));
        let events = venue.events.iter().chain(&archive.events);
        let is_sold = |item: &StockItem| items.merchandise.iter().any(|sold| sold.stock_item == Some(item.id));
        let offers = venue.offers.iter().map(|terms| &terms.offer);
        Self {
            bands: filtered(&venue.bands, |band| by_ticket(&|ticket| ticket.band == Some(band.id))),
            events: filtered(events, |event| by_instance(&|instance| instance.event == event.id)),
            offers: filtered(offers, |offer| items.offers.contains(&offer.id)),
            // The plans of tickets and the whole plans that they are parts of.
            plans: filtered(&venue.plans, |plan| {
                by_ticket(&|ticket| ticket.plan == Some(plan.id)) || by_instance(&|instance| instance.plan == plan.id)
            }),
            price_lists: filtered(&venue.price_lists, |list| {
                by_instance(&|instance| instance.price_list == list.id)
            }),
            stock_items: filtered(&venue.stock_items, is_sold),
            ticket_types: filtered(&venue.ticket_types, |ticket_type| {
                by_ticket(&|ticket| ticket.ticket_type == Some(ticket_type.id))
            }),
            instances,
        }
    }
}

fn filtered<'a, T: Clone + 'a>(all: impl IntoIterator<Item = &'a T>, is_wanted: impl Fn(&T) -> bool) -> Vec<T> {
    all.into_iter().filter(|item| is_wanted(item)).cloned().collect()
}
