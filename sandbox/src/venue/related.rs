//! What the items of a basket or of orders refer to, gathered from everything the venue has, inactive or not.

use spektrix_v2::{
    Band, Basket, BasketRelatedData, Event, Instance, MerchandiseItem, Offer, OfferId, Order, OrderRelatedData, Plan,
    PriceList, StockItem, Ticket, TicketType,
};

use super::Venue;

/// The items that refer to something.
#[derive(Default)]
struct Items<'a> {
    tickets: Vec<&'a Ticket>,
    merchandise: Vec<&'a MerchandiseItem>,
    offers: Vec<OfferId>,
}

pub(crate) fn of_basket(venue: &Venue, basket: &Basket) -> BasketRelatedData {
    let items = Items {
        tickets: basket.tickets.iter().collect(),
        merchandise: basket.merchandise_items.iter().collect(),
        offers: basket.offers.clone(),
    };
    let related = Related::gather(venue, &items);
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

pub(crate) fn of_orders<'a>(venue: &Venue, orders: impl Iterator<Item = &'a Order>) -> OrderRelatedData {
    let mut items = Items::default();
    for order in orders {
        items.tickets.extend(&order.tickets);
        items.merchandise.extend(&order.merchandise_items);
        items.offers.extend(&order.offers);
    }
    let related = Related::gather(venue, &items);
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

/// The fields that both kinds of related data have.
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
    fn gather(venue: &Venue, items: &Items<'_>) -> Self {
        let tickets = &items.tickets;
        let archive = &venue.archive;
        let all_instances = venue.instances.iter().chain([&archive.instance]);
        let instances = only(all_instances, |one| {
            tickets.iter().any(|ticket| ticket.instance == Some(one.id))
        });
        let by_instance = |test: &dyn Fn(&Instance) -> bool| instances.iter().any(test);
        let by_ticket = |test: &dyn Fn(&Ticket) -> bool| tickets.iter().any(|ticket| test(ticket));
        let events = venue.events.iter().chain([&archive.event]);
        let is_sold = |item: &StockItem| items.merchandise.iter().any(|sold| sold.stock_item == Some(item.id));
        let offers = venue.offers.iter().map(|terms| &terms.offer);
        Self {
            bands: only(&venue.bands, |one| by_ticket(&|ticket| ticket.band == Some(one.id))),
            events: only(events, |one| by_instance(&|instance| instance.event == one.id)),
            offers: only(offers, |one| items.offers.contains(&one.id)),
            plans: only(&venue.plans, |one| {
                by_ticket(&|ticket| ticket.plan == Some(one.id)) || by_instance(&|instance| instance.plan == one.id)
            }),
            price_lists: only(&venue.price_lists, |one| {
                by_instance(&|instance| instance.price_list == one.id)
            }),
            stock_items: only(&venue.stock_items, is_sold),
            ticket_types: only(&venue.ticket_types, |one| {
                by_ticket(&|ticket| ticket.ticket_type == Some(one.id))
            }),
            instances,
        }
    }
}

fn only<'a, T: Clone + 'a>(all: impl IntoIterator<Item = &'a T>, is_wanted: impl Fn(&T) -> bool) -> Vec<T> {
    all.into_iter().filter(|one| is_wanted(one)).cloned().collect()
}
