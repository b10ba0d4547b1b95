//! Events as the service lists them, made from the season's showings.

use std::collections::BTreeSet;

use spektrix_v2::{Attributes, Event, EventId, Instance, StockItemId};

use super::programme::{Genre, Production};
use super::season::{Season, Showing};
use super::seats::Room;
use super::{stock, text};

/// Made after the instances: an event is on sale when one of its instances is.
pub(super) fn events(season: &Season, instances: &[Instance]) -> Vec<Event> {
    let on_sale = instances.iter().filter(|instance| instance.is_on_sale);
    let on_sale: BTreeSet<_> = on_sale.map(|instance| instance.event).collect();
    let showings = season.showings.iter();
    showings
        .map(|showing| {
            let mut event = event(showing, on_sale.contains(&showing.event));
            event.related_events = related_events(season, showing);
            event
        })
        .collect()
}

fn event(showing: &Showing, is_on_sale: bool) -> Event {
    let production = showing.production;
    let presented = format!("Presented by {}", production.by);
    let paragraphs = match production.by {
        "" => vec![production.about],
        _ => vec![production.about, presented.as_str()],
    };
    let (image, thumbnail) = text::pictures(production.title);
    let mut event = Event::new(
        showing.event,
        text::plain(&paragraphs),
        production.minutes,
        text::html(&paragraphs),
        image,
        is_on_sale,
        title(showing),
        // Nobody has made small pictures for talks.
        if production.genre == Genre::Talks {
            String::new()
        } else {
            thumbnail
        },
    );
    event.attributes = attributes(showing);
    event.related_stock_items = stock_items(production.genre);
    event
}

/// The same in every house, but for the number of the house.
fn title(showing: &Showing) -> String {
    let title = showing.production.title;
    match showing.house {
        0 => title.to_owned(),
        house => format!("{title} (House {})", house + 1),
    }
}

/// The venue's own attributes: a flag for each kind of show, and some texts, of which not all are filled in.
fn attributes(showing: &Showing) -> Attributes {
    let production = showing.production;
    let mut attributes = Attributes::new();
    for genre in Genre::ALL {
        attributes.insert(genre.name(), if production.genre == genre { "1" } else { "0" });
    }
    let is_new = production.genre == Genre::Drama && production.room == Room::Studio;
    attributes.insert("New Writing", if is_new { "1" } else { "0" });
    attributes.insert("Season", showing.opening().map(season_name).unwrap_or_default());
    attributes.insert(
        "Venue",
        format!("{}, 1 Lantern Quay, Mallowmere, QV1 1AA", production.room.name()),
    );
    attributes.insert("Presented By", production.by);
    attributes.insert("Age Guidance", age_guidance(production));
    attributes.insert("Account Code", format!("4{}-{:?}", showing.event, production.tariff));
    attributes.insert("Confirmation Text", "");
    attributes
}

/// `2031 Spring`.
fn season_name(opening: jiff::civil::Date) -> String {
    let name = match opening.month() {
        3..=5 => "Spring",
        6..=8 => "Summer",
        9..=11 => "Autumn",
        _ => "Winter",
    };
    format!("{} {name}", opening.year())
}

/// The sentence about ages, if the description has one.
fn age_guidance(production: &Production) -> &'static str {
    let guidance = production
        .about
        .split_once(". For ")
        .map(|(_, guidance)| guidance.trim_end_matches('.'));
    guidance.unwrap_or_default()
}

/// The next two of the same kind, the last ones' being the first again.
fn related_events(season: &Season, showing: &Showing) -> Vec<EventId> {
    let same = |other: &&Showing| other.production.genre == showing.production.genre;
    let all = season.house(showing.house).iter().filter(same);
    let after = all.clone().filter(|other| other.event > showing.event);
    let before = all.filter(|other| other.event < showing.event);
    after.chain(before).map(|other| other.event).take(2).collect()
}

fn stock_items(genre: Genre) -> Vec<StockItemId> {
    match genre {
        Genre::Panto => vec![stock::PROGRAMME, stock::LANTERN],
        Genre::Drama | Genre::Comedy | Genre::Dance => vec![stock::PROGRAMME],
        Genre::Family => vec![stock::LANTERN],
        _ => Vec::new(),
    }
}
