//! Selections of a catalogue: by date, by range, by attribute.

use std::ops::{Bound, RangeBounds};

use jiff::civil::Date;

use super::Catalogue;
use super::order::compare_start;
use crate::generated::types::{Event, Instance};
use crate::operation::QueryDate;

/// Selections.
impl Catalogue {
    /// Returns the instances that start on a day, in local time, sorted by start time.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Instance> {
        self.by_start().filter(move |instance| instance.start.date() == day)
    }

    /// Returns the instances that start within a range, sorted by start time.
    ///
    /// The ends are days or local times, which are compared with [`start`](Instance::start), or timestamps, which are compared
    /// with [`start_utc`](Instance::start_utc). Ends belong to the range as in Rust: `a..b` without `b`, `a..=b` with all
    /// of the day `b`.
    ///
    /// ```
    /// # fn example(catalogue: &spektrix_v2::catalogue::Catalogue) {
    /// use spektrix_v2::jiff::{Timestamp, civil::date};
    ///
    /// let january = catalogue.between(date(2027, 1, 1)..=date(2027, 1, 31));
    /// let upcoming = catalogue.between(Timestamp::now()..);
    /// # let _ = (january.count(), upcoming.count());
    /// # }
    /// ```
    pub fn between<D: Into<QueryDate> + Clone>(&self, range: impl RangeBounds<D>) -> impl Iterator<Item = &Instance> {
        let (start, end) = (bound(range.start_bound()), bound(range.end_bound()));
        self.by_start().filter(move |instance| {
            let begins = match start {
                Bound::Included(start) => compare_start(instance, start).is_ge(),
                Bound::Excluded(start) => compare_start(instance, start).is_gt(),
                Bound::Unbounded => true,
            };
            let ends = match end {
                Bound::Included(end) => compare_start(instance, end).is_le(),
                Bound::Excluded(end) => compare_start(instance, end).is_lt(),
                Bound::Unbounded => true,
            };
            begins && ends
        })
    }

    /// Returns the events that [have](crate::Attributes::has) an attribute with this value, sorted by identifier.
    ///
    /// ```
    /// # fn example(catalogue: &spektrix_v2::catalogue::Catalogue) {
    /// for event in catalogue.events_with_attribute("Family", "1") {
    ///     println!("{} is for families", event.name);
    /// }
    /// # }
    /// ```
    pub fn events_with_attribute(&self, name: &str, value: &str) -> impl Iterator<Item = &Event> {
        self.events().filter(move |event| event.attributes.has(name, value))
    }

    /// Returns the instances that [have](crate::Attributes::has) an attribute with this value, sorted by start time.
    pub fn instances_with_attribute(&self, name: &str, value: &str) -> impl Iterator<Item = &Instance> {
        self.by_start()
            .filter(move |instance| instance.attributes.has(name, value))
    }

    fn by_start(&self) -> impl Iterator<Item = &Instance> {
        self.by_start.iter().map(|position| &self.lists.instances[*position])
    }
}

fn bound<D: Into<QueryDate> + Clone>(bound: Bound<&D>) -> Bound<QueryDate> {
    bound.map(|date| date.clone().into())
}
