//! A guard against lists that lack most of their objects: an outage must not look like an empty programme.

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result, words};
use crate::extract::ListChanges;
use crate::kind::Kind;
use crate::schema::Key;
use crate::store::{Parameter, Session};

/// How many objects a list may lose from one run to the next.
///
/// A list is refused, and with it the whole run, if it is empty, or lacks more than a share of the objects that are expected:
/// those that the last run had. Of the events, instances and availabilities, only those are expected that belong to instances
/// that have not started and whose sale has not ended; the others leave the lists by themselves. If there are no such
/// instances, plans and price lists may change in any way. If fewer than eight objects are expected, only an empty list is
/// refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    max_loss: u8,
    allowed: BTreeSet<Kind>,
}

/// Of fewer objects, more than half may change in an ordinary week.
const MIN_OBJECTS: usize = 8;

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
        now: &str,
        changes: &ListChanges,
    ) -> Result<()> {
        let kind = changes.layout.kind;
        if changes.removed.is_empty() || self.allowed.contains(&kind) {
            return Ok(());
        }
        let expected = expected(session, venue, now, changes).await?;
        let missing = expected.iter().filter(|key| changes.removed.binary_search(key).is_ok());
        let (missing, count) = (missing.count(), expected.len());
        let is_empty = changes.counts.listed == 0 && count > 0;
        let has_lost_most = count >= MIN_OBJECTS && missing * 100 > count * usize::from(self.max_loss);
        if is_empty || has_lost_most {
            return Err(implausible(kind, missing, count));
        }
        Ok(())
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

/// Returns the objects that are expected in a list.
async fn expected(session: &mut Session, venue: &str, now: &str, changes: &ListChanges) -> Result<Vec<Key>> {
    let layout = &changes.layout;
    let dialect = session.dialect();
    let keys: Vec<_> = layout
        .key
        .iter()
        .map(|column| dialect.text(&format!("t.{column}")))
        .collect();
    let sql = format!(
        "SELECT {} FROM {} t WHERE t.venue = ? AND t.removed_at IS NULL{}",
        keys.join(", "),
        layout.table,
        condition(layout.kind, now)
    );
    let mut expected = Vec::new();
    let parameters: [Parameter<'_>; 1] = [Some(venue)];
    let mut visit = |row: &[Option<&str>]| expected.extend(Key::parse(row));
    let read = session.rows(&sql, &parameters, &mut visit).await;
    read.map_err(|error| Error::database(format!("read {}", layout.table), error))?;
    Ok(expected)
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
