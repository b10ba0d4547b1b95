//! Events: descriptions, attributes, and related events and merchandise of the season's showings.

use std::collections::BTreeSet;

use spektrix_v2::{Attributes, Event, EventId, Instance, StockItemId};

use super::ALL_SET;
use super::programme::{Genre, Production};
use super::season::{Season, Showing};
use super::seating::Room;
use super::{products, text};

/// Returns the events of the season. An event is on sale if one of its instances is.
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
    let mut paragraphs = vec![production.about.as_str()];
    if !production.by.is_empty() {
        paragraphs.push(&presented);
    }
    let (image, thumbnail) = text::image_files(&production.title);
    // Talks have no thumbnail, so that clients are tested without one.
    let thumbnail = if production.genre == Genre::Talks {
        String::new()
    } else {
        thumbnail
    };
    Event::builder()
        .id(showing.event)
        .name(title(showing))
        .description(text::plain(&paragraphs))
        .html_description(text::html(&paragraphs))
        .duration(production.minutes)
        .image_url(image)
        .thumbnail_url(thumbnail)
        .is_on_sale(is_on_sale)
        .attributes(attributes(showing))
        .related_stock_items(stock_items(production.genre))
        .build()
        .expect(ALL_SET)
}

/// Returns the title, with the number of the house if it is not the first.
fn title(showing: &Showing) -> String {
    let title = &showing.production.title;
    match showing.house {
        0 => title.clone(),
        house => format!("{title} (House {})", house + 1),
    }
}

/// Returns the attributes that the venue has defined: a flag for each genre, and strings of which some are empty.
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
    attributes.insert("Presented By", production.by.as_str());
    attributes.insert("Age Guidance", age_guidance(production));
    attributes.insert("Account Code", format!("4{}-{:?}", showing.event, production.tariff));
    attributes.insert("Confirmation Text", "");
    attributes
}

/// Returns the name of a season, such as `2031 Spring`.
fn season_name(opening: jiff::civil::Date) -> String {
    let name = match opening.month() {
        3..=5 => "Spring",
        6..=8 => "Summer",
        9..=11 => "Autumn",
        _ => "Winter",
    };
    format!("{} {name}", opening.year())
}

/// Returns the part of the description that names the audience, if there is one.
fn age_guidance(production: &Production) -> &str {
    let guidance = production
        .about
        .split_once(". For ")
        .map(|(_, guidance)| guidance.trim_end_matches('.'));
    guidance.unwrap_or_default()
}

/// Returns the next two events of the same genre. The first event follows the last one.
fn related_events(season: &Season, showing: &Showing) -> Vec<EventId> {
    let same = |other: &&Showing| other.production.genre == showing.production.genre;
    let all = season.house(showing.house).iter().filter(same);
    let after = all.clone().filter(|other| other.event > showing.event);
    let before = all.filter(|other| other.event < showing.event);
    after.chain(before).map(|other| other.event).take(2).collect()
}

fn stock_items(genre: Genre) -> Vec<StockItemId> {
    match genre {
        Genre::Panto => vec![products::PROGRAMME, products::LANTERN],
        Genre::Drama | Genre::Comedy | Genre::Dance => vec![products::PROGRAMME],
        Genre::Family => vec![products::LANTERN],
        _ => Vec::new(),
    }
}
