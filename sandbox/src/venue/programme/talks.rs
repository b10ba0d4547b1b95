//! Talks in the foyer, some of them free.

use super::{Genre, Production};
use crate::venue::prices::Tariff;
use crate::venue::run::Run;
use crate::venue::seats::Room;

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        title: "How to Read a Tide Table",
        by: "Mallowmere Harbour Watch",
        about: "An introduction for people who would like to come back dry.",
        genre: Genre::Talks,
        minutes: 60,
        week: 2,
        room: Room::Foyer,
        run: Run::Evening(1),
        tariff: Tariff::Foyer,
    },
    Production {
        title: "A Gardener’s Guide to Failure",
        by: "Mallowmere Growers",
        about: "Slugs, frost and optimism: thirty years of mistakes in one hour.",
        genre: Genre::Talks,
        minutes: 60,
        week: 8,
        room: Room::Foyer,
        run: Run::Evening(1),
        tariff: Tariff::Foyer,
    },
    Production {
        title: "Meet the Company",
        by: "The Mallowmere Playhouse",
        about: "Actors and makers of the season answer what you always wanted to ask. Free, but please book.",
        genre: Genre::Talks,
        minutes: 45,
        week: 13,
        room: Room::Foyer,
        run: Run::Evening(3),
        tariff: Tariff::Free,
    },
    Production {
        title: "The Stage Carpenter’s Secrets",
        by: "The Mallowmere Playhouse",
        about: "How walls fly, why floors slope, and what is under yours.",
        genre: Genre::Talks,
        minutes: 60,
        week: 20,
        room: Room::Foyer,
        run: Run::Evening(1),
        tariff: Tariff::Foyer,
    },
    Production {
        title: "Poems from the Night Bus",
        by: "Wrenfield Writers",
        about: "Open microphone, closed at eleven.",
        genre: Genre::Talks,
        minutes: 70,
        week: 29,
        room: Room::Foyer,
        run: Run::Evening(3),
        tariff: Tariff::Foyer,
    },
    Production {
        title: "Next Season, Explained",
        by: "The Mallowmere Playhouse",
        about: "What is coming, and why. Free, but please book.",
        genre: Genre::Talks,
        minutes: 45,
        week: 38,
        room: Room::Foyer,
        run: Run::Evening(3),
        tariff: Tariff::Free,
    },
];
