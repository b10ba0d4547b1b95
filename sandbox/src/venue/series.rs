//! Fixed series: a seat for a fixed set of instances, bought together.

use spektrix_v2::{Attributes, FixedSeries, FixedSeriesId, InstanceId};

use super::programme::Genre;
use super::season::{Season, Showing};
use super::seats::Room;
use super::text;

pub(super) fn fixed_series(season: &Season) -> Vec<FixedSeries> {
    let plays = "The first Saturday evening of every play in the main house, in the same seat each time.";
    let films = "Opening night of every film, with a glass of something.";
    vec![
        series(
            701,
            "Saturday Play Ticket",
            plays,
            evenings(season, Genre::Drama, Room::MainHouse),
            true,
        ),
        series(
            702,
            "First Friday Film Ticket",
            films,
            evenings(season, Genre::Film, Room::Screen),
            false,
        ),
    ]
}

fn series(id: i32, name: &str, about: &str, instances: Vec<InstanceId>, is_on_sale: bool) -> FixedSeries {
    let (image, thumbnail) = text::pictures(name);
    let mut series = FixedSeries::new(FixedSeriesId::new(id), is_on_sale);
    series.attributes = Attributes::from_iter([("Swaps Allowed", "1"), ("Renewal Note", "")]);
    series.description = Some(text::plain(&[about]));
    series.html_description = Some(text::html(&[about]));
    series.image_url = Some(image);
    series.instances = instances;
    series.name = Some(name.to_owned());
    series.thumbnail_url = Some(thumbnail);
    series
}

/// One evening of each showing: plays have theirs on a Saturday, films on the first day.
fn evenings(season: &Season, genre: Genre, room: Room) -> Vec<InstanceId> {
    let wanted = |showing: &&Showing| showing.production.genre == genre && showing.production.room == room;
    let showings = season.house(0).iter().filter(wanted);
    showings.filter_map(|showing| evening(showing, room)).collect()
}

fn evening(showing: &Showing, room: Room) -> Option<InstanceId> {
    let saturday = jiff::civil::Weekday::Saturday;
    let found = showing.performances.iter().find(|(_, performance)| {
        let start = performance.start;
        start.hour() >= 19 && (room == Room::Screen || start.date().weekday() == saturday)
    });
    found.map(|(id, _)| *id)
}
