//! A calendar, RFC 5545. Times are in UTC, so no definition of a time zone can be out of date.

use std::collections::HashMap;

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use jiff::Timestamp;

use xxhash_rust::xxh3::Xxh3Default;

use super::{Export, ExportError, Item, plain};

const END: &str = "END:VCALENDAR\r\n";

/// Renders a calendar. An event that is the same in the previous calendar keeps its `LAST-MODIFIED`.
pub(super) fn render<'a>(
    export: &Export,
    items: impl Iterator<Item = Item<'a>>,
    now: Timestamp,
    previous: Option<&[u8]>,
) -> Result<Vec<u8>, ExportError> {
    let previous = previous.map(String::from_utf8_lossy).unwrap_or_default();
    let previous = stamps(&previous);
    let mut calendar = Calendar::empty();
    calendar.properties = Property::from_array([
        ("VERSION", "2.0"),
        ("PRODID", "-//spektrix-v2//export//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", plain(&export.title).as_str()),
        // How often a calendar program may fetch it: RFC 7986.
        ("X-PUBLISHED-TTL", "PT1H"),
    ]);
    let now = utc(now);
    // Events are written one by one: a calendar of all of them would take many times as much memory as its text.
    let empty = folded(&calendar.to_string());
    let mut text = empty.strip_suffix(END).unwrap_or(&empty).to_owned();
    for item in items {
        let event = event(export, &item, &now, &previous)?;
        text.push_str(&folded(&event.try_into_string().map_err(ExportError::new)?));
    }
    text.push_str(END);
    Ok(text.into_bytes())
}

/// Folds lines after at most 75 bytes. The last line that the crate icalendar 0.17 folds can have 76.
fn folded(calendar: &str) -> String {
    const MOST: usize = 75;
    let mut folded = String::with_capacity(calendar.len());
    for line in calendar.replace("\r\n ", "").lines() {
        let (mut rest, mut room) = (line, MOST);
        while rest.len() > room {
            let (first, after) = rest.split_at(rest.floor_char_boundary(room));
            folded.push_str(first);
            folded.push_str("\r\n ");
            // The space counts, too.
            (rest, room) = (after, MOST - 1);
        }
        folded.push_str(rest);
        folded.push_str("\r\n");
    }
    folded
}

fn event(export: &Export, item: &Item<'_>, now: &str, previous: &HashMap<u128, &str>) -> Result<Event, ExportError> {
    let performance = &item.performance;
    let mut event = Event::with_uid(&uid(export, performance.instance_id));
    event.summary(&plain(performance.event));
    event.append_property(Property::new("DTSTART", utc(performance.start_utc)));
    if let Some(end) = performance.end_utc {
        event.append_property(Property::new("DTEND", utc(end)));
    }
    let description = item.description();
    if !description.is_empty() {
        event.description(&description);
    }
    let places = [export.location_of(performance), export.address_of(performance)];
    let places: Vec<String> = places.into_iter().flatten().map(plain).collect();
    if !places.is_empty() {
        event.location(&places.join(", "));
    }
    event.append_property(Property::new("URL", export.booking_url(performance.instance_id)));
    if let (Some(image), Some(_)) = (&performance.image, &export.image_base) {
        event.append_property(
            Property::new("IMAGE", image.as_ref())
                .add_parameter("VALUE", "URI")
                .done(),
        );
    }
    if let Some(is_cancelled) = export.is_cancelled(performance) {
        event.status(if is_cancelled {
            EventStatus::Cancelled
        } else {
            EventStatus::Confirmed
        });
    }
    stamp(&mut event, now);
    let rendered = event.try_into_string().map_err(ExportError::new)?;
    if let Some(earlier) = previous.get(&without_stamps(&folded(&rendered))) {
        stamp(&mut event, earlier);
    }
    Ok(event)
}

/// The identifier of an event, which is the same in every export.
fn uid(export: &Export, instance: spektrix_v2::InstanceId) -> String {
    format!("instance-{instance}@{}.system.spektrix.com", export.venue)
}

/// The service does not send when it changed an instance. `DTSTAMP` has the same meaning as `LAST-MODIFIED` in a published
/// calendar, and is required.
fn stamp(event: &mut Event, time: &str) {
    event.append_property(Property::new("DTSTAMP", time));
    event.append_property(Property::new("LAST-MODIFIED", time));
}

fn utc(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Returns when each event of a calendar was changed, by a hash of its lines without that time.
fn stamps(calendar: &str) -> HashMap<u128, &str> {
    let events = calendar.split("BEGIN:VEVENT").skip(1);
    let events = events.filter_map(|event| {
        let (event, _) = event.split_once("END:VEVENT")?;
        let stamp = event.lines().find_map(|line| line.strip_prefix("LAST-MODIFIED:"))?;
        Some((without_stamps(&format!("BEGIN:VEVENT{event}END:VEVENT")), stamp))
    });
    events.collect()
}

/// These lines are short, so they are never folded. A folded line starts with a space.
fn without_stamps(event: &str) -> u128 {
    let is_stamp = |line: &&str| line.starts_with("DTSTAMP:") || line.starts_with("LAST-MODIFIED:");
    let mut hasher = Xxh3Default::new();
    for line in event.lines().filter(|line| !is_stamp(line)) {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    }
    hasher.digest128()
}
