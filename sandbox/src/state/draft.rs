//! A basket while it is being changed: a copy, which takes the basket's place only if the whole change is accepted.

use jiff::Timestamp;
use spektrix_v2::{Basket, BasketItems, CustomerId, MerchandiseItem, Ticket};

use super::catalogue::Catalogue;
use super::line::Line;
use super::merge::{self, take_over};
use super::people::People;
use super::{delivery, merchandise, tickets};
use crate::service::Refusal;

/// The copy, and what a change is checked against.
pub(crate) struct Draft<'a> {
    pub(super) basket: Basket,
    pub(super) catalogue: &'a Catalogue,
    pub(super) people: &'a People,
    pub(super) now: Timestamp,
}

impl Draft<'_> {
    /// Adds tickets and merchandise. Ids, discounts and offers that come with them are not the visitor's to say.
    pub(crate) fn add(&mut self, items: BasketItems) -> Result<(), Refusal> {
        for (place, mut ticket) in (1..).zip(items.tickets) {
            ticket.id = None;
            let ticket =
                tickets::check(self.catalogue, self.now, ticket).map_err(refused(&format!("Ticket {place}")))?;
            self.basket.tickets.push(ticket);
        }
        for (place, mut item) in (1..).zip(items.merchandise_items) {
            item.id = None;
            let item =
                merchandise::check(self.catalogue, item).map_err(refused(&format!("MerchandiseItem {place}")))?;
            self.basket.merchandise_items.push(item);
        }
        Ok(())
    }

    /// Changes what is sent of items that lie in the basket.
    pub(crate) fn update(&mut self, items: &BasketItems) -> Result<(), Refusal> {
        for (place, sent) in (1..).zip(&items.tickets) {
            self.update_ticket(sent).map_err(refused(&format!("Ticket {place}")))?;
        }
        for (place, sent) in (1..).zip(&items.merchandise_items) {
            self.update_merchandise(sent)
                .map_err(refused(&format!("MerchandiseItem {place}")))?;
        }
        Ok(())
    }

    fn update_ticket(&mut self, sent: &Ticket) -> Result<(), String> {
        let kept = find(&mut self.basket.tickets, sent)?;
        has_price(sent.override_price, sent.price.is_some())?;
        let mut ticket = kept.clone();
        take_over!(sent => &mut ticket; band, instance, override_price, plan, price, ticket_type);
        merge::attributes(&sent.attributes, &mut ticket.attributes);
        *kept = tickets::check(self.catalogue, self.now, ticket)?;
        Ok(())
    }

    fn update_merchandise(&mut self, sent: &MerchandiseItem) -> Result<(), String> {
        let kept = find(&mut self.basket.merchandise_items, sent)?;
        has_price(sent.override_price, sent.price.is_some())?;
        let mut item = kept.clone();
        take_over!(sent => &mut item; override_price, price, stock_item);
        merge::attributes(&sent.attributes, &mut item.attributes);
        *kept = merchandise::check(self.catalogue, item)?;
        Ok(())
    }

    pub(crate) fn remove(&mut self, item: i32) -> Result<(), Refusal> {
        let Basket {
            tickets,
            merchandise_items,
            ..
        } = &mut self.basket;
        let before = tickets.len() + merchandise_items.len();
        tickets.retain(|ticket| ticket.number() != Some(item));
        merchandise_items.retain(|one| one.number() != Some(item));
        if tickets.len() + merchandise_items.len() == before {
            return Err(Refusal::invalid(format!("There is no item {item} in the basket.")));
        }
        Ok(())
    }

    /// Changes what is sent of the basket itself. What follows from its items is not the visitor's to say.
    pub(crate) fn change(&mut self, sent: &Basket) -> Result<(), Refusal> {
        if !sent.tickets.is_empty() || !sent.merchandise_items.is_empty() {
            return Err(Refusal::invalid(
                "Items cannot be changed here: add, update and remove them one by one.",
            ));
        }
        if let Some(customer) = sent.customer {
            self.belongs_to(customer)?;
        }
        self.unlock(&sent.promo_codes)?;
        // Which deliveries there are may depend on the offers.
        self.settle();
        let own = &mut self.basket;
        delivery::choose(
            sent.ticket_delivery.as_ref(),
            &mut own.ticket_delivery,
            &own.ticket_delivery_options,
        )
        .map_err(refused("TicketDelivery"))?;
        let (sent, kept) = (sent.merchandise_delivery.as_ref(), &mut own.merchandise_delivery);
        delivery::choose(sent, kept, &own.merchandise_delivery_options).map_err(refused("MerchandiseDelivery"))
    }

    pub(crate) fn belongs_to(&mut self, customer: CustomerId) -> Result<(), Refusal> {
        self.people.customer(customer)?;
        self.basket.customer = Some(customer);
        Ok(())
    }

    /// Promotional codes that are sent take the place of those before; an empty one takes them away.
    fn unlock(&mut self, codes: &[String]) -> Result<(), Refusal> {
        if codes.is_empty() {
            return Ok(());
        }
        let offers = &self.catalogue.venue.offers;
        let is_known = |code: &str| {
            let mut known = offers.iter().flat_map(|terms| &terms.offer.promo_codes);
            known.any(|own| own.eq_ignore_ascii_case(code))
        };
        let codes: Vec<_> = codes.iter().filter(|code| !code.is_empty()).cloned().collect();
        match codes.iter().find(|code| !is_known(code)) {
            Some(code) => Err(Refusal::invalid(format!("No offer has the promotional code '{code}'."))),
            None => {
                self.basket.promo_codes = codes;
                Ok(())
            }
        }
    }

    pub(super) fn settle(&mut self) {
        let customer = self.basket.customer.and_then(|id| self.people.customer(id).ok());
        let tags = customer.map(|customer| customer.tags.as_slice()).unwrap_or_default();
        super::settle::settle(self.catalogue, &mut self.basket, tags);
    }
}

/// The element in which something is wrong, and what.
fn refused(element: &str) -> impl Fn(String) -> Refusal {
    move |problem| Refusal::invalid(format!("{element}: {problem}."))
}

fn find<'a, T: Line>(lines: &'a mut [T], sent: &T) -> Result<&'a mut T, String> {
    let id = sent.number().ok_or("id must be set")?;
    let found = lines.iter_mut().find(|line| line.number() == Some(id));
    found.ok_or_else(|| format!("there is no such item {id} in the basket"))
}

/// An update that overrides a price brings the new one along, even where an old one is known.
fn has_price(overrides: Option<bool>, is_sent: bool) -> Result<(), String> {
    match overrides {
        Some(true) if !is_sent => Err("Price must be set when OverridePrice is true".to_owned()),
        _ => Ok(()),
    }
}
