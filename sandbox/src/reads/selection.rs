//! Which instances a request chooses, by event, by instance and by when they start. Other objects follow them.

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use spektrix_v2::{EventId, Instance, InstanceId};

use crate::service::Parameters;
use crate::when::When;

/// The filters of a request. Both ends of a period belong to it.
#[derive(Debug)]
pub(super) struct Selection {
    event: Option<EventId>,
    instance: Option<InstanceId>,
    from: Option<When>,
    to: Option<When>,
}

impl Selection {
    pub(super) fn of(parameters: &Parameters) -> Self {
        Self {
            event: parameters.id("event_id").map(EventId::new),
            instance: parameters.id("instance_id").map(InstanceId::new),
            from: parameters.when("instance_start_from"),
            to: parameters.when("instance_start_to"),
        }
    }

    /// Whether nothing is left out.
    pub(super) fn is_everything(&self) -> bool {
        self.event.is_none() && self.is_about_events()
    }

    /// Whether instances play no part in it.
    pub(super) fn is_about_events(&self) -> bool {
        self.instance.is_none() && self.from.is_none() && self.to.is_none()
    }

    pub(super) fn has_event(&self, event: EventId) -> bool {
        self.event.is_none_or(|wanted| wanted == event)
    }

    pub(super) fn has(&self, instance: &Instance) -> bool {
        self.has_event(instance.event)
            && self.instance.is_none_or(|wanted| wanted == instance.id)
            && self.from.is_none_or(|from| start(instance, from) >= from.moment())
            && self.to.is_none_or(|to| start(instance, to) <= to.moment())
    }

    /// What the chosen instances say, each answer once.
    pub(super) fn gather<T: Ord>(&self, instances: &[Instance], what: impl Fn(&Instance) -> T) -> BTreeSet<T> {
        instances
            .iter()
            .filter(|instance| self.has(instance))
            .map(what)
            .collect()
    }
}

/// The start of an instance on the clock of the moment that it is compared with.
fn start(instance: &Instance, like: When) -> DateTime {
    match like {
        When::Local(_) => instance.start,
        When::Utc(_) => TimeZone::UTC.to_datetime(instance.start_utc),
    }
}
