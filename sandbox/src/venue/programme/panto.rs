//! The pantomime, which has December to itself.

use super::{Genre, Production};
use crate::venue::prices::Tariff;
use crate::venue::run::Run;
use crate::venue::seats::Room;

pub(super) const PRODUCTIONS: &[Production] = &[Production {
    title: "Jack Frost and the Seven Kettles",
    by: "The Mallowmere Playhouse",
    about: "Oh yes it is: frozen pipes, a dame with a grievance, and seven kettles that never agree. Our own pantomime, with songs that you will not be able to forget.",
    genre: Genre::Panto,
    minutes: 140,
    week: 0,
    room: Room::MainHouse,
    run: Run::Christmas(5),
    tariff: Tariff::PantoPeak,
}];
