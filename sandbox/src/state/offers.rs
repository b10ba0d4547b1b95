//! Applies offers by themselves: nobody asks for one, they follow from what lies in a basket, and for whom.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use spektrix_v2::{Basket, InstanceId, OfferId, TagId, Ticket};

use super::catalogue::Catalogue;
use super::line::{Discount, Line};
use crate::venue::money::per_cent_of;
use crate::venue::offers::{Benefit, OfferTerms};

/// Takes all discounts away, and gives those that the basket has a right to now. An item has at most one; the offers
/// that come first in the venue's list are applied first.
pub(super) fn apply(catalogue: &Catalogue, basket: &mut Basket, tags: &[TagId]) {
    basket.tickets.iter_mut().for_each(|ticket| ticket.discount(None));
    basket.merchandise_items.iter_mut().for_each(|item| item.discount(None));
    basket.offers.clear();
    let mut groups = 1..;
    for terms in &catalogue.venue.offers {
        if is_eligible(terms, basket, tags) {
            let application = Application {
                catalogue,
                terms,
                groups: &mut groups,
            };
            if application.change(basket) {
                basket.offers.push(terms.offer.id);
            }
        }
    }
}

/// An offer with promotional codes needs one of them, however it is cased.
fn is_eligible(terms: &OfferTerms, basket: &Basket, tags: &[TagId]) -> bool {
    let codes = &terms.offer.promo_codes;
    let is_sent = |code: &String| basket.promo_codes.iter().any(|sent| sent.eq_ignore_ascii_case(code));
    terms.is_for(tags) && (codes.is_empty() || codes.iter().any(is_sent))
}

/// One offer that the basket is eligible for.
struct Application<'a> {
    catalogue: &'a Catalogue,
    terms: &'a OfferTerms,
    groups: &'a mut std::ops::RangeFrom<i32>,
}

impl Application<'_> {
    /// Whether it changed anything.
    fn change(mut self, basket: &mut Basket) -> bool {
        match self.terms.benefit {
            Benefit::OneFree { of } => self.seats(basket, of, cheapest_is_free),
            Benefit::PerCent { per_cent, seats } => self.seats(basket, seats, |prices| {
                prices.iter().map(|price| per_cent_of(*price, per_cent)).collect()
            }),
            Benefit::Off(amount) => self.seats(basket, 1, |prices| {
                prices.iter().map(|price| amount.min(*price)).collect()
            }),
            Benefit::MerchandisePerCent(per_cent) => self.merchandise(basket, per_cent),
        }
    }

    /// Takes something off so many seats at one instance at a time.
    fn seats(&mut self, basket: &mut Basket, seats: usize, discounts: impl Fn(&[Decimal]) -> Vec<Decimal>) -> bool {
        let mut applied = false;
        for places in self.places(&basket.tickets).values() {
            for places in places.chunks_exact(seats.max(1)) {
                let prices: Vec<_> = places.iter().map(|place| basket.tickets[*place].price()).collect();
                let group = self.group();
                for (place, amount) in places.iter().zip(discounts(&prices)) {
                    basket.tickets[*place].discount(Some(self.discount(amount, group)));
                }
                applied = true;
            }
        }
        applied
    }

    /// The places of the tickets that the offer may change, by instance.
    fn places(&self, tickets: &[Ticket]) -> BTreeMap<InstanceId, Vec<usize>> {
        let mut places = BTreeMap::<_, Vec<_>>::new();
        for (place, ticket) in tickets.iter().enumerate() {
            let instance = ticket.instance.filter(|_| is_open(ticket) && self.has(ticket));
            if let Some(instance) = instance {
                places.entry(instance).or_default().push(place);
            }
        }
        places
    }

    /// Takes something off all merchandise beside a ticket that the offer is about.
    fn merchandise(&mut self, basket: &mut Basket, per_cent: i64) -> bool {
        let has_ticket = basket.tickets.iter().any(|ticket| self.has(ticket));
        let mut items = basket
            .merchandise_items
            .iter_mut()
            .filter(|item| has_ticket && is_open(*item))
            .peekable();
        if items.peek().is_none() {
            return false;
        }
        let group = self.group();
        for item in items {
            item.discount(Some(self.discount(per_cent_of(item.price(), per_cent), group)));
        }
        true
    }

    fn has(&self, ticket: &Ticket) -> bool {
        let instance = ticket.instance.and_then(|id| self.catalogue.instance(id));
        instance.is_some_and(|instance| self.terms.applies_to(instance.event))
    }

    fn group(&mut self) -> i32 {
        self.groups.next().unwrap_or(i32::MAX)
    }

    fn discount(&self, amount: Decimal, group: i32) -> Discount {
        let offer: OfferId = self.terms.offer.id;
        Discount { amount, offer, group }
    }
}

/// Whether an offer may still change the price.
fn is_open(line: &impl Line) -> bool {
    !line.is_discounted() && !line.is_overridden() && line.price() > Decimal::ZERO
}

/// Nothing off the others, which belong to the same application of the offer.
fn cheapest_is_free(prices: &[Decimal]) -> Vec<Decimal> {
    let cheapest = prices.iter().enumerate().min_by_key(|(_, price)| **price);
    let place = cheapest.map(|(place, _)| place);
    let discounts = prices.iter().enumerate();
    discounts
        .map(|(at, price)| if Some(at) == place { *price } else { Decimal::new(0, 2) })
        .collect()
}
