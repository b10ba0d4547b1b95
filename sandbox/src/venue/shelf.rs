//! Takes tickets and merchandise from what there is, at the prices that there are.

use rust_decimal::Decimal;
use spektrix_v2::{
    Attributes, Instance, MerchandiseItem, MerchandiseItemId, OfferId, Plan, PlanId, Price, PriceList, StockItem,
    StockItemId, Ticket, TicketId,
};

use super::money::per_cent_of;
use super::programme::Genre;
use super::season::Season;
use super::seats::Room;
use super::stock;

/// What can be bought.
pub(super) struct Shelf<'a> {
    pub(super) season: &'a Season,
    pub(super) instances: &'a [Instance],
    pub(super) plans: &'a [Plan],
    pub(super) price_lists: &'a [PriceList],
    pub(super) stock_items: &'a [StockItem],
}

impl<'a> Shelf<'a> {
    /// The first instance of a kind that is on sale.
    pub(super) fn upcoming(&self, genre: Genre, room: Room) -> Option<&'a Instance> {
        self.of(genre, room).find(|instance| instance.is_on_sale)
    }

    /// The first instance of a kind that is over.
    pub(super) fn past(&self, genre: Genre, room: Room) -> Option<&'a Instance> {
        self.of(genre, room).find(|instance| instance.start < self.season.now)
    }

    fn of(&self, genre: Genre, room: Room) -> impl Iterator<Item = &'a Instance> {
        let is_wanted = move |instance: &&Instance| {
            let showing = self.season.showing(instance.event);
            showing.is_some_and(|showing| showing.production.genre == genre && showing.production.room == room)
        };
        self.instances.iter().filter(is_wanted)
    }

    /// A ticket at one of the prices of the instance's list, counted from 0; the last one when there are not so many.
    pub(super) fn ticket(&self, id: i32, instance: &Instance, place: usize) -> Ticket {
        let ticket = Ticket::new()
            .with_id(TicketId::new(id))
            .with_instance(instance.id)
            .with_override_price(false);
        let list = self.price_lists.iter().find(|list| list.id == instance.price_list);
        let prices = list.map(|list| list.prices.as_slice()).unwrap_or_default();
        match prices.get(place).or(prices.last()) {
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

    /// The part of the instance's plan that has the band: a plan with parts is never booked itself.
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
            .with_price(stock::price(self.stock_items, item))
            .with_stock_item(item)
    }
}

/// What tickets and merchandise have in common.
pub(super) trait Item: Sized {
    /// Takes a part of the price off, in per cent, by an offer.
    fn discounted(self, offer: OfferId, group: i32, per_cent: i64) -> Self;
    /// Charges another price than the usual one.
    fn at(self, price: Decimal) -> Self;
    /// Notes something about it.
    fn noted(self, name: &str, value: &str) -> Self;
    /// What is left to pay.
    fn cost(&self) -> Decimal;
}

macro_rules! item {
    ($($name:ident),*) => {
        $(impl Item for $name {
            fn discounted(self, offer: OfferId, group: i32, per_cent: i64) -> Self {
                let discount = per_cent_of(self.price.unwrap_or_default(), per_cent);
                self.with_offer(offer).with_offer_group(group).with_discount(discount)
            }

            fn at(self, price: Decimal) -> Self {
                self.with_override_price(true).with_price(price)
            }

            fn noted(self, name: &str, value: &str) -> Self {
                self.with_attributes(Attributes::from_iter([(name, value)]))
            }

            fn cost(&self) -> Decimal {
                self.price.unwrap_or_default() - self.discount.unwrap_or_default()
            }
        })*
    };
}

item!(Ticket, MerchandiseItem);
