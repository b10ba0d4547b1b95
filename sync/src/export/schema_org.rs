//! Structured data for search engines: schema.org `Event` as JSON-LD.

use std::cell::Cell;

use serde::{Serialize, Serializer};
use spektrix_v2::catalogue::SaleState;
use spektrix_v2::rust_decimal::Decimal;

use super::{Export, ExportError, Item, plain};
use crate::whats_on::Performance;

#[derive(Serialize)]
struct Document<I: Iterator<Item: Serialize>> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph", serialize_with = "one_by_one")]
    graph: Cell<Option<I>>,
}

/// Writes items as they are made: all of them in memory would take several times as much as the result.
fn one_by_one<I: Iterator<Item: Serialize>, S: Serializer>(
    items: &Cell<Option<I>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(items.take().into_iter().flatten())
}

/// An event of schema.org is one performance.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EventNode<'a> {
    #[serde(rename = "@type")]
    kind: &'a str,
    identifier: String,
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Place>,
    offers: Offer<'a>,
}

#[derive(Serialize)]
struct Place {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    availability: &'static str,
    valid_from: String,
    valid_through: String,
    /// The lowest price above 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_specification: Option<PriceSpecification<'a>>,
}

/// The range of prices.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PriceSpecification<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    min_price: String,
    max_price: String,
    price_currency: &'a str,
}

pub(super) fn render<'a>(export: &Export, items: impl Iterator<Item = Item<'a>>) -> Result<Vec<u8>, ExportError> {
    let document = Document {
        context: "https://schema.org",
        graph: Cell::new(Some(items.map(|item| event(export, &item)))),
    };
    // In strings only: JSON has this character nowhere else. So a title cannot end the `script` element of a page.
    Ok(serde_json::to_string_pretty(&document)?
        .replace('<', "\\u003c")
        .into_bytes())
}

fn event<'a>(export: &'a Export, item: &Item<'_>) -> EventNode<'a> {
    let performance = &item.performance;
    let time = |time: &jiff::Zoned| time.timestamp().display_with_offset(time.offset()).to_string();
    // A file name alone would be read as relative to the page that has the data.
    let image = performance.image.as_ref().filter(|_| export.image_base.is_some());
    EventNode {
        kind: &export.event_type,
        identifier: format!("{}-{}", export.venue, performance.instance_id),
        name: plain(performance.event),
        description: item.description(),
        start_date: time(&performance.start),
        end_date: performance.end.as_ref().map(time),
        event_status: export.is_cancelled(performance).map(|is_cancelled| {
            if is_cancelled {
                "https://schema.org/EventCancelled"
            } else {
                "https://schema.org/EventScheduled"
            }
        }),
        image: image.map(|url| url.clone().into_owned()),
        location: place(export, performance),
        offers: offer(export, performance),
    }
}

fn place(export: &Export, performance: &Performance<'_>) -> Option<Place> {
    let name = export.location_of(performance).map(plain);
    let address = export.address_of(performance).map(plain);
    (name.is_some() || address.is_some()).then_some(Place {
        kind: "Place",
        name,
        address,
    })
}

fn offer<'a>(export: &'a Export, performance: &Performance<'_>) -> Offer<'a> {
    // A price without a currency is meaningless.
    let priced = export.currency.as_deref().zip(performance.from_price);
    let range = performance.lowest_price.zip(performance.highest_price);
    Offer {
        kind: "Offer",
        url: export.booking_url(performance.instance_id),
        availability: availability(performance.state),
        valid_from: format!("{:.0}", performance.sale_start_utc),
        valid_through: format!("{:.0}", performance.sale_end_utc),
        price: priced.map(|(_, price)| amount(price)),
        price_currency: priced.map(|(currency, _)| currency),
        price_specification: priced
            .zip(range)
            .filter(|(_, (lowest, highest))| lowest != highest)
            .map(|((currency, _), (lowest, highest))| PriceSpecification {
                kind: "PriceSpecification",
                min_price: amount(lowest),
                max_price: amount(highest),
                price_currency: currency,
            }),
    }
}

fn amount(price: Decimal) -> String {
    format!("{price:.2}")
}

fn availability(state: SaleState) -> &'static str {
    match state {
        SaleState::OnSale => "https://schema.org/InStock",
        SaleState::SoldOut => "https://schema.org/SoldOut",
        SaleState::NotYetOnSale => "https://schema.org/PreOrder",
        _ => "https://schema.org/OutOfStock",
    }
}
