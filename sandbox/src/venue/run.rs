//! Runs of productions: patterns of performances over the days of a week.

use jiff::civil::{Date, DateTime, Time, time};
use serde::Deserialize;

use super::local_time::days_after;

/// A pattern of performances, relative to the week in which the run starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Run {
    /// For a number of weeks: Tuesday to Saturday evenings, with matinees on Wednesdays and Saturdays.
    Weeks(i32),
    /// Thursday to Saturday evenings, and a matinee on Saturday.
    LongWeekend,
    /// One evening, on this day of the week. Monday is 0.
    Evening(i32),
    /// For a number of weeks: Wednesday at lunchtime.
    Lunchtimes(i32),
    /// Tuesday to Friday mornings and afternoons for schools, then Saturday for families.
    SchoolsAndFamilies,
    /// For a number of weeks: Saturdays and Sundays, twice a day.
    Weekends(i32),
    /// Friday to Thursday, three times a day, and four times a day at the weekend.
    FilmWeek,
    /// For a number of weeks: schools from Tuesday to Friday, everybody from Friday evening to Sunday, closed on Mondays.
    Christmas(i32),
}

/// Who a performance is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    Everybody,
    Schools,
}

/// One performance of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Performance {
    pub(super) start: DateTime,
    pub(super) audience: Audience,
}

const MORNING: Time = time(10, 30, 0, 0);
const LUNCHTIME: Time = time(13, 0, 0, 0);
const AFTERNOON: Time = time(13, 30, 0, 0);
const MATINEE: Time = time(14, 30, 0, 0);
const EARLY: Time = time(17, 30, 0, 0);
const EVENING: Time = time(19, 30, 0, 0);
const LATE: Time = time(20, 15, 0, 0);

const MONDAY: i32 = 0;
const WEDNESDAY: i32 = 2;
const FRIDAY: i32 = 4;
const SATURDAY: i32 = 5;
const SUNDAY: i32 = 6;

impl Run {
    /// Returns the performances in order of time, given the Monday of the first week.
    pub(super) fn performances(self, monday: Date) -> Vec<Performance> {
        let days = 0..self.weeks() * 7;
        days.flat_map(|day| {
            self.times_on(day)
                .into_iter()
                .map(move |(audience, time)| (day, audience, time))
        })
        .map(|(day, audience, time)| Performance {
            start: days_after(monday, day).to_datetime(time),
            audience,
        })
        .collect()
    }

    /// Returns the number of calendar weeks that the run covers, also partly.
    fn weeks(self) -> i32 {
        match self {
            Self::Weeks(weeks) | Self::Lunchtimes(weeks) | Self::Weekends(weeks) | Self::Christmas(weeks) => weeks,
            Self::FilmWeek => 2,
            Self::LongWeekend | Self::Evening(_) | Self::SchoolsAndFamilies => 1,
        }
    }

    /// Returns the performances on a day, given as the number of days after the first Monday.
    fn times_on(self, day: i32) -> Vec<(Audience, Time)> {
        let weekday = day % 7;
        match self {
            Self::Weeks(_) => everybody(match weekday {
                MONDAY | SUNDAY => &[],
                WEDNESDAY | SATURDAY => &[MATINEE, EVENING],
                _ => &[EVENING],
            }),
            Self::LongWeekend => everybody(match weekday {
                SATURDAY => &[MATINEE, EVENING],
                3 | FRIDAY => &[EVENING],
                _ => &[],
            }),
            Self::Evening(on) => everybody(if weekday == on { &[EVENING] } else { &[] }),
            Self::Lunchtimes(_) => everybody(if weekday == WEDNESDAY { &[LUNCHTIME] } else { &[] }),
            Self::Weekends(_) => everybody(if weekday >= SATURDAY { &[MORNING, MATINEE] } else { &[] }),
            Self::FilmWeek if !(FRIDAY..FRIDAY + 7).contains(&day) => Vec::new(),
            Self::FilmWeek if weekday >= SATURDAY => everybody(&[MORNING, MATINEE, EARLY, LATE]),
            Self::FilmWeek => everybody(&[MATINEE, EARLY, LATE]),
            Self::SchoolsAndFamilies => match weekday {
                MONDAY | SUNDAY => Vec::new(),
                SATURDAY => everybody(&[MORNING, MATINEE]),
                _ => schools(),
            },
            Self::Christmas(_) => match weekday {
                MONDAY => Vec::new(),
                FRIDAY => [schools(), everybody(&[EVENING])].concat(),
                SATURDAY | SUNDAY => everybody(&[MATINEE, EVENING]),
                _ => schools(),
            },
        }
    }
}

fn everybody(times: &[Time]) -> Vec<(Audience, Time)> {
    times.iter().map(|time| (Audience::Everybody, *time)).collect()
}

fn schools() -> Vec<(Audience, Time)> {
    vec![(Audience::Schools, MORNING), (Audience::Schools, AFTERNOON)]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Audience, Run};

    /// Formats the performances of a run that starts on Monday, 3 June 2030, as day and hour. Those for schools have an
    /// `s`.
    fn starts(run: Run) -> String {
        let performances = run.performances(date(2030, 6, 3));
        let texts = performances.iter().map(|performance| {
            let mark = if performance.audience == Audience::Schools {
                "s"
            } else {
                ""
            };
            format!("{}{mark}", performance.start.strftime("%d/%H"))
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn performances_are_on_the_days_of_the_pattern() {
        let cases = [
            (Run::Weeks(1), "04/19 05/14 05/19 06/19 07/19 08/14 08/19"),
            (Run::LongWeekend, "06/19 07/19 08/14 08/19"),
            (Run::Evening(6), "09/19"),
            (Run::Lunchtimes(3), "05/13 12/13 19/13"),
            (
                Run::SchoolsAndFamilies,
                "04/10s 04/13s 05/10s 05/13s 06/10s 06/13s 07/10s 07/13s 08/10 08/14",
            ),
            (Run::Weekends(2), "08/10 08/14 09/10 09/14 15/10 15/14 16/10 16/14"),
        ];
        for (run, expected) in cases {
            assert_eq!(starts(run), expected, "{run:?}");
        }
        assert!(starts(Run::FilmWeek).starts_with("07/14 07/17 07/20 08/10"));
        assert_eq!(Run::FilmWeek.performances(date(2030, 6, 3)).len(), 23);
        assert_eq!(Run::Christmas(5).performances(date(2030, 12, 2)).len(), 65);
    }
}
