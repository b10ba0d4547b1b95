//! Refreshing a catalogue: all of its lists, or the availability alone.

use std::ops::RangeBounds;

use jiff::Timestamp;

use super::lists::StartRange;
use super::load::{call_in_range, load};
use super::order::{find, sorted_by_id};
use super::whole_list::whole_list;
use super::{Catalogue, Changes, Guard, Lists};
use crate::client::Client;
use crate::error::Error;
use crate::generated::operations::GetInstanceStatus;
use crate::generated::types::InstancePlanStatus;
use crate::operation::QueryDate;

impl Catalogue {
    /// Loads the same lists again, replaces this catalogue with them, and returns what has changed.
    ///
    /// # Errors
    ///
    /// If a request fails, the catalogue stays as it was. So it does if a list lost most of its items
    /// ([`is_implausible`](Error::is_implausible)): see [`Guard`], and [`refresh_with`](Self::refresh_with) to allow it.
    pub async fn refresh(&mut self, client: &Client) -> Result<Changes, Error> {
        self.refresh_with(client, Guard::new()).await
    }

    /// [Refreshes](Self::refresh) the catalogue, with another guard.
    pub async fn refresh_with(&mut self, client: &Client, guard: Guard) -> Result<Changes, Error> {
        let current = self.reload(client, guard).await?;
        Ok(self.replace_by(current))
    }

    /// Loads the availability again, in one request, and returns what has changed.
    ///
    /// Availability changes every minute, the other lists a few times a day. New instances appear with
    /// [`refresh`](Self::refresh).
    ///
    /// # Errors
    ///
    /// As for [`refresh`](Self::refresh).
    pub async fn refresh_statuses(&mut self, client: &Client) -> Result<Changes, Error> {
        let current = self
            .reload_statuses(client, StartRange::default(), Guard::new())
            .await?;
        Ok(self.replace_by(current))
    }

    /// Loads the availability of the instances again that start within this range: of this evening, more often than of the
    /// rest. As for ranges in Rust, the end is not included.
    ///
    /// # Errors
    ///
    /// As for [`refresh`](Self::refresh).
    pub async fn refresh_statuses_starting<D: Into<QueryDate> + Clone>(
        &mut self,
        client: &Client,
        range: impl RangeBounds<D>,
    ) -> Result<Changes, Error> {
        let range = StartRange::new(&range);
        let current = self.reload_statuses(client, range, Guard::new()).await?;
        Ok(self.replace_by(current))
    }

    /// Loads the same lists again, and checks them.
    pub(super) async fn reload(&self, client: &Client, guard: Guard) -> Result<Self, Error> {
        let current = load(self.range, client).await?;
        guard.check(self, &current, Timestamp::now())?;
        Ok(current)
    }

    /// Loads the statuses of the instances within a range again, and checks them. A range without ends is that of the
    /// catalogue.
    pub(super) async fn reload_statuses(
        &self,
        client: &Client,
        range: StartRange,
        guard: Guard,
    ) -> Result<Self, Error> {
        let requested = if range == StartRange::default() {
            self.range
        } else {
            range
        };
        let received = whole_list(|| call_in_range(client, GetInstanceStatus::new(), requested)).await?;
        let after = Lists {
            statuses: sorted_by_id(received),
            ..Lists::default()
        };
        guard.check_statuses(&self.lists, &after, Timestamp::now(), |instance| {
            range.contains(instance)
        })?;
        let mut current = self.clone();
        current.replace_statuses(range, after.statuses);
        Ok(current)
    }

    fn replace_statuses(&mut self, range: StartRange, received: Vec<InstancePlanStatus>) {
        let instances = &self.lists.instances;
        let is_in_range = |status: &InstancePlanStatus| {
            let instance = find(instances, status.instance);
            // Only a request without a range replaces the statuses of instances that are not in the catalogue.
            instance.map_or(range == StartRange::default(), |instance| range.contains(instance))
        };
        // A catalogue of a season does not get the rest of the year from a request for a longer range.
        let belongs = |status: &InstancePlanStatus| {
            self.range == StartRange::default() || find(instances, status.instance).is_some()
        };
        let kept = self
            .lists
            .statuses
            .iter()
            .filter(|status| !is_in_range(status))
            .cloned();
        let received = received.into_iter().filter(belongs);
        self.lists.statuses = sorted_by_id(kept.chain(received).collect());
    }

    fn replace_by(&mut self, current: Self) -> Changes {
        let changes = current.changes_since(self);
        *self = current;
        changes
    }
}
