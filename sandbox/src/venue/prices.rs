//! Prices of seats: ticket types, and the price lists that combine them with bands.

use serde::Deserialize;
use spektrix_v2::{BandId, Price, PriceList, PriceListId, TicketType, TicketTypeId};

use super::money::pence;
use super::seating::{A, B, C, PREMIUM, UNRESERVED};

pub(super) const ADULT: TicketTypeId = TicketTypeId::new(21);
pub(super) const CHILD: TicketTypeId = TicketTypeId::new(22);
const STUDENT: TicketTypeId = TicketTypeId::new(23);
const SENIOR: TicketTypeId = TicketTypeId::new(24);
const ACCESS: TicketTypeId = TicketTypeId::new(25);
pub(super) const SCHOOLS: TicketTypeId = TicketTypeId::new(26);

/// A price list, named after what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tariff {
    Play,
    BigShow,
    PantoPeak,
    PantoOffPeak,
    OneNight,
    Studio,
    Family,
    Schools,
    Foyer,
    Free,
    Film,
    /// A list that has no prices yet.
    Unpriced,
}

impl Tariff {
    const ALL: [Self; 12] = [
        Self::Play,
        Self::BigShow,
        Self::PantoPeak,
        Self::PantoOffPeak,
        Self::OneNight,
        Self::Studio,
        Self::Family,
        Self::Schools,
        Self::Foyer,
        Self::Free,
        Self::Film,
        Self::Unpriced,
    ];

    pub(super) fn id(self) -> PriceListId {
        PriceListId::new(801 + self as i32)
    }

    /// Returns the adult price in each band, in pence.
    fn bands(self) -> &'static [(BandId, i64)] {
        match self {
            Self::Play => &[(PREMIUM, 3250), (A, 2750), (B, 2200), (C, 1500)],
            Self::BigShow => &[(PREMIUM, 4400), (A, 3850), (B, 3100), (C, 2250)],
            Self::PantoPeak => &[(PREMIUM, 3400), (A, 2950), (B, 2500), (C, 1850)],
            Self::PantoOffPeak => &[(PREMIUM, 2800), (A, 2400), (B, 1950), (C, 1400)],
            Self::OneNight => &[(PREMIUM, 2900), (A, 2500), (B, 2500), (C, 1950)],
            Self::Studio => &[(A, 1800), (B, 1500)],
            Self::Family => &[(A, 1200), (B, 1000)],
            Self::Schools => &[(A, 900), (B, 900)],
            Self::Foyer => &[(UNRESERVED, 850)],
            Self::Free => &[(UNRESERVED, 0)],
            Self::Film => &[(UNRESERVED, 950)],
            Self::Unpriced => &[],
        }
    }

    /// Returns the ticket types on sale, each with its percentage of the adult price. The first one is the default of
    /// every band.
    fn ticket_types(self) -> &'static [(TicketTypeId, i64)] {
        match self {
            Self::PantoOffPeak | Self::Family => &[(ADULT, 100), (CHILD, 70), (ACCESS, 50), (SCHOOLS, 45)],
            Self::PantoPeak => &[(ADULT, 100), (CHILD, 75), (SENIOR, 90), (ACCESS, 50)],
            Self::Schools => &[(SCHOOLS, 100), (ACCESS, 100)],
            Self::OneNight | Self::Free => &[(ADULT, 100), (ACCESS, 50)],
            _ => &[(ADULT, 100), (CHILD, 60), (STUDENT, 50), (SENIOR, 85), (ACCESS, 50)],
        }
    }

    fn price_list(self) -> PriceList {
        let mut list = PriceList::new(self.id());
        for (band, adult) in self.bands() {
            let types = self.ticket_types().iter().enumerate();
            list.prices.extend(types.map(|(index, (ticket_type, percent))| {
                let amount = adult * percent / 100;
                // Box offices round prices down to a quarter of a pound, so that they need no pennies for change.
                let mut price = Price::new(index == 0, pence(amount - amount % 25), *ticket_type);
                price.band = Some(*band);
                price
            }));
        }
        list
    }
}

pub(super) fn ticket_types() -> Vec<TicketType> {
    let names = [
        (ADULT, "Adult"),
        (CHILD, "Child (under 16)"),
        (STUDENT, "Student"),
        (SENIOR, "Senior (65+)"),
        (ACCESS, "Access & Companion"),
        (SCHOOLS, "Schools"),
    ];
    names.map(|(id, name)| TicketType::new(id, name)).to_vec()
}

pub(super) fn price_lists() -> Vec<PriceList> {
    Tariff::ALL.map(Tariff::price_list).to_vec()
}
