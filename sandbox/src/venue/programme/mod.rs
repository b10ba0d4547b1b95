//! What the venue puts on: every title, shows and people in it invented. A table for each kind of show.

mod comedy;
mod dance;
mod drama;
mod family;
mod film;
mod music;
mod musicals;
mod panto;
mod talks;

use super::prices::Tariff;
use super::run::Run;
use super::seats::Room;

/// A show as the venue plans it.
#[derive(Debug)]
pub(super) struct Production {
    pub(super) title: &'static str,
    /// Who presents it; nobody does a film.
    pub(super) by: &'static str,
    pub(super) about: &'static str,
    pub(super) genre: Genre,
    pub(super) minutes: i32,
    /// The earliest week of the season in which it may open.
    pub(super) week: i32,
    pub(super) room: Room,
    pub(super) run: Run,
    pub(super) tariff: Tariff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Genre {
    Comedy,
    Dance,
    Drama,
    Family,
    Film,
    Music,
    Panto,
    Talks,
}

impl Genre {
    pub(super) const ALL: [Self; 8] = [
        Self::Comedy,
        Self::Dance,
        Self::Drama,
        Self::Family,
        Self::Film,
        Self::Music,
        Self::Panto,
        Self::Talks,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Comedy => "Comedy",
            Self::Dance => "Dance",
            Self::Drama => "Drama",
            Self::Family => "Family",
            Self::Film => "Film",
            Self::Music => "Music",
            Self::Panto => "Panto",
            Self::Talks => "Talks",
        }
    }
}

/// All productions. The pantomime comes first, as everything else finds its place around it, and the longest runs next.
pub(super) fn productions() -> impl Iterator<Item = &'static Production> {
    let tables = [
        panto::PRODUCTIONS,
        musicals::PRODUCTIONS,
        drama::PRODUCTIONS,
        comedy::PRODUCTIONS,
        dance::PRODUCTIONS,
        family::PRODUCTIONS,
        music::PRODUCTIONS,
        talks::PRODUCTIONS,
        film::PRODUCTIONS,
    ];
    tables.into_iter().flatten()
}
