//! Creates tickets and merchandise items at the venue's prices, for the basket and the orders that the venue has.

use spektrix_v2::{
    Instance, MerchandiseItem, MerchandiseItemId, Plan, PlanId, Price, PriceList, StockItem, StockItemId, Ticket,
    TicketId,
};

use super::products::stock_price;
use super::programme::Genre;
use super::season::Season;
use super::seating::Room;

/// Creates items from what the venue sells.
pub(super) struct ItemFactory<'a> {
    pub(super) season: &'a Season,
    pub(super) instances: &'a [Instance],
    pub(super) plans: &'a [Plan],
    pub(super) price_lists: &'a [PriceList],
    pub(super) stock_items: &'a [StockItem],
}

impl<'a> ItemFactory<'a> {
    /// Returns the first instance of a genre in a room that is on sale.
    pub(super) fn upcoming(&self, genre: Genre, room: Room) -> Option<&'a Instance> {
        self.instances_of(genre, room).find(|instance| instance.is_on_sale)
    }

    /// Returns the first instance of a genre in a room that is over.
    pub(super) fn past(&self, genre: Genre, room: Room) -> Option<&'a Instance> {
        self.instances_of(genre, room)
            .find(|instance| instance.start < self.season.now)
    }

    fn instances_of(&self, genre: Genre, room: Room) -> impl Iterator<Item = &'a Instance> {
        let is_wanted = move |instance: &&Instance| {
            let showing = self.season.showing(instance.event);
            showing.is_some_and(|showing| showing.production.genre == genre && showing.production.room == room)
        };
        self.instances.iter().filter(is_wanted)
    }

    /// Creates a ticket at the price with an index in the instance's price list, or at the last price if there are
    /// fewer prices.
    pub(super) fn ticket(&self, id: i32, instance: &Instance, price_index: usize) -> Ticket {
        let ticket = Ticket::new()
            .with_id(TicketId::new(id))
            .with_instance(instance.id)
            .with_override_price(false);
        let list = self.price_lists.iter().find(|list| list.id == instance.price_list);
        let prices = list.map(|list| list.prices.as_slice()).unwrap_or_default();
        match prices.get(price_index).or(prices.last()) {
            Some(price) => self.priced(ticket, instance, price),
            None => ticket.with_plan(instance.plan),
        }
    }

    fn priced(&self, mut ticket: Ticket, instance: &Instance, price: &Price) -> Ticket {
        ticket.band = price.band;
        ticket
            .with_plan(self.bookable_plan(instance, price))
            .with_ticket_type(price.ticket_type)
            .with_price(price.amount)
    }

    /// Returns the part of the instance's plan that has the band of the price. A plan with parts cannot be booked.
    fn bookable_plan(&self, instance: &Instance, price: &Price) -> PlanId {
        let find = |id: &PlanId| self.plans.iter().find(|plan| plan.id == *id);
        let parts = find(&instance.plan)
            .map(|plan| plan.sub_plans.as_slice())
            .unwrap_or_default();
        let has_band = |plan: &&Plan| price.band.is_some_and(|band| plan.bands.contains(&band));
        parts
            .iter()
            .filter_map(find)
            .find(has_band)
            .map_or(instance.plan, |plan| plan.id)
    }

    pub(super) fn merchandise(&self, id: i32, item: StockItemId) -> MerchandiseItem {
        MerchandiseItem::new()
            .with_id(MerchandiseItemId::new(id))
            .with_override_price(false)
            .with_price(stock_price(self.stock_items, item))
            .with_stock_item(item)
    }
}
