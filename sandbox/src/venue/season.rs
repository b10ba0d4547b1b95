//! The season: each production finds its days around the pantomime, and gets an id, as does each performance.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, date};
use spektrix_v2::{EventId, InstanceId};

use super::chance::Chance;
use super::clock::{days_after, monday_of};
use super::programme::{Genre, Production, productions};
use super::run::Performance;
use super::seats::Room;
use super::setting::Setting;

/// The season begins about so many days before today.
const DAYS_BEFORE_TODAY: i32 = 30;
const FIRST_EVENT: i32 = 7001;
const FIRST_INSTANCE: i32 = 21001;

/// What is on, seen from some day.
#[derive(Debug)]
pub(super) struct Season {
    /// Noon of that day: what is on sale is on sale at this time.
    pub(super) now: DateTime,
    /// In the order of their ids, which are the same on any day; house after house.
    pub(super) showings: Vec<Showing>,
    pub(super) chance: Chance,
}

/// A production with its dates.
#[derive(Debug)]
pub(super) struct Showing {
    /// 0 for the venue's own; a large venue has others like it.
    pub(super) house: usize,
    pub(super) event: EventId,
    pub(super) production: &'static Production,
    /// In the order of time.
    pub(super) performances: Vec<(InstanceId, Performance)>,
}

impl Showing {
    /// The day of the first performance.
    pub(super) fn opening(&self) -> Option<Date> {
        self.performances
            .first()
            .map(|(_, performance)| performance.start.date())
    }
}

impl Season {
    pub(super) fn plan(setting: Setting) -> Self {
        let mut season = Self {
            now: setting.today.at(12, 0, 0, 0),
            showings: Vec::new(),
            chance: Chance::new(setting.seed),
        };
        let mut planned = season.add_house(0, 0, usize::MAX);
        let mut house = 1;
        while planned < setting.instances {
            planned += season.add_house(house, planned, setting.instances - planned);
            house += 1;
        }
        season
    }

    /// Plans a house like the venue's own, with at most so many performances. Answers how many it has.
    fn add_house(&mut self, house: usize, before: usize, most: usize) -> usize {
        let start = monday_of(days_after(self.now.date(), -DAYS_BEFORE_TODAY));
        let mut diary = Diary::starting(start);
        let mut planned = 0;
        for production in productions() {
            let starts = diary.book(production).into_iter().take(most - planned);
            let performances: Vec<_> = (id(FIRST_INSTANCE, before + planned)..)
                .map(InstanceId::new)
                .zip(starts)
                .collect();
            if performances.is_empty() {
                break;
            }
            planned += performances.len();
            self.showings.push(Showing {
                house,
                event: EventId::new(id(FIRST_EVENT, self.showings.len())),
                production,
                performances,
            });
        }
        planned
    }

    /// The showing of an event.
    pub(super) fn showing(&self, event: EventId) -> Option<&Showing> {
        let place = self.showings.binary_search_by_key(&event, |showing| showing.event);
        place.ok().and_then(|place| self.showings.get(place))
    }

    /// All that is on in a house.
    pub(super) fn house(&self, house: usize) -> &[Showing] {
        let from = self.showings.partition_point(|showing| showing.house < house);
        let until = self.showings.partition_point(|showing| showing.house <= house);
        &self.showings[from..until]
    }
}

/// The id that comes so many after the first.
fn id(first: i32, after: usize) -> i32 {
    first.saturating_add(i32::try_from(after).unwrap_or(i32::MAX))
}

/// Which room is taken on which day.
struct Diary {
    start: Date,
    taken: BTreeSet<(Room, Date)>,
}

impl Diary {
    fn starting(start: Date) -> Self {
        Self {
            start,
            taken: BTreeSet::new(),
        }
    }

    /// The performances of a production in the first week, from its own on, in which its room is free.
    fn book(&mut self, production: &Production) -> Vec<Performance> {
        let mut monday = self.earliest(production);
        loop {
            let performances = production.run.performances(monday);
            let days = performances
                .iter()
                .map(|performance| (production.room, performance.start.date()));
            let days: BTreeSet<_> = days.collect();
            if self.taken.is_disjoint(&days) {
                self.taken.extend(days);
                return performances;
            }
            monday = days_after(monday, 7);
        }
    }

    fn earliest(&self, production: &Production) -> Date {
        match production.genre {
            Genre::Panto => monday_of(first_december(self.start)),
            _ => days_after(self.start, 7 * production.week),
        }
    }
}

/// The first of December that is next, or today.
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

    use super::super::clock::days_after;
    use super::super::programme::Genre;
    use super::super::setting::Setting;
    use super::Season;

    /// Days all over two years, so that the pantomime lies anywhere in the season.
    fn days() -> impl Iterator<Item = Date> {
        (0..60).map(|step| days_after(date(2031, 1, 1), step * 13))
    }

    #[test]
    fn it_reaches_from_a_month_ago_to_a_year_from_now() {
        for today in days() {
            let season = Season::plan(Setting::on(today));
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
    fn no_room_is_used_twice_at_a_time() {
        for today in days() {
            let mut seen = BTreeSet::new();
            for showing in Season::plan(Setting::on(today)).showings {
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
    fn ids_are_the_same_on_any_day() {
        let ids = |today| -> Vec<_> {
            let showings = Season::plan(Setting::on(today)).showings.into_iter();
            showings
                .map(|showing| (showing.event, showing.production.title, showing.performances[0].0))
                .collect()
        };
        let expected = ids(date(2031, 1, 1));
        assert_eq!(expected.len(), 64);
        assert!(days().all(|today| ids(today) == expected));
    }

    #[test]
    fn a_large_venue_begins_with_the_ordinary_one() {
        let today = date(2031, 3, 5);
        let own = Season::plan(Setting::on(today));
        let count = |season: &Season| {
            season
                .showings
                .iter()
                .map(|showing| showing.performances.len())
                .sum::<usize>()
        };
        let ordinary = count(&own);
        for instances in [0, ordinary, ordinary + 1, 3 * ordinary - 1, 5000] {
            let large = Season::plan(Setting {
                instances,
                ..Setting::on(today)
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
            let season = Season::plan(Setting::on(today));
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
