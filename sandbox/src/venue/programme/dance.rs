//! Dance, for long weekends in the main house.

use super::{Genre, Production};
use crate::venue::prices::Tariff;
use crate::venue::run::Run;
use crate::venue::seats::Room;

pub(super) const PRODUCTIONS: &[Production] = &[
    Production {
        title: "Undertow",
        by: "Quillon Dance",
        about: "Ten dancers and four hundred litres of water.",
        genre: Genre::Dance,
        minutes: 70,
        week: 4,
        room: Room::MainHouse,
        run: Run::LongWeekend,
        tariff: Tariff::Play,
    },
    Production {
        title: "The Weight of Paper",
        by: "Quillon Dance",
        about: "An archive unfolds itself. A piece for seven bodies and one ladder.",
        genre: Genre::Dance,
        minutes: 65,
        week: 11,
        room: Room::MainHouse,
        run: Run::LongWeekend,
        tariff: Tariff::Play,
    },
    Production {
        title: "Clogs & Comets",
        by: "Fennel & Rook",
        about: "Traditional steps at untraditional speeds.",
        genre: Genre::Dance,
        minutes: 80,
        week: 18,
        room: Room::MainHouse,
        run: Run::LongWeekend,
        tariff: Tariff::Play,
    },
    Production {
        title: "Half a Waltz",
        by: "Moth & Meridian",
        about: "He remembers the left foot, she remembers the right.",
        genre: Genre::Dance,
        minutes: 60,
        week: 34,
        room: Room::MainHouse,
        run: Run::LongWeekend,
        tariff: Tariff::Play,
    },
    Production {
        title: "Murmuration",
        by: "Quillon Dance",
        about: "Forty local dancers become one flock.",
        genre: Genre::Dance,
        minutes: 75,
        week: 48,
        room: Room::MainHouse,
        run: Run::LongWeekend,
        tariff: Tariff::Play,
    },
];
