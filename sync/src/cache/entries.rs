//! The values of a version: each object, and lists of all of them.

use jiff::Timestamp;
use serde::Serialize;
use spektrix_v2::catalogue::Catalogue;
use url::Url;

use crate::items::{InstanceAvailability, InstancePrices};
use crate::whats_on::{Filter, WhatsOn};

/// Collects objects and their list, which is made of the same bytes.
struct Kind {
    entries: Vec<(String, Vec<u8>)>,
    list: Vec<u8>,
}

/// Returns the names and values of everything in a catalogue.
pub(super) fn entries(
    catalogue: &Catalogue,
    now: Timestamp,
    image_base: Option<&Url>,
) -> serde_json::Result<Vec<(String, Vec<u8>)>> {
    let all = Filter::default();
    let view = WhatsOn::new(catalogue, now).image_base(image_base);
    let mut events = Kind::new();
    for event in catalogue.events() {
        events.push("event", event.id, event)?;
    }
    let (mut instances, mut availability, mut prices, mut performances) =
        (Kind::new(), Kind::new(), Kind::new(), Kind::new());
    for instance in all.instances(catalogue) {
        let id = instance.id;
        instances.push("instance", id, instance)?;
        availability.push("availability", id, &InstanceAvailability::new(catalogue, instance, now))?;
        prices.push("prices", id, &InstancePrices::new(catalogue, instance))?;
        performances.push("performance", id, &view.performance(instance))?;
    }
    let lists = [
        ("events", events),
        ("instances", instances),
        ("availability", availability),
        ("prices", prices),
        ("whats-on", performances),
    ];
    let entries = lists.into_iter().flat_map(|(name, kind)| kind.finish(name));
    Ok(entries.collect())
}

impl Kind {
    fn new() -> Self {
        Self {
            entries: Vec::new(),
            list: vec![b'['],
        }
    }

    fn push(&mut self, kind: &str, id: impl std::fmt::Display, object: &impl Serialize) -> serde_json::Result<()> {
        let value = serde_json::to_vec(object)?;
        if self.list.len() > 1 {
            self.list.push(b',');
        }
        self.list.extend_from_slice(&value);
        self.entries.push((format!("{kind}:{id}"), value));
        Ok(())
    }

    fn finish(mut self, name: &str) -> Vec<(String, Vec<u8>)> {
        self.list.push(b']');
        self.entries.push((format!("list:{name}"), self.list));
        self.entries
    }
}
