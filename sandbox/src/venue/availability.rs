//! Availability: how many seats are free, sold, reserved and locked, for every instance and every part of its plan.
//!
//! The numbers of a status add up to its capacity, and the numbers of the parts add up to those of the whole plan.

use jiff::civil::DateTime;
use spektrix_v2::{Instance, InstancePlanStatus};

use super::ALL_SET;
use super::pseudo_random::PseudoRandom;
use super::season::Season;
use super::seating::Seating;

pub(super) fn statuses(season: &Season, instances: &[Instance]) -> Vec<InstancePlanStatus> {
    let mut statuses = Vec::new();
    for instance in instances {
        if let Some(showing) = season.showing(instance.event) {
            let demand = Demand::of(season.random, instance, season.now);
            let sales = Sales {
                random: season.random,
                instance,
                demand,
            };
            sales.add(&mut statuses, showing.production.room.seating());
        }
    }
    statuses
}

/// What the numbers of an instance are drawn from.
struct Sales<'a> {
    random: PseudoRandom,
    instance: &'a Instance,
    demand: Demand,
}

impl Sales<'_> {
    /// Adds the statuses of a seating and of its parts. Returns the numbers of the seating.
    fn add(&self, statuses: &mut Vec<InstancePlanStatus>, seating: &'static Seating) -> SeatCounts {
        let index = statuses.len();
        let counts = match seating.parts {
            [] => self.draw(seating),
            parts => {
                let parts = parts.iter().map(|part| self.add(statuses, part));
                parts.fold(SeatCounts::default(), SeatCounts::plus)
            }
        };
        // The service lists a plan before its parts.
        statuses.insert(index, counts.status(self.instance, seating));
        counts
    }

    fn draw(&self, seating: &Seating) -> SeatCounts {
        let id = self.instance.id.get() * 10 + seating.id.get() % 10;
        let locked = seating.seats() / 40;
        let free = seating.seats() - locked;
        let (sold, max_reserved, max_selected) = match self.demand {
            Demand::None => (0, 0, 0),
            Demand::SoldOut => (free, 0, 0),
            Demand::Percent(percent) => (free * percent / 100, 12, 4),
        };
        let reserved = self.random.number("reserved", id, max_reserved).min(free - sold);
        // Only seats that are on sale can be in a basket.
        let max_selected = if self.instance.is_on_sale { max_selected } else { 0 };
        let selected = self.random.number("selected", id, max_selected);
        let selected = selected.min(free - sold - reserved);
        SeatCounts {
            available: free - sold - reserved - selected,
            locked,
            reserved,
            selected,
            sold,
        }
    }
}

/// How well an instance sells.
#[derive(Clone, Copy)]
enum Demand {
    /// The sale has not started.
    None,
    /// The percentage of seats that are sold.
    Percent(i32),
    SoldOut,
}

impl Demand {
    fn of(random: PseudoRandom, instance: &Instance, now: DateTime) -> Self {
        let id = instance.id.get();
        if instance.start_selling_at > now {
            Self::None
        } else if random.number("sold out", id, 12) == 0 {
            Self::SoldOut
        } else {
            Self::Percent(random.number("demand", id, 70) * Self::closeness(instance, now) / 100 + 8)
        }
    }

    /// Returns 100 on the day of the performance, and less the further away it is.
    fn closeness(instance: &Instance, now: DateTime) -> i32 {
        let hours = instance.start.duration_since(now).as_hours().clamp(0, 24 * 300);
        100 - i32::try_from(hours / 24 / 4).unwrap_or_default()
    }
}

/// The numbers of one status. The capacity is their sum.
#[derive(Clone, Copy, Debug, Default)]
struct SeatCounts {
    available: i32,
    locked: i32,
    reserved: i32,
    selected: i32,
    sold: i32,
}

impl SeatCounts {
    fn plus(self, other: Self) -> Self {
        Self {
            available: self.available + other.available,
            locked: self.locked + other.locked,
            reserved: self.reserved + other.reserved,
            selected: self.selected + other.selected,
            sold: self.sold + other.sold,
        }
    }

    fn status(self, instance: &Instance, seating: &Seating) -> InstancePlanStatus {
        InstancePlanStatus::builder()
            .plan(seating.id)
            .instance(instance.id)
            .name(seating.name)
            .available(self.available)
            .capacity(seating.seats())
            .locked(self.locked)
            .reserved(self.reserved)
            .selected(self.selected)
            .sold(self.sold)
            .bands(seating.bands())
            .sub_plans(seating.parts.iter().map(|part| part.id))
            .build()
            .expect(ALL_SET)
    }
}
