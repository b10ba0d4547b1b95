//! How many seats are free, for every instance and each part of its plan. The numbers add up, and so do the parts.

use jiff::civil::DateTime;
use spektrix_v2::{Instance, InstancePlanStatus};

use super::chance::Chance;
use super::season::Season;
use super::seats::Seating;

pub(super) fn statuses(season: &Season, instances: &[Instance]) -> Vec<InstancePlanStatus> {
    let mut statuses = Vec::new();
    for instance in instances {
        if let Some(showing) = season.showing(instance.event) {
            let demand = Demand::of(season.chance, instance, season.now);
            let sales = Sales {
                chance: season.chance,
                instance,
                demand,
            };
            sales.add(&mut statuses, showing.production.room.seating());
        }
    }
    statuses
}

/// What there is to know of an instance to draw its numbers.
struct Sales<'a> {
    chance: Chance,
    instance: &'a Instance,
    demand: Demand,
}

impl Sales<'_> {
    /// Adds a seating and its parts, and answers the numbers of the whole.
    fn add(&self, statuses: &mut Vec<InstancePlanStatus>, seating: &'static Seating) -> Counts {
        let place = statuses.len();
        let counts = match seating.parts {
            [] => self.draw(seating),
            parts => {
                let parts = parts.iter().map(|part| self.add(statuses, part));
                parts.fold(Counts::default(), Counts::plus)
            }
        };
        // The whole stands before its parts.
        statuses.insert(place, counts.status(self.instance, seating));
        counts
    }

    fn draw(&self, seating: &Seating) -> Counts {
        let id = self.instance.id.get() * 10 + seating.id.get() % 10;
        let locked = seating.seats() / 40;
        let free = seating.seats() - locked;
        let (sold, most_reserved, most_selected) = match self.demand {
            Demand::None => (0, 0, 0),
            Demand::SoldOut => (free, 0, 0),
            Demand::PerCent(part) => (free * part / 100, 12, 4),
        };
        let reserved = self.chance.number("reserved", id, most_reserved).min(free - sold);
        // Only what is on sale can lie in somebody's basket.
        let most_selected = if self.instance.is_on_sale { most_selected } else { 0 };
        let selected = self.chance.number("selected", id, most_selected);
        let selected = selected.min(free - sold - reserved);
        Counts {
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
    /// The sale has not begun.
    None,
    /// So many of a hundred seats; the rest is over once the instance is.
    PerCent(i32),
    SoldOut,
}

impl Demand {
    fn of(chance: Chance, instance: &Instance, now: DateTime) -> Self {
        let id = instance.id.get();
        if instance.start_selling_at > now {
            Self::None
        } else if chance.number("sold out", id, 12) == 0 {
            Self::SoldOut
        } else {
            Self::PerCent(chance.number("demand", id, 70) * Self::closeness(instance, now) / 100 + 8)
        }
    }

    /// 100 on the day, less the longer there is still to go.
    fn closeness(instance: &Instance, now: DateTime) -> i32 {
        let hours = instance.start.duration_since(now).as_hours().clamp(0, 24 * 300);
        100 - i32::try_from(hours / 24 / 4).unwrap_or_default()
    }
}

/// The numbers of one status, without the capacity: that is their sum.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    available: i32,
    locked: i32,
    reserved: i32,
    selected: i32,
    sold: i32,
}

impl Counts {
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
        let mut status = InstancePlanStatus::new(
            seating.id,
            instance.id,
            seating.name,
            self.available,
            seating.seats(),
            self.locked,
            self.reserved,
            self.selected,
            self.sold,
        );
        status.bands = seating.bands();
        status.sub_plans = seating.parts.iter().map(|part| part.id).collect();
        status
    }
}
