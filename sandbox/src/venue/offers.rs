//! Offers and their terms: what they give, to which events they apply, and who is eligible.
//!
//! The service does not publish the terms of an offer, but applies offers by them.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use spektrix_v2::{EventId, Offer, OfferId, TagId};

use super::customers::MEMBER;
use super::money::pence;
use super::programme::Genre;
use super::season::Season;

pub(super) const FRIEND: OfferId = OfferId::new(302);
pub(super) const MERCHANDISE: OfferId = OfferId::new(305);
/// One of the promotional codes of [`FRIEND`].
pub(super) const FRIEND_CODE: &str = "LANTERN2";

/// An offer and its terms.
#[derive(Clone, Debug)]
pub(crate) struct OfferTerms {
    pub(crate) offer: Offer,
    pub(crate) benefit: Benefit,
    /// The events that the offer applies to.
    events: BTreeSet<EventId>,
    /// If set, only customers with this tag are eligible.
    tag: Option<TagId>,
}

/// The discount that an offer gives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Benefit {
    /// The cheapest of `of` seats at an instance is free.
    OneFree { of: usize },
    /// A percentage off groups of `seats` seats at an instance.
    Percent { percent: i64, seats: usize },
    /// An amount off each seat.
    Amount(Decimal),
    /// A percentage off merchandise that is bought together with a seat.
    MerchandisePercent(i64),
}

impl OfferTerms {
    pub(crate) fn applies_to(&self, event: EventId) -> bool {
        self.events.contains(&event)
    }

    /// Returns whether a customer with these tags is eligible.
    pub(crate) fn is_eligible(&self, tags: &[TagId]) -> bool {
        self.tag.is_none_or(|tag| tags.contains(&tag))
    }
}

pub(super) fn offers(season: &Season) -> Vec<OfferTerms> {
    let members = [Genre::Drama, Genre::Dance];
    vec![
        terms(
            301,
            "Family of Four",
            "Four seats for the price of three.",
            Benefit::OneFree { of: 4 },
            &[],
            events(season, &[Genre::Family, Genre::Panto]),
        ),
        terms(
            302,
            "Bring a Friend",
            "A fifth off two seats.",
            Benefit::Percent { percent: 20, seats: 2 },
            &[FRIEND_CODE, "FRIEND"],
            events(season, &Genre::ALL),
        ),
        OfferTerms {
            tag: Some(MEMBER),
            ..terms(
                303,
                "Lamplighters’ Tenth",
                "A tenth off for members.",
                Benefit::Percent { percent: 10, seats: 1 },
                &[],
                events(season, &members),
            )
        },
        terms(
            304,
            "Early Birds",
            "Two pounds off films.",
            Benefit::Amount(pence(200)),
            &["EARLY"],
            events(season, &[Genre::Film]),
        ),
        terms(
            305,
            "Something to Take Home",
            "A tenth off merchandise with a ticket.",
            Benefit::MerchandisePercent(10),
            &[],
            events(season, &Genre::ALL),
        ),
    ]
}

fn terms(id: i32, name: &str, about: &str, benefit: Benefit, codes: &[&str], events: BTreeSet<EventId>) -> OfferTerms {
    let mut offer = Offer::new(OfferId::new(id));
    offer.description = Some(about.to_owned());
    offer.name = Some(name.to_owned());
    offer.promo_codes = codes.iter().map(|code| (*code).to_owned()).collect();
    OfferTerms {
        offer,
        benefit,
        events,
        tag: None,
    }
}

fn events(season: &Season, genres: &[Genre]) -> BTreeSet<EventId> {
    let showings = season
        .showings
        .iter()
        .filter(|showing| genres.contains(&showing.production.genre));
    showings.map(|showing| showing.event).collect()
}
