//! Musicals, in the main house for weeks.

use super::{Genre, Production};
use crate::venue::prices::Tariff;
use crate::venue::run::Run;
use crate::venue::seats::Room;

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        title: "Brass Button Street",
        by: "The Mallowmere Playhouse",
        about: "The button factory is to close and its band has one contest left to play. A new musical for twelve actors and a great deal of brass.",
        genre: Genre::Music,
        minutes: 155,
        week: 7,
        room: Room::MainHouse,
        run: Run::Weeks(3),
        tariff: Tariff::BigShow,
    },
    Production {
        title: "The Moon Over Tanner’s Yard",
        by: "The Mallowmere Playhouse",
        about: "A night-shift romance with a rooftop, a goods lift and a score for strings.",
        genre: Genre::Music,
        minutes: 150,
        week: 23,
        room: Room::MainHouse,
        run: Run::Weeks(4),
        tariff: Tariff::BigShow,
    },
];
