//! Concerts: one-nighters, and lunchtimes in the foyer.

use super::{Genre, Production};
use crate::venue::prices::Tariff;
use crate::venue::run::Run;
use crate::venue::seats::Room;

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        title: "Saltmarsh Strings: Low Water",
        by: "Saltmarsh Strings",
        about: "Music for strings by candlelight, with a new suite about the estuary.",
        genre: Genre::Music,
        minutes: 110,
        week: 4,
        room: Room::MainHouse,
        run: Run::Evening(0),
        tariff: Tariff::OneNight,
    },
    Production {
        title: "The Hollow Reed Quartet",
        by: "The Hollow Reed Quartet",
        about: "Four reeds, five centuries, no amplification.",
        genre: Genre::Music,
        minutes: 100,
        week: 11,
        room: Room::MainHouse,
        run: Run::Evening(6),
        tariff: Tariff::OneNight,
    },
    Production {
        title: "Songs from the Ropewalk",
        by: "Fennel & Rook",
        about: "Work songs, sea songs and two that they made up on the way.",
        genre: Genre::Music,
        minutes: 105,
        week: 18,
        room: Room::MainHouse,
        run: Run::Evening(6),
        tariff: Tariff::OneNight,
    },
    Production {
        title: "A Night of Borrowed Brass",
        by: "Brass Button Band",
        about: "The band from the street plays everything that was left out of the show.",
        genre: Genre::Music,
        minutes: 115,
        week: 35,
        room: Room::MainHouse,
        run: Run::Evening(6),
        tariff: Tariff::OneNight,
    },
    Production {
        title: "Lunchtime in the Foyer",
        by: "The Mallowmere Playhouse",
        about: "A different duo or trio each Wednesday, soup included.",
        genre: Genre::Music,
        minutes: 50,
        week: 1,
        room: Room::Foyer,
        run: Run::Lunchtimes(20),
        tariff: Tariff::Foyer,
    },
    Production {
        title: "Foyer Folk Round",
        by: "Fennel & Rook",
        about: "Bring a song or a sandwich. Everybody sits in a circle.",
        genre: Genre::Music,
        minutes: 50,
        week: 24,
        room: Room::Foyer,
        run: Run::Lunchtimes(16),
        tariff: Tariff::Foyer,
    },
];
