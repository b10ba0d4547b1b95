//! The lists that the API has, and how each is rendered from a catalogue.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::value::RawValue;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::{Event, Instance};

use super::query::Query;
use crate::export::{Export, ExportError, Format};
use crate::items::{InstanceAvailability, InstancePrices};
use crate::whats_on::{Filter, Performance, WhatsOn};

/// A list of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resource {
    Events,
    Instances,
    Availability,
    Prices,
    WhatsOn,
    Calendar,
    JsonLd,
    Csv,
}

/// A rendered list.
#[derive(Debug)]
pub(super) struct Rendered {
    pub(super) bytes: Vec<u8>,
    /// The number of objects that match, on all pages. `None` for exports.
    pub(super) total: Option<usize>,
}

impl Resource {
    pub(super) const ALL: [Self; 8] = [
        Self::Events,
        Self::Instances,
        Self::Availability,
        Self::Prices,
        Self::WhatsOn,
        Self::Calendar,
        Self::JsonLd,
        Self::Csv,
    ];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Events => "/events",
            Self::Instances => "/instances",
            Self::Availability => "/availability",
            Self::Prices => "/prices",
            Self::WhatsOn => "/whats-on",
            Self::Calendar => "/calendar.ics",
            Self::JsonLd => "/events.jsonld",
            Self::Csv => "/events.csv",
        }
    }

    pub(super) const fn summary(self) -> &'static str {
        match self {
            Self::Events => "The shows, by identifier",
            Self::Instances => "The performances, by start",
            Self::Availability => "The seats that are left at each performance, by start",
            Self::Prices => "The prices of each performance, by start",
            Self::WhatsOn => "Performances joined with event, availability and price range, by start",
            Self::Calendar => "The performances as a calendar (RFC 5545)",
            Self::JsonLd => "The performances as schema.org Event",
            Self::Csv => "The performances as a table (RFC 4180)",
        }
    }

    pub(super) const fn media_type(self) -> &'static str {
        match self.format() {
            Some(format) => format.media_type(),
            None => "application/json",
        }
    }

    /// The fields of its objects. Empty for exports.
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Events => EVENT,
            Self::Instances => INSTANCE,
            Self::Availability => InstanceAvailability::FIELDS,
            Self::Prices => InstancePrices::FIELDS,
            Self::WhatsOn => Performance::FIELDS,
            Self::Calendar | Self::JsonLd | Self::Csv => &[],
        }
    }

    /// Whether its content is as old as the availability, which is loaded more often than the rest.
    pub(super) const fn has_availability(self) -> bool {
        matches!(self, Self::Availability | Self::WhatsOn | Self::JsonLd | Self::Csv)
    }

    const fn format(self) -> Option<Format> {
        match self {
            Self::Calendar => Some(Format::Ics),
            Self::JsonLd => Some(Format::JsonLd),
            Self::Csv => Some(Format::Csv),
            _ => None,
        }
    }

    /// Renders the part of the list that a query selects. `previous` is the last calendar.
    pub(super) fn render(
        self,
        catalogue: &Catalogue,
        export: &Export,
        now: Timestamp,
        query: &Query,
        previous: Option<&[u8]>,
    ) -> Result<Rendered, ExportError> {
        if let Some(format) = self.format() {
            let bytes = export.render(format, catalogue, now, &query.filter, previous)?;
            return Ok(Rendered { bytes, total: None });
        }
        let instances = query.filter.instances(catalogue);
        match self {
            Self::Events => list(events(catalogue, &query.filter).into_iter(), query),
            Self::Instances => list(instances, query),
            Self::Prices => list(
                instances.map(|instance| InstancePrices::new(catalogue, instance)),
                query,
            ),
            Self::Availability => list(
                instances.map(|instance| InstanceAvailability::new(catalogue, instance, now)),
                query,
            ),
            _ => {
                let view = WhatsOn::new(catalogue, now).image_base(export.image_base_url());
                list(view.performances(&query.filter), query)
            }
        }
    }
}

/// The events that a filter selects: those of the instances that it selects. Without dates, also events without instances.
fn events<'a>(catalogue: &'a Catalogue, filter: &Filter) -> Vec<&'a Event> {
    let is_about_instances = filter.from.is_some() || filter.to.is_some() || !filter.instances.is_empty();
    let of_instances: BTreeSet<_> = filter
        .instances(catalogue)
        .map(|instance: &Instance| instance.event)
        .collect();
    let matches = |event: &&Event| {
        let has = |(name, value): &(String, String)| event.attributes.has(name, value);
        let is_itself =
            (filter.events.is_empty() || filter.events.contains(&event.id)) && filter.attributes.iter().all(has);
        of_instances.contains(&event.id) || (!is_about_instances && is_itself)
    };
    catalogue.events().filter(matches).collect()
}

/// Renders a JSON array.
fn list<T: Serialize>(items: impl Iterator<Item = T>, query: &Query) -> Result<Rendered, ExportError> {
    let limit = query.limit.unwrap_or(usize::MAX);
    let (mut bytes, mut total, mut count) = (vec![b'['], 0, 0);
    for item in items {
        total += 1;
        if total <= query.offset || count == limit {
            continue;
        }
        bytes.extend_from_slice(if count == 0 { b"\n" } else { b",\n" });
        count += 1;
        write_item(&mut bytes, &item, &query.fields)?;
    }
    bytes.extend_from_slice(b"\n]\n");
    Ok(Rendered {
        bytes,
        total: Some(total),
    })
}

/// Appends an object, or some of its fields. A field that the object does not have is null.
fn write_item<T: Serialize>(bytes: &mut Vec<u8>, item: &T, fields: &[String]) -> Result<(), ExportError> {
    if fields.is_empty() {
        return Ok(serde_json::to_writer(bytes, item)?);
    }
    let json = serde_json::to_string(item)?;
    let object: HashMap<&str, &RawValue> = serde_json::from_str(&json)?;
    for (index, name) in fields.iter().enumerate() {
        bytes.push(if index == 0 { b'{' } else { b',' });
        serde_json::to_writer(&mut *bytes, name)?;
        bytes.push(b':');
        bytes.extend_from_slice(object.get(name.as_str()).map_or("null", |value| value.get()).as_bytes());
    }
    bytes.push(b'}');
    Ok(())
}

const EVENT: &[&str] = &[
    "id",
    "attributes",
    "description",
    "duration",
    "html_description",
    "image_url",
    "is_on_sale",
    "name",
    "related_events",
    "related_stock_items",
    "thumbnail_url",
];

const INSTANCE: &[&str] = &[
    "id",
    "attributes",
    "event",
    "is_on_sale",
    "plan",
    "price_list",
    "start",
    "start_utc",
    "start_selling_at",
    "start_selling_at_utc",
    "stop_selling_at",
    "stop_selling_at_utc",
];
