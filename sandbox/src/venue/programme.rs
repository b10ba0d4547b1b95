//! The programme: every production that the venue puts on, read from `data/programme.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::prices::Tariff;
use super::run::Run;
use super::seating::Room;

/// A production as the venue plans it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Production {
    pub(super) title: String,
    /// Who presents it. Empty for films.
    pub(super) by: String,
    pub(super) about: String,
    pub(super) genre: Genre,
    pub(super) minutes: i32,
    /// The earliest week of the season in which it may open.
    pub(super) week: i32,
    pub(super) room: Room,
    pub(super) run: Run,
    pub(super) tariff: Tariff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// Returns all productions in the order in which they are planned.
pub(super) fn productions() -> &'static [Production] {
    &PROGRAMME.production
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Programme {
    production: Vec<Production>,
}

const FILE: &str = include_str!("../../data/programme.toml");

/// Parsed once. The file is part of the program, and a test parses it, so this cannot fail at run time.
static PROGRAMME: LazyLock<Programme> =
    LazyLock::new(|| toml::from_str(FILE).expect("the built-in data/programme.toml is valid"));

#[cfg(test)]
mod tests {
    use super::{FILE, Genre, Programme, productions};

    #[test]
    fn the_built_in_programme_is_valid() {
        let programme: Programme = toml::from_str(FILE).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(programme.production.len(), 64);
    }

    #[test]
    fn the_pantomime_is_planned_first() {
        let pantos: Vec<_> = (0..)
            .zip(productions())
            .filter(|(_, production)| production.genre == Genre::Panto)
            .map(|(index, _)| index)
            .collect();
        assert_eq!(pantos, [0]);
    }

    #[test]
    fn only_films_are_presented_by_nobody() {
        for production in productions() {
            let is_film = production.genre == Genre::Film;
            assert_eq!(production.by.is_empty(), is_film, "{}", production.title);
        }
    }

    #[test]
    fn a_misspelled_field_is_an_error() {
        let misspelled = FILE.replacen("minutes =", "minuets =", 1);
        let error = toml::from_str::<Programme>(&misspelled).expect_err("an unknown field");
        assert!(error.to_string().contains("minuets"), "{error}");
    }
}
