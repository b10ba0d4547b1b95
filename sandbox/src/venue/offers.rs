//! Offers, and to what and whom each applies: the service keeps that to itself, but answers by it.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use spektrix_v2::{EventId, Offer, OfferId, TagId};

use super::customers::MEMBER;
use super::money::pence;
use super::programme::Genre;
use super::season::Season;

pub(super) const FRIEND: OfferId = OfferId::new(302);
pub(super) const MERCHANDISE: OfferId = OfferId::new(305);
/// One of the codes that unlock [`FRIEND`].
pub(super) const FRIEND_CODE: &str = "LANTERN2";

/// An offer and its terms.
#[derive(Debug)]
pub(crate) struct OfferTerms {
    pub(crate) offer: Offer,
    pub(crate) benefit: Benefit,
    /// The events that it can apply to.
    events: BTreeSet<EventId>,
    /// Only customers with this tag are eligible.
    tag: Option<TagId>,
}

/// What an offer gives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Benefit {
    /// Of so many seats at an instance, the cheapest costs nothing.
    OneFree { of: usize },
    /// A part of the price of seats, in per cent, for so many at an instance at a time.
    PerCent { per_cent: i64, seats: usize },
    /// So much off each seat.
    Off(Decimal),
    /// A part of the price of merchandise, in per cent, beside a seat.
    MerchandisePerCent(i64),
}

impl OfferTerms {
    pub(crate) fn applies_to(&self, event: EventId) -> bool {
        self.events.contains(&event)
    }

    /// Whether a customer with these tags is eligible.
    pub(crate) fn is_for(&self, tags: &[TagId]) -> bool {
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
            Benefit::PerCent { per_cent: 20, seats: 2 },
            &[FRIEND_CODE, "FRIEND"],
            events(season, &Genre::ALL),
        ),
        OfferTerms {
            tag: Some(MEMBER),
            ..terms(
                303,
                "Lamplighters’ Tenth",
                "A tenth off for members.",
                Benefit::PerCent { per_cent: 10, seats: 1 },
                &[],
                events(season, &members),
            )
        },
        terms(
            304,
            "Early Birds",
            "Two pounds off films.",
            Benefit::Off(pence(200)),
            &["EARLY"],
            events(season, &[Genre::Film]),
        ),
        terms(
            305,
            "Something to Take Home",
            "A tenth off merchandise with a ticket.",
            Benefit::MerchandisePerCent(10),
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
