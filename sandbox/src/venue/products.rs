//! What is sold besides single tickets: merchandise, memberships, and fixed series.

use jiff::civil::Weekday;
use rust_decimal::Decimal;
use spektrix_v2::{
    Attributes, FixedSeries, FixedSeriesId, InstanceId, Membership, MembershipId, StockItem, StockItemId,
};

use super::money::pence;
use super::programme::Genre;
use super::season::{Season, Showing};
use super::seating::Room;
use super::text;

pub(super) const PROGRAMME: StockItemId = StockItemId::new(501);
pub(super) const LANTERN: StockItemId = StockItemId::new(502);
pub(super) const MUG: StockItemId = StockItemId::new(503);
/// The item that is out of stock.
const TOWEL: StockItemId = StockItemId::new(504);
const SCRIPT: StockItemId = StockItemId::new(505);

pub(super) fn stock_items() -> Vec<StockItem> {
    vec![
        stock_item(
            PROGRAMME,
            "Souvenir Programme",
            "Cast, pictures and a page of puzzles.",
            450,
            820,
        ),
        stock_item(
            LANTERN,
            "Light-up Lantern",
            "Three colours. Batteries are in it.",
            650,
            143,
        ),
        stock_item(MUG, "Playhouse Mug", "Holds a third of a litre, and a grudge.", 895, 37),
        stock_item(
            TOWEL,
            "Tide Table Tea Towel",
            "Next year’s tides, in cotton. Sold out until spring.",
            1100,
            0,
        ),
        stock_item(
            SCRIPT,
            "Play Script",
            "The text of the evening, as it was printed on the first day.",
            999,
            64,
        ),
    ]
}

/// Returns the price of a stock item.
pub(super) fn stock_price(items: &[StockItem], id: StockItemId) -> Decimal {
    let item = items.iter().find(|item| item.id == id);
    item.map(|item| item.price).unwrap_or_default()
}

fn stock_item(id: StockItemId, name: &str, about: &str, price: i64, level: i32) -> StockItem {
    let (image, thumbnail) = text::image_files(name);
    let mut item = StockItem::new(id, pence(price), level);
    item.attributes = Attributes::from_iter([("Collect Only", if level == 0 { "1" } else { "0" }), ("Maker", "")]);
    item.description = Some(text::plain(&[about]));
    item.image_url = Some(image);
    item.name = Some(name.to_owned());
    item.thumbnail_url = Some(thumbnail);
    item
}

pub(super) fn memberships() -> Vec<Membership> {
    vec![
        membership(601, "Lamplighter", "Priority booking and a tenth off plays and dance."),
        membership(602, "Lamplighter Duo", "The same for two people at one address."),
        membership(
            603,
            "Harbour Patron",
            "All of it, a seat with your name on it, and our thanks.",
        ),
    ]
}

fn membership(id: i32, name: &str, about: &str) -> Membership {
    let (image, thumbnail) = text::image_files(name);
    let mut membership = Membership::new(MembershipId::new(id));
    membership.attributes = Attributes::from_iter([("Renews Itself", "1"), ("Card Colour", "")]);
    membership.description = Some(text::plain(&[about]));
    membership.html_description = Some(text::html(&[about]));
    membership.image_url = Some(image);
    membership.name = Some(name.to_owned());
    membership.thumbnail_url = Some(thumbnail);
    membership
}

/// Returns the fixed series. A fixed series is one seat for a fixed set of instances.
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
    let (image, thumbnail) = text::image_files(name);
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

/// Returns one evening of each showing: the first Saturday of plays, and the first day of films.
fn evenings(season: &Season, genre: Genre, room: Room) -> Vec<InstanceId> {
    let is_wanted = |showing: &&Showing| showing.production.genre == genre && showing.production.room == room;
    let showings = season.house(0).iter().filter(is_wanted);
    showings.filter_map(|showing| evening(showing, room)).collect()
}

fn evening(showing: &Showing, room: Room) -> Option<InstanceId> {
    let found = showing.performances.iter().find(|(_, performance)| {
        let start = performance.start;
        start.hour() >= 19 && (room == Room::Screen || start.date().weekday() == Weekday::Saturday)
    });
    found.map(|(id, _)| *id)
}
