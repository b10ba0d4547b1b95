//! The rooms of the venue, their seating plans, and the price bands of the seats.

use serde::Deserialize;
use spektrix_v2::{Band, BandId, Plan, PlanId};

pub(super) const PREMIUM: BandId = BandId::new(11);
pub(super) const A: BandId = BandId::new(12);
pub(super) const B: BandId = BandId::new(13);
pub(super) const C: BandId = BandId::new(14);
pub(super) const UNRESERVED: BandId = BandId::new(15);

/// A room with its own seating plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Room {
    MainHouse,
    Studio,
    Foyer,
    Screen,
}

impl Room {
    /// Returns the plan of an instance in this room.
    pub(super) fn plan(self) -> PlanId {
        self.seating().id
    }

    pub(super) fn name(self) -> &'static str {
        self.seating().name
    }

    pub(super) fn seating(self) -> &'static Seating {
        match self {
            Self::MainHouse => &MAIN_HOUSE,
            Self::Studio => &STUDIO,
            Self::Foyer => &FOYER,
            Self::Screen => &SCREEN,
        }
    }
}

/// The layout of a plan. It has seats, or parts that have seats.
#[derive(Debug)]
pub(super) struct Seating {
    pub(super) id: PlanId,
    pub(super) name: &'static str,
    description: &'static str,
    bands: &'static [BandId],
    seats: i32,
    pub(super) parts: &'static [Seating],
}

impl Seating {
    /// Returns the number of seats, including those of its parts.
    pub(super) fn seats(&self) -> i32 {
        self.seats + self.parts.iter().map(Self::seats).sum::<i32>()
    }

    /// Returns its bands and those of its parts, without duplicates.
    pub(super) fn bands(&self) -> Vec<BandId> {
        let mut bands = self.bands.to_vec();
        bands.extend(self.parts.iter().flat_map(Self::bands));
        bands.sort_unstable();
        bands.dedup();
        bands
    }

    fn plan(&self, is_in_use: bool) -> Plan {
        let mut plan = Plan::new(self.id, self.parts.is_empty() && is_in_use, self.name);
        plan.bands = self.bands();
        plan.description = Some(self.description.to_owned());
        plan.sub_plans = self.parts.iter().map(|part| part.id).collect();
        plan
    }
}

const MAIN_HOUSE: Seating = Seating {
    id: PlanId::new(401),
    name: "Main House",
    description: "Stalls and circle of the main house",
    bands: &[],
    seats: 0,
    parts: &[STALLS, CIRCLE],
};

const STALLS: Seating = Seating {
    id: PlanId::new(402),
    name: "Main House Stalls",
    description: "Rows A to P, step-free from the foyer",
    bands: &[PREMIUM, A, B],
    seats: 268,
    parts: &[],
};

const CIRCLE: Seating = Seating {
    id: PlanId::new(403),
    name: "Main House Circle",
    description: "Rows A to G, 32 steps up",
    bands: &[A, B, C],
    seats: 144,
    parts: &[],
};

const STUDIO: Seating = Seating {
    id: PlanId::new(411),
    name: "Studio",
    description: "Raked seating on three sides",
    bands: &[A, B],
    seats: 96,
    parts: &[],
};

const FOYER: Seating = Seating {
    id: PlanId::new(421),
    name: "Foyer",
    description: "Unreserved, at tables",
    bands: &[UNRESERVED],
    seats: 60,
    parts: &[],
};

const SCREEN: Seating = Seating {
    id: PlanId::new(431),
    name: "Screen",
    description: "",
    bands: &[UNRESERVED],
    seats: 74,
    parts: &[],
};

/// A room that is being rebuilt. No instance has this plan, and it cannot be booked.
const WORKSHOP: Seating = Seating {
    id: PlanId::new(441),
    name: "Workshop",
    description: "Closed while it is being rebuilt",
    bands: &[UNRESERVED],
    seats: 30,
    parts: &[],
};

pub(super) fn bands() -> Vec<Band> {
    let names = [
        (PREMIUM, "Premium"),
        (A, "Band A"),
        (B, "Band B"),
        (C, "Band C"),
        (UNRESERVED, "Unreserved"),
    ];
    names.map(|(id, name)| Band::new(id, name)).to_vec()
}

pub(super) fn plans() -> Vec<Plan> {
    let in_use = [&MAIN_HOUSE, &STALLS, &CIRCLE, &STUDIO, &FOYER, &SCREEN];
    let mut plans: Vec<_> = in_use.iter().map(|seating| seating.plan(true)).collect();
    plans.push(WORKSHOP.plan(false));
    plans
}
