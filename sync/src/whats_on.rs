//! The view "what's on": performances, each joined with its event, its availability and its prices.
//!
//! A listing on a website shows exactly this. The commands `whats-on`, `export`, `serve` and `cache` use the same view.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;

use jiff::{Timestamp, Zoned};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use spektrix_v2::catalogue::{Catalogue, SaleState};
use spektrix_v2::{Attributes, Event, EventId, Instance, InstanceId, QueryDate};
use url::Url;

/// The view "what's on" of a catalogue.
///
/// ```
/// # fn example(catalogue: &spektrix_v2::catalogue::Catalogue) {
/// use spektrix_v2::jiff::Timestamp;
/// use spektrix_v2_sync::whats_on::{Filter, WhatsOn};
///
/// let now = Timestamp::now();
/// let upcoming = Filter { from: Some(now.into()), ..Filter::default() };
/// for performance in WhatsOn::new(catalogue, now).performances(&upcoming) {
///     println!("{} {} {:?}", performance.start, performance.event, performance.state);
/// }
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct WhatsOn<'a> {
    catalogue: &'a Catalogue,
    now: Timestamp,
    image_base: Option<&'a Url>,
}

/// A performance: an instance, joined with its event, its availability and its prices.
///
/// As JSON, it has the fields below. Absent values are `null`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Performance<'a> {
    /// The start in the venue's local time. As JSON, it has an offset: `2027-07-09T19:30:00+01:00`.
    #[serde(serialize_with = "with_offset")]
    pub start: Zoned,
    /// The start in UTC.
    pub start_utc: Timestamp,
    /// The end, as [`start`](Self::start). `None` if the venue has not filled in a duration.
    #[serde(serialize_with = "with_offset_if_any")]
    pub end: Option<Zoned>,
    /// The end in UTC.
    pub end_utc: Option<Timestamp>,
    /// The name of the event. Empty if the event is not in the catalogue.
    pub event: &'a str,
    /// Identifies the event.
    pub event_id: EventId,
    /// Identifies the instance.
    pub instance_id: InstanceId,
    /// Whether tickets are sold: `not_yet_on_sale`, `sale_ended`, `not_on_sale`, `sold_out` or `on_sale`.
    pub state: SaleState,
    /// The seats that are left. `None` if the service lists no availability.
    pub left: Option<u32>,
    /// The seats in all. `None` if the service lists no availability.
    pub capacity: Option<u32>,
    /// The lowest price above 0, to be shown as "from £12", in the venue's currency. It is 0 if all tickets are free, and
    /// `None` if there are no prices.
    pub from_price: Option<Decimal>,
    /// The lowest price. It may be 0, for companions of disabled visitors for example.
    pub lowest_price: Option<Decimal>,
    /// The highest price.
    pub highest_price: Option<Decimal>,
    /// The start of the sale, in UTC.
    pub sale_start_utc: Timestamp,
    /// The end of the sale, in UTC.
    pub sale_end_utc: Timestamp,
    /// The image of the event: with an [image base](WhatsOn::image_base) a URL, otherwise as the service sends it, which is
    /// usually a file name. `None` if there is none.
    pub image: Option<Cow<'a, str>>,
    /// The thumbnail of the event, as [`image`](Self::image).
    pub thumbnail: Option<Cow<'a, str>>,
    /// The attributes that the venue has filled in, by name, without whitespace around names and values. If the event and the
    /// instance have the same attribute, that of the instance counts.
    pub attributes: BTreeMap<&'a str, &'a str>,
}

impl Performance<'_> {
    /// The fields, as JSON names them.
    pub(crate) const FIELDS: &'static [&'static str] = &[
        "start",
        "start_utc",
        "end",
        "end_utc",
        "event",
        "event_id",
        "instance_id",
        "state",
        "left",
        "capacity",
        "from_price",
        "lowest_price",
        "highest_price",
        "sale_start_utc",
        "sale_end_utc",
        "image",
        "thumbnail",
        "attributes",
    ];
}

/// Selects performances. The default selects all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// The first start: a day, a local time or a moment.
    pub from: Option<QueryDate>,
    /// The last start. A day is included.
    pub to: Option<QueryDate>,
    /// The events. Empty: all.
    pub events: Vec<EventId>,
    /// The instances. Empty: all.
    pub instances: Vec<InstanceId>,
    /// Names and values of attributes. The event or the instance must have each of them: see
    /// [`Attributes::has`](spektrix_v2::Attributes::has).
    pub attributes: Vec<(String, String)>,
}

impl<'a> WhatsOn<'a> {
    /// Creates the view. Whether tickets are sold depends on the time.
    pub fn new(catalogue: &'a Catalogue, now: Timestamp) -> Self {
        Self {
            catalogue,
            now,
            image_base: None,
        }
    }

    /// Completes the names of image files to URLs: with the base `https://venue.example/images/`, `lear.jpg` becomes
    /// `https://venue.example/images/lear.jpg`. What does not become an http or https URL is left out.
    #[must_use]
    pub fn image_base(mut self, base: Option<&'a Url>) -> Self {
        self.image_base = base;
        self
    }

    /// Returns the selected performances, sorted by start.
    pub fn performances(self, filter: &Filter) -> impl Iterator<Item = Performance<'a>> {
        filter
            .instances(self.catalogue)
            .map(move |instance| self.performance(instance))
    }

    /// Joins an instance of the catalogue with what belongs to it.
    pub fn performance(self, instance: &'a Instance) -> Performance<'a> {
        let event = self.catalogue.event(instance.event);
        let zone = self.catalogue.time_zone();
        let end = event.and_then(|event| instance.ends_at(event, zone));
        let availability = self.catalogue.availability(instance.id, self.now);
        let price = self.catalogue.price_range(instance.id);
        let image = |name: fn(&Event) -> &str| event.and_then(|event| self.image(name(event)));
        Performance {
            start: instance.starts_at(zone),
            start_utc: instance.start_utc,
            end_utc: end.as_ref().map(Zoned::timestamp),
            end,
            event: event.map_or("", |event| event.name.as_str()),
            event_id: instance.event,
            instance_id: instance.id,
            state: availability.map_or(SaleState::NotOnSale, |availability| availability.state),
            left: availability.and_then(|availability| availability.left),
            capacity: availability.and_then(|availability| availability.capacity),
            from_price: price.map(|price| price.from),
            lowest_price: price.map(|price| price.lowest),
            highest_price: price.map(|price| price.highest),
            sale_start_utc: instance.start_selling_at_utc,
            sale_end_utc: instance.stop_selling_at_utc,
            image: image(|event| &event.image_url),
            thumbnail: image(|event| &event.thumbnail_url),
            attributes: merged(event.map(|event| &event.attributes), &instance.attributes),
        }
    }

    fn image(self, name: &'a str) -> Option<Cow<'a, str>> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let Some(base) = self.image_base else {
            return Some(name.into());
        };
        // A complete URL stays as it is. One such as `javascript:` must not reach a page.
        let url = base.join(name).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| String::from(url).into())
    }
}

impl Filter {
    /// Returns the selected instances, sorted by start.
    pub fn instances<'a>(&self, catalogue: &'a Catalogue) -> impl Iterator<Item = &'a Instance> {
        let bound = |date: Option<QueryDate>| date.map_or(Bound::Unbounded, Bound::Included);
        let range = (bound(self.from), bound(self.to));
        catalogue
            .between(range)
            .filter(move |instance| self.matches(catalogue, instance))
    }

    fn matches(&self, catalogue: &Catalogue, instance: &Instance) -> bool {
        let is_listed = |list: &[EventId]| list.is_empty() || list.contains(&instance.event);
        let has = |(name, value): &(String, String)| {
            let event = catalogue.event(instance.event);
            event.is_some_and(|event| event.attributes.has(name, value)) || instance.attributes.has(name, value)
        };
        is_listed(&self.events)
            && (self.instances.is_empty() || self.instances.contains(&instance.id))
            && self.attributes.iter().all(has)
    }
}

fn merged<'a>(event: Option<&'a Attributes>, instance: &'a Attributes) -> BTreeMap<&'a str, &'a str> {
    let mut map = BTreeMap::new();
    for attributes in event.into_iter().chain([instance]) {
        let pairs = attributes.to_map().into_iter();
        let filled = pairs.map(|(name, value)| (name.trim(), value.trim()));
        map.extend(filled.filter(|(_, value)| !value.is_empty()));
    }
    map
}

fn with_offset<S: Serializer>(time: &Zoned, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&time.timestamp().display_with_offset(time.offset()))
}

// serde passes a reference to the field.
#[allow(clippy::ref_option)]
fn with_offset_if_any<S: Serializer>(time: &Option<Zoned>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => with_offset(time, serializer),
        None => serializer.serialize_none(),
    }
}
