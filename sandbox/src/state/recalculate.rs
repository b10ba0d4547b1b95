//! Recalculates everything in a basket that follows from its items: offers, delivery options, fees, and the total.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use spektrix_v2::{Basket, Delivery, DeliveryOption, InstanceId, TagId, Ticket};

use super::venue_index::VenueIndex;
use crate::venue::delivery::{merchandise_options, ticket_options};
use crate::venue::line_item::{Discount, LineItem};
use crate::venue::money::percent_of;
use crate::venue::offers::{Benefit, OfferTerms};
use crate::venue::orders::basket_total;

/// Recalculates a basket after a change. `tags` are those of the basket's customer.
pub(super) fn recalculate(index: &VenueIndex, basket: &mut Basket, tags: &[TagId]) {
    apply_offers(index, basket, tags);
    basket.ticket_delivery_options = ticket_options(&basket.tickets);
    basket.merchandise_delivery_options = merchandise_options(&basket.merchandise_items);
    update_delivery(&mut basket.ticket_delivery, &basket.ticket_delivery_options);
    update_delivery(&mut basket.merchandise_delivery, &basket.merchandise_delivery_options);
    basket.total = Some(basket_total(basket));
}

/// Updates the fee of a delivery, or removes the delivery if it is no longer an option.
fn update_delivery(delivery: &mut Option<Delivery>, options: &[DeliveryOption]) {
    *delivery = delivery.take().and_then(|mut delivery| {
        let option = options
            .iter()
            .find(|option| delivery.r#type.as_ref() == Some(&option.r#type))?;
        delivery.fee = Some(option.fee);
        Some(delivery)
    });
}

/// Removes all discounts and applies every offer that the basket is eligible for, in the order of the venue's list. An
/// item gets at most one discount.
fn apply_offers(index: &VenueIndex, basket: &mut Basket, tags: &[TagId]) {
    basket.tickets.iter_mut().for_each(|ticket| ticket.set_discount(None));
    basket
        .merchandise_items
        .iter_mut()
        .for_each(|item| item.set_discount(None));
    basket.offers.clear();
    let mut groups = 1..;
    for terms in &index.venue.offers {
        if is_eligible(terms, basket, tags) {
            let application = OfferApplication {
                index,
                terms,
                groups: &mut groups,
            };
            if application.apply(basket) {
                basket.offers.push(terms.offer.id);
            }
        }
    }
}

/// Returns whether an offer can be applied. An offer with promotional codes needs one of them. Case does not matter.
fn is_eligible(terms: &OfferTerms, basket: &Basket, tags: &[TagId]) -> bool {
    let codes = &terms.offer.promo_codes;
    let is_sent = |code: &String| basket.promo_codes.iter().any(|sent| sent.eq_ignore_ascii_case(code));
    terms.is_eligible(tags) && (codes.is_empty() || codes.iter().any(is_sent))
}

/// Applies one offer to a basket that is eligible for it.
struct OfferApplication<'a> {
    index: &'a VenueIndex,
    terms: &'a OfferTerms,
    /// The numbers of the next offer groups.
    groups: &'a mut std::ops::RangeFrom<i32>,
}

impl OfferApplication<'_> {
    /// Applies the offer. Returns whether it changed anything.
    fn apply(mut self, basket: &mut Basket) -> bool {
        match self.terms.benefit {
            Benefit::OneFree { of } => self.discount_seats(basket, of, cheapest_is_free),
            Benefit::Percent { percent, seats } => self.discount_seats(basket, seats, |prices| {
                prices.iter().map(|price| percent_of(*price, percent)).collect()
            }),
            Benefit::Amount(amount) => self.discount_seats(basket, 1, |prices| {
                prices.iter().map(|price| amount.min(*price)).collect()
            }),
            Benefit::MerchandisePercent(percent) => self.discount_merchandise(basket, percent),
        }
    }

    /// Discounts groups of `seats` seats at the same instance. `discounts` returns the discount for each price in a
    /// group.
    fn discount_seats(
        &mut self,
        basket: &mut Basket,
        seats: usize,
        discounts: impl Fn(&[Decimal]) -> Vec<Decimal>,
    ) -> bool {
        let mut applied = false;
        for indexes in self.discountable_tickets(&basket.tickets).values() {
            // Seats that do not fill a group get no discount.
            for indexes in indexes.chunks_exact(seats.max(1)) {
                let prices: Vec<_> = indexes.iter().map(|index| basket.tickets[*index].price()).collect();
                let group = self.next_group();
                for (index, amount) in indexes.iter().zip(discounts(&prices)) {
                    basket.tickets[*index].set_discount(Some(self.discount(amount, group)));
                }
                applied = true;
            }
        }
        applied
    }

    /// Returns the indexes of the tickets that the offer can discount, by instance.
    fn discountable_tickets(&self, tickets: &[Ticket]) -> BTreeMap<InstanceId, Vec<usize>> {
        let mut by_instance = BTreeMap::<_, Vec<_>>::new();
        for (index, ticket) in tickets.iter().enumerate() {
            let instance = ticket
                .instance
                .filter(|_| is_discountable(ticket) && self.applies_to(ticket));
            if let Some(instance) = instance {
                by_instance.entry(instance).or_default().push(index);
            }
        }
        by_instance
    }

    /// Discounts all merchandise, if there is a ticket that the offer applies to.
    fn discount_merchandise(&mut self, basket: &mut Basket, percent: i64) -> bool {
        let has_ticket = basket.tickets.iter().any(|ticket| self.applies_to(ticket));
        let mut items = basket
            .merchandise_items
            .iter_mut()
            .filter(|item| has_ticket && is_discountable(*item))
            .peekable();
        if items.peek().is_none() {
            return false;
        }
        let group = self.next_group();
        for item in items {
            item.set_discount(Some(self.discount(percent_of(item.price(), percent), group)));
        }
        true
    }

    fn applies_to(&self, ticket: &Ticket) -> bool {
        let instance = ticket.instance.and_then(|id| self.index.instance(id));
        instance.is_some_and(|instance| self.terms.applies_to(instance.event))
    }

    fn next_group(&mut self) -> i32 {
        self.groups.next().unwrap_or(i32::MAX)
    }

    fn discount(&self, amount: Decimal, group: i32) -> Discount {
        let offer = self.terms.offer.id;
        Discount { amount, offer, group }
    }
}

fn is_discountable(item: &impl LineItem) -> bool {
    !item.is_discounted() && !item.is_overridden() && item.price() > Decimal::ZERO
}

/// Returns the whole price for the cheapest item, and zero for the others, which belong to the same group.
fn cheapest_is_free(prices: &[Decimal]) -> Vec<Decimal> {
    let cheapest = prices.iter().enumerate().min_by_key(|(_, price)| **price);
    let cheapest = cheapest.map(|(index, _)| index);
    let discounts = prices.iter().enumerate();
    discounts
        .map(|(index, price)| {
            if Some(index) == cheapest {
                *price
            } else {
                Decimal::new(0, 2)
            }
        })
        .collect()
}
