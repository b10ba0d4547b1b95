//! Plans the season: books a room for each production, and gives ids to productions and performances.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, date};
use spektrix_v2::{EventId, InstanceId};

use super::local_time::{days_after, monday_of};
use super::programme::{Genre, Production, productions};
use super::pseudo_random::PseudoRandom;
use super::run::Performance;
use super::seating::Room;

/// The settings of a venue. The same settings give the same venue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VenueSettings {
    /// The date around which the season is planned. Not near the limits of the calendar.
    pub(crate) today: Date,
    /// The seed of everything that looks random: how well instances sell, and what is special about a performance.
    pub(crate) seed: u64,
    /// The minimum number of instances. The ordinary venue is always part of it.
    pub(crate) instances: usize,
}

#[cfg(test)]
impl VenueSettings {
    /// Returns the settings of the ordinary venue.
    pub(crate) fn on(today: Date) -> Self {
        Self {
            today,
            seed: 0,
            instances: 0,
        }
    }
}

/// The season starts on a Monday about this many days before today.
const DAYS_BEFORE_TODAY: i32 = 30;
const FIRST_EVENT: i32 = 7001;
const FIRST_INSTANCE: i32 = 21001;

/// The planned season.
#[derive(Debug)]
pub(super) struct Season {
    /// Noon of today. Whether something is on sale is decided for this time.
    pub(super) now: DateTime,
    /// In the order of their ids, house after house. The ids are the same on any date.
    pub(super) showings: Vec<Showing>,
    pub(super) random: PseudoRandom,
}

/// A production with its dates.
#[derive(Debug)]
pub(super) struct Showing {
    /// 0 for the ordinary venue. A scaled venue has further houses with the same programme.
    pub(super) house: usize,
    pub(super) event: EventId,
    pub(super) production: &'static Production,
    /// In the order of time.
    pub(super) performances: Vec<(InstanceId, Performance)>,
}

impl Showing {
    /// Returns the date of the first performance.
    pub(super) fn opening(&self) -> Option<Date> {
        self.performances
            .first()
            .map(|(_, performance)| performance.start.date())
    }
}

impl Season {
    pub(super) fn plan(settings: VenueSettings) -> Self {
        let mut season = Self {
            now: settings.today.at(12, 0, 0, 0),
            showings: Vec::new(),
            random: PseudoRandom::new(settings.seed),
        };
        let mut planned = season.add_house(0, 0, usize::MAX);
        let mut house = 1;
        while planned < settings.instances {
            planned += season.add_house(house, planned, settings.instances - planned);
            house += 1;
        }
        season
    }

    /// Plans the programme for one house, with at most `max` performances. `before` is the number of performances in
    /// the houses before it. Returns the number of performances that were planned.
    fn add_house(&mut self, house: usize, before: usize, max: usize) -> usize {
        let start = monday_of(days_after(self.now.date(), -DAYS_BEFORE_TODAY));
        let mut calendar = RoomCalendar::new(start);
        let mut planned = 0;
        for production in productions() {
            let booked = calendar.book(production).into_iter().take(max - planned);
            let performances: Vec<_> = (nth_id(FIRST_INSTANCE, before + planned)..)
                .map(InstanceId::new)
                .zip(booked)
                .collect();
            if performances.is_empty() {
                break;
            }
            planned += performances.len();
            self.showings.push(Showing {
                house,
                event: EventId::new(nth_id(FIRST_EVENT, self.showings.len())),
                production,
                performances,
            });
        }
        planned
    }

    /// Returns the showing of an event.
    pub(super) fn showing(&self, event: EventId) -> Option<&Showing> {
        let index = self.showings.binary_search_by_key(&event, |showing| showing.event);
        index.ok().and_then(|index| self.showings.get(index))
    }

    /// Returns the showings of a house.
    pub(super) fn house(&self, house: usize) -> &[Showing] {
        let from = self.showings.partition_point(|showing| showing.house < house);
        let until = self.showings.partition_point(|showing| showing.house <= house);
        &self.showings[from..until]
    }
}

/// Returns the id at an index, counted from the first id.
fn nth_id(first: i32, index: usize) -> i32 {
    first.saturating_add(i32::try_from(index).unwrap_or(i32::MAX))
}

/// Records which room is booked on which date.
struct RoomCalendar {
    start: Date,
    booked: BTreeSet<(Room, Date)>,
}

impl RoomCalendar {
    fn new(start: Date) -> Self {
        Self {
            start,
            booked: BTreeSet::new(),
        }
    }

    /// Books a room for a production, from the earliest week in which the room is free on all days of the run.
    fn book(&mut self, production: &Production) -> Vec<Performance> {
        let mut monday = self.earliest_week(production);
        loop {
            let performances = production.run.performances(monday);
            let days = performances
                .iter()
                .map(|performance| (production.room, performance.start.date()));
            let days: BTreeSet<_> = days.collect();
            if self.booked.is_disjoint(&days) {
                self.booked.extend(days);
                return performances;
            }
            monday = days_after(monday, 7);
        }
    }

    fn earliest_week(&self, production: &Production) -> Date {
        match production.genre {
            Genre::Panto => monday_of(first_december(self.start)),
            _ => days_after(self.start, 7 * production.week),
        }
    }
}

/// Returns the next first of December, or `from` itself.
fn first_december(from: Date) -> Date {
    let this_year = date(from.year(), 12, 1);
    if from <= this_year {
        this_year
    } else {
        date(from.year().saturating_add(1), 12, 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::{Date, date};

    use super::super::local_time::days_after;
    use super::super::programme::Genre;
    use super::{Season, VenueSettings};

    /// Returns dates over two years, so that the pantomime is early, in the middle and late in the season.
    fn days() -> impl Iterator<Item = Date> {
        (0..60).map(|step| days_after(date(2031, 1, 1), step * 13))
    }

    #[test]
    fn the_season_covers_the_past_month_and_the_next_ten() {
        for today in days() {
            let season = Season::plan(VenueSettings::on(today));
            let starts = season.showings.iter().flat_map(|showing| &showing.performances);
            let starts: BTreeSet<_> = starts.map(|(_, performance)| performance.start.date()).collect();
            let (first, last) = (starts.first().expect("a first"), starts.last().expect("a last"));
            assert!((days_after(today, -37)..today).contains(first), "{today}: {first}");
            assert!(
                *last > days_after(today, 300) && *last < days_after(today, 380),
                "{today}: {last}"
            );
        }
    }

    #[test]
    fn no_room_is_booked_twice_at_the_same_time() {
        for today in days() {
            let mut seen = BTreeSet::new();
            for showing in Season::plan(VenueSettings::on(today)).showings {
                for (_, performance) in showing.performances {
                    assert!(
                        seen.insert((showing.production.room, performance.start)),
                        "{today}: {performance:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn ids_are_the_same_on_any_date() {
        let ids = |today| -> Vec<_> {
            let showings = Season::plan(VenueSettings::on(today)).showings.into_iter();
            showings
                .map(|showing| (showing.event, &showing.production.title, showing.performances[0].0))
                .collect()
        };
        let expected = ids(date(2031, 1, 1));
        assert_eq!(expected.len(), 64);
        assert!(days().all(|today| ids(today) == expected));
    }

    #[test]
    fn a_scaled_venue_starts_with_the_ordinary_one() {
        let today = date(2031, 3, 5);
        let own = Season::plan(VenueSettings::on(today));
        let count = |season: &Season| {
            season
                .showings
                .iter()
                .map(|showing| showing.performances.len())
                .sum::<usize>()
        };
        let ordinary = count(&own);
        for instances in [0, ordinary, ordinary + 1, 3 * ordinary - 1, 5000] {
            let large = Season::plan(VenueSettings {
                instances,
                ..VenueSettings::on(today)
            });
            assert_eq!(count(&large), instances.max(ordinary));
            assert_eq!(format!("{:?}", large.house(0)), format!("{:?}", own.showings));
            let ids = large.showings.iter().flat_map(|showing| &showing.performances);
            assert_eq!(
                ids.map(|(id, _)| id).collect::<BTreeSet<_>>().len(),
                instances.max(ordinary)
            );
            assert!(
                large
                    .showings
                    .iter()
                    .all(|one| large.showing(one.event).is_some_and(|found| found.event == one.event))
            );
        }
    }

    #[test]
    fn the_pantomime_is_in_december() {
        for today in days() {
            let season = Season::plan(VenueSettings::on(today));
            let panto = season
                .showings
                .iter()
                .find(|showing| showing.production.genre == Genre::Panto);
            let opening = panto.and_then(super::Showing::opening).expect("a pantomime");
            assert!(
                opening.month() == 12 || (opening.month() == 11 && opening.day() > 24),
                "{opening}"
            );
        }
    }
}
