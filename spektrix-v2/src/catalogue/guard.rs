//! A guard against lists that lack most of their items: an outage must not look like an empty programme.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::order::{Listed, find};
use super::{Catalogue, Lists};
use crate::error::{Error, ErrorContext, Fault};
use crate::generated::ids::{EventId, InstanceId};
use crate::generated::operations::{
    GetBands, GetEvents, GetInstanceStatus, GetInstances, GetPlans, GetPriceLists, GetTicketTypes,
};
use crate::generated::types::{Instance, InstancePlanStatus};
use crate::operation::{Operation, OperationInfo};

/// How many items a list may lose from one load to the next before it is refused.
///
/// An error page or an incomplete response of the service can be read as an empty programme, and a website or a database
/// that takes it for one deletes everything. With a guard, such a list is an error, and nothing changes.
///
/// A list is refused if it is empty, or lacks more than half of the items that are expected: those of the earlier catalogue.
/// Of the events, instances and statuses, only those are expected that belong to instances that have not started and whose
/// sale has not ended. The others leave the lists by themselves: events are listed while they can be booked online
/// *(documented)*. If there are no such instances, plans and price lists may change in any way. Fewer than eight items may
/// be replaced by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// In percent. `None`: everything is allowed.
    max_loss: Option<u8>,
}

/// Of fewer items, more than half may change in an ordinary week.
const MIN_ITEMS: usize = 8;

impl Guard {
    /// Creates a guard that refuses a list that lost more than half of its items.
    pub const fn new() -> Self {
        Self::max_loss(50)
    }

    /// Creates a guard that refuses a list that lost more than this share of its items, in percent, or all of them.
    pub const fn max_loss(percent: u8) -> Self {
        Self {
            max_loss: Some(percent),
        }
    }

    /// Creates a guard that allows everything: for a programme that has really ended.
    pub const fn none() -> Self {
        Self { max_loss: None }
    }

    /// Checks a catalogue against an earlier one. [`Catalogue::refresh`] and
    /// [`LiveCatalogue`](super::LiveCatalogue) do it. Use it with your own store, before you delete or hide anything.
    ///
    /// # Errors
    ///
    /// [`is_implausible`](Error::is_implausible): the error names the operation of the list.
    pub fn check(self, earlier: &Catalogue, later: &Catalogue, now: Timestamp) -> Result<(), Error> {
        let (before, after) = (&earlier.lists, &later.lists);
        let (upcoming, events) = upcoming(before, now);
        self.check_list(GetInstances::INFO, &before.instances, &after.instances, |instance| {
            upcoming.contains(&instance.id)
        })?;
        self.check_list(GetEvents::INFO, &before.events, &after.events, |event| {
            events.contains(&event.id)
        })?;
        self.check_statuses(before, after, now, |_| true)?;
        if !upcoming.is_empty() {
            self.check_list(GetPlans::INFO, &before.plans, &after.plans, |_| true)?;
            self.check_list(GetPriceLists::INFO, &before.price_lists, &after.price_lists, |_| true)?;
        }
        self.check_list(GetBands::INFO, &before.bands, &after.bands, |_| true)?;
        self.check_list(GetTicketTypes::INFO, &before.ticket_types, &after.ticket_types, |_| {
            true
        })
    }

    /// Checks the statuses of the instances that were requested.
    pub(super) fn check_statuses(
        self,
        before: &Lists,
        after: &Lists,
        now: Timestamp,
        is_requested: impl Fn(&Instance) -> bool,
    ) -> Result<(), Error> {
        let is_expected = |status: &InstancePlanStatus| {
            let instance = find(&before.instances, status.instance);
            instance.is_some_and(|instance| is_upcoming(instance, now) && is_requested(instance))
        };
        self.check_list(GetInstanceStatus::INFO, &before.statuses, &after.statuses, is_expected)
    }

    fn check_list<T: Listed>(
        self,
        operation: OperationInfo,
        before: &[T],
        after: &[T],
        is_expected: impl Fn(&T) -> bool,
    ) -> Result<(), Error> {
        let Some(max_loss) = self.max_loss else { return Ok(()) };
        let expected = before.iter().filter(|item| is_expected(item));
        let (mut missing, mut count) = (0, 0);
        for item in expected {
            count += 1;
            missing += usize::from(find(after, item.id()).is_none());
        }
        let is_empty = after.is_empty() && count > 0;
        let has_lost_most = count >= MIN_ITEMS && missing * 100 > count * usize::from(max_loss);
        if is_empty || has_lost_most {
            let fault = Fault::Implausible {
                missing,
                expected: count,
            };
            return Err(Error::during(ErrorContext::new(operation, false), fault));
        }
        Ok(())
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

/// The instances that are expected to stay, and their events.
fn upcoming(lists: &Lists, now: Timestamp) -> (BTreeSet<InstanceId>, BTreeSet<EventId>) {
    let upcoming = lists.instances.iter().filter(|instance| is_upcoming(instance, now));
    upcoming.map(|instance| (instance.id, instance.event)).unzip()
}

fn is_upcoming(instance: &Instance, now: Timestamp) -> bool {
    let (start, stop) = (instance.start_selling_at_utc, instance.stop_selling_at_utc);
    // An end before the start, such as .NET's MinValue, is not an end.
    let sale_has_ended = start <= stop && stop <= now;
    instance.start_utc > now && !sale_has_ended
}
