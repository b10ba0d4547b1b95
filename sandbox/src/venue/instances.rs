//! Instances: the time of each performance, its sale period, its price list and its attributes.

use jiff::civil::DateTime;
use spektrix_v2::{Attributes, Instance, InstanceId};

use super::ALL_SET;
use super::local_time::{days_after, minutes_before, to_utc};
use super::prices::Tariff;
use super::pseudo_random::PseudoRandom;
use super::run::{Audience, Performance};
use super::season::{Season, Showing};

/// Prices are set this many days before the sale starts.
const DAYS_PRICED_BEFORE_SALE: i32 = 60;

pub(super) fn instances(season: &Season) -> Vec<Instance> {
    let showings = season.showings.iter();
    showings
        .flat_map(|showing| {
            let performances = showing.performances.iter();
            performances.map(|(id, performance)| instance(season, showing, *id, *performance))
        })
        .collect()
}

fn instance(season: &Season, showing: &Showing, id: InstanceId, performance: Performance) -> Instance {
    let sale = SalePeriod::of(season.random, showing, performance);
    let is_unpriced = sale.starts_later_than(season.now, DAYS_PRICED_BEFORE_SALE);
    let tariff = tariff(showing, performance, is_unpriced);
    Instance::builder()
        .id(id)
        .event(showing.event)
        .is_on_sale(sale.includes(season.now))
        .plan(showing.production.room.plan())
        .price_list(tariff.id())
        .start(performance.start)
        .start_utc(to_utc(performance.start))
        .start_selling_at(sale.start)
        .start_selling_at_utc(to_utc(sale.start))
        .stop_selling_at(sale.stop)
        .stop_selling_at_utc(to_utc(sale.stop))
        .attributes(attributes(season.random, id, performance, tariff))
        .build()
        .expect(ALL_SET)
}

/// When tickets for an instance are sold.
struct SalePeriod {
    start: DateTime,
    stop: DateTime,
}

impl SalePeriod {
    /// The sale of all instances of an event starts on the same day, some months ahead. Schools can book until the day
    /// before.
    fn of(random: PseudoRandom, showing: &Showing, performance: Performance) -> Self {
        let weeks_ahead = 22 + random.number("weeks of sale", showing.event.get(), 9);
        let opening = showing.opening().unwrap_or(performance.start.date());
        let minutes = match performance.audience {
            Audience::Everybody => 60,
            Audience::Schools => 24 * 60,
        };
        Self {
            start: days_after(opening, -7 * weeks_ahead).at(10, 0, 0, 0),
            stop: minutes_before(performance.start, minutes),
        }
    }

    fn includes(&self, now: DateTime) -> bool {
        (self.start..self.stop).contains(&now)
    }

    fn starts_later_than(&self, now: DateTime, days: i32) -> bool {
        self.start.date() > days_after(now.date(), days)
    }
}

fn tariff(showing: &Showing, performance: Performance, is_unpriced: bool) -> Tariff {
    match showing.production.tariff {
        _ if is_unpriced => Tariff::Unpriced,
        Tariff::PantoPeak if performance.audience == Audience::Schools => Tariff::PantoOffPeak,
        tariff => tariff,
    }
}

/// Returns the attributes that the venue has defined: flags for special performances, and strings that are mostly empty.
fn attributes(random: PseudoRandom, id: InstanceId, performance: Performance, tariff: Tariff) -> Attributes {
    let flag = |name: &str, one_in: i32| random.number(name, id.get(), one_in) == 0;
    let schools = performance.audience == Audience::Schools;
    let captioned = flag("Captioned", 12);
    let flags = [
        ("Audio Described", flag("Audio Described", 15)),
        ("BSL Interpreted", flag("BSL Interpreted", 20)),
        ("Captioned", captioned),
        ("Relaxed", flag("Relaxed", 18)),
        ("Post Show Talk", !schools && flag("Post Show Talk", 14)),
        ("School Booking Only", schools),
    ];
    let strings = [
        (
            "Instance Info",
            if captioned {
                "Captions stand to the left of the stage"
            } else {
                ""
            },
        ),
        ("Price Tier", price_tier(tariff)),
        ("Confirmation Text", ""),
    ];
    let flags = flags.map(|(name, is_set)| (name, if is_set { "1" } else { "0" }));
    flags.into_iter().chain(strings).collect()
}

fn price_tier(tariff: Tariff) -> &'static str {
    match tariff {
        Tariff::PantoPeak => "Peak",
        Tariff::PantoOffPeak => "Off-peak",
        _ => "",
    }
}
