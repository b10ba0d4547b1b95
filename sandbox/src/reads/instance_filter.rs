//! Filters instances by event, by id and by start. Other objects are returned if one of their instances matches.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use spektrix_v2::{EventId, Instance, InstanceId};

use crate::api::{DateFilter, Parameters};

/// The filter parameters of a request. Both ends of a period are included.
#[derive(Debug)]
pub(super) struct InstanceFilter {
    event: Option<EventId>,
    instance: Option<InstanceId>,
    from: Option<DateFilter>,
    to: Option<DateFilter>,
}

impl InstanceFilter {
    pub(super) fn of(parameters: &Parameters) -> Self {
        Self {
            event: parameters.id("event_id").map(EventId::new),
            instance: parameters.id("instance_id").map(InstanceId::new),
            from: parameters.date("instance_start_from"),
            to: parameters.date("instance_start_to"),
        }
    }

    /// Returns whether everything matches.
    pub(super) fn is_empty(&self) -> bool {
        self.event.is_none() && self.is_only_by_event()
    }

    /// Returns whether there is no parameter besides the event.
    pub(super) fn is_only_by_event(&self) -> bool {
        self.instance.is_none() && self.from.is_none() && self.to.is_none()
    }

    pub(super) fn matches_event(&self, event: EventId) -> bool {
        self.event.is_none_or(|wanted| wanted == event)
    }

    pub(super) fn matches(&self, instance: &Instance) -> bool {
        self.matches_event(instance.event)
            && self.instance.is_none_or(|wanted| wanted == instance.id)
            && self.from.is_none_or(|from| start(instance, from) >= from.time())
            && self.to.is_none_or(|to| start(instance, to) <= to.time())
    }

    /// Returns a field of all matching instances, without duplicates.
    pub(super) fn collect<T: Ord>(&self, instances: &[Instance], field: impl Fn(&Instance) -> T) -> BTreeSet<T> {
        instances
            .iter()
            .filter(|instance| self.matches(instance))
            .map(field)
            .collect()
    }
}

/// Returns the start of an instance, local or in UTC like the time that it is compared with.
fn start(instance: &Instance, compared_with: DateFilter) -> DateTime {
    match compared_with {
        DateFilter::Local(_) => instance.start,
        DateFilter::Utc(_) => TimeZone::UTC.to_datetime(instance.start_utc),
    }
}
