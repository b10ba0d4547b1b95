//! A guard against lists that lack most of their objects: an outage must not look like an empty programme.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::error::{Error, ErrorKind, Result, words};
use crate::extract::ListChanges;
use crate::kind::Kind;
use crate::schema::{Key, milliseconds};
use crate::store::{Parameter, Session};

/// How many objects a list may lose from one run to the next.
///
/// A list is refused, and with it the whole run, if it is empty, or lacks more than a share of the objects that are expected:
/// those that the last run had, and those that runs of the last two days removed. So a list that loses a little in each run is
/// refused, too. A loss that was allowed does not count again.
///
/// Of the events, instances and availabilities, only those are expected that belong to instances that have not started and
/// whose sale has not ended; the others leave the lists by themselves. If there are no such instances, plans and price lists
/// may change in any way. If fewer than eight objects are expected, only an empty list is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    max_loss: u8,
    allowed: BTreeSet<Kind>,
}

/// Of fewer objects, more than half may change in an ordinary week.
const MIN_OBJECTS: usize = 8;
/// Long enough for a sync that runs once a day.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);

impl Guard {
    /// Creates a guard that refuses a list that lost more than half of its objects.
    pub fn new() -> Self {
        Self {
            max_loss: 50,
            allowed: BTreeSet::new(),
        }
    }

    /// Sets the share that a list may lose, in percent.
    #[must_use]
    pub fn max_loss(mut self, percent: u8) -> Self {
        self.max_loss = percent;
        self
    }

    /// Allows one list to lose everything: for a programme that has really ended.
    #[must_use]
    pub fn allow(mut self, kind: Kind) -> Self {
        self.allowed.insert(kind);
        self
    }

    /// Checks a list, before anything is written.
    pub(crate) async fn check(
        &self,
        session: &mut Session,
        venue: &str,
        now: Timestamp,
        changes: &ListChanges,
    ) -> Result<()> {
        let kind = changes.layout.kind;
        if changes.removed.is_empty() || self.allowed.contains(&kind) {
            return Ok(());
        }
        let expected = Expected::read(session, venue, now, changes).await?;
        let missing = expected.listed.iter();
        let missing = missing.filter(|key| changes.removed.binary_search(key).is_ok()).count();
        let (before, count) = self.lost_before(&expected);
        let lost = before + missing;
        let is_empty = changes.counts.listed == 0 && !expected.listed.is_empty();
        if is_empty || self.is_too_much(lost, count) {
            return Err(implausible(kind, lost, count));
        }
        Ok(())
    }

    /// Returns how many objects earlier runs removed, and of how many.
    ///
    /// If a removal was too much, it must have been allowed. Then it is the new state, and what was lost is counted from there.
    fn lost_before(&self, expected: &Expected) -> (usize, usize) {
        let mut count = expected.listed.len() + expected.removed.values().sum::<usize>();
        let mut lost = 0;
        for removed in expected.removed.values() {
            lost += removed;
            if self.is_too_much(lost, count) {
                count -= lost;
                lost = 0;
            }
        }
        (lost, count)
    }

    fn is_too_much(&self, lost: usize, count: usize) -> bool {
        count >= MIN_OBJECTS && lost * 100 > count * usize::from(self.max_loss)
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

fn implausible(kind: Kind, missing: usize, expected: usize) -> Error {
    let list = words(kind);
    Error::new(
        ErrorKind::Implausible,
        format!("cannot store the list of {list}: it lacks {missing} of {expected} objects that are expected"),
    )
    .with_hint(format!(
        "nothing was stored. If the venue has really removed them, allow it once with --allow-loss {kind}"
    ))
}

/// The objects that are expected in a list.
struct Expected {
    /// Those of the last run.
    listed: Vec<Key>,
    /// How many others each earlier run removed, by its time. Those that are listed again do not count.
    removed: BTreeMap<String, usize>,
}

impl Expected {
    async fn read(session: &mut Session, venue: &str, now: Timestamp, changes: &ListChanges) -> Result<Self> {
        let layout = &changes.layout;
        let dialect = session.dialect();
        let keys = layout.key.iter().map(|column| dialect.text(&format!("t.{column}")));
        let columns: Vec<_> = [dialect.text("t.removed_at")].into_iter().chain(keys).collect();
        let since = now.checked_sub(REMEMBERED).unwrap_or(Timestamp::MIN);
        let sql = format!(
            "SELECT {} FROM {} t WHERE t.venue = ? AND (t.removed_at IS NULL OR t.removed_at > '{}'){}",
            columns.join(", "),
            layout.table,
            milliseconds(since),
            condition(layout.kind, &milliseconds(now))
        );
        let again: BTreeSet<_> = changes.added.iter().collect();
        let mut expected = Self {
            listed: Vec::new(),
            removed: BTreeMap::new(),
        };
        let parameters: [Parameter<'_>; 1] = [Some(venue)];
        let mut visit = |row: &[Option<&str>]| match row.split_first() {
            Some((None, key)) => expected.listed.extend(Key::parse(key)),
            Some((Some(time), key)) if Key::parse(key).is_some_and(|key| !again.contains(&key)) => {
                *expected.removed.entry((*time).to_owned()).or_default() += 1;
            }
            _ => {}
        };
        let read = session.rows(&sql, &parameters, &mut visit).await;
        read.map_err(|error| Error::database(format!("read {}", layout.table), error))?;
        Ok(expected)
    }
}

/// Whether an object of this kind is expected to stay. The time is one of our own, so it needs no parameter.
fn condition(kind: Kind, now: &str) -> String {
    // An end before the start, such as .NET's smallest time, is not an end.
    let upcoming = |instance: &str| {
        format!(
            "{instance}.start_utc > '{now}' AND NOT ({instance}.start_selling_utc <= {instance}.stop_selling_utc \
             AND {instance}.stop_selling_utc <= '{now}')"
        )
    };
    let exists = |which: &str| {
        format!(
            " AND EXISTS (SELECT 1 FROM spektrix_instances i WHERE i.venue = t.venue{which} AND i.removed_at IS NULL \
             AND {})",
            upcoming("i")
        )
    };
    match kind {
        Kind::Instances => format!(" AND {}", upcoming("t")),
        Kind::Events => exists(" AND i.event_id = t.id"),
        Kind::Availability => exists(" AND i.id = t.instance_id"),
        Kind::Plans | Kind::PriceLists => exists(""),
        _ => String::new(),
    }
}
