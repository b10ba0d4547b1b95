//! Changes as server-sent events. A bounded number of messages is kept: a reader that is slower is disconnected with a notice.

use std::collections::{BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use jiff::Timestamp;
use serde::Serialize;
use spektrix_v2::catalogue::{Changed, Changes};
use spektrix_v2::{EventId, Identified, InstanceId};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};

use super::problem::Problem;

/// Messages that a reconnecting reader can get, and by which a slow reader can be behind.
const KEPT: usize = 32;
/// Readers that can be connected.
const MOST_READERS: usize = 128;
/// Identifiers that a message has of one kind.
const MOST_IDS: usize = 1000;

/// The latest changes, and who waits for the next ones.
pub(super) struct ChangeLog {
    kept: Mutex<VecDeque<Message>>,
    sender: broadcast::Sender<Message>,
    first_id: i64,
    readers: Arc<Semaphore>,
}

#[derive(Debug, Clone)]
struct Message {
    id: i64,
    data: Arc<str>,
}

/// The identifiers of what has changed.
#[derive(Serialize)]
struct Summary {
    events: Ids<EventId>,
    instances: Ids<InstanceId>,
    /// Instances whose availability has changed.
    availability: Vec<InstanceId>,
    /// Whether plans, price lists, bands or ticket types have changed.
    prices: bool,
    /// Whether there are more identifiers than a message has.
    is_truncated: bool,
}

#[derive(Serialize)]
struct Ids<T> {
    added: Vec<T>,
    changed: Vec<T>,
    removed: Vec<T>,
}

impl ChangeLog {
    pub(super) fn new() -> Self {
        Self {
            kept: Mutex::default(),
            sender: broadcast::Sender::new(KEPT),
            // Identifiers of an earlier run are smaller.
            first_id: Timestamp::now().as_millisecond(),
            readers: Arc::new(Semaphore::new(MOST_READERS)),
        }
    }

    pub(super) fn publish(&self, changes: &Changes) {
        // Identifiers and booleans always serialize.
        let data = serde_json::to_string(&Summary::of(changes)).unwrap_or_default();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let id = kept.back().map_or(self.first_id, |last| last.id) + 1;
        let message = Message { id, data: data.into() };
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(message.clone());
        // Without readers there is nobody to send to.
        let _ = self.sender.send(message);
    }

    pub(super) fn readers(&self) -> usize {
        MOST_READERS - self.readers.available_permits()
    }

    /// Responds with the changes from now on, or those after the header `Last-Event-ID`.
    pub(super) fn respond(&self, headers: &HeaderMap, stopping: watch::Receiver<bool>) -> Response {
        let Ok(permit) = Arc::clone(&self.readers).try_acquire_owned() else {
            return Problem::unavailable("too many readers of changes are connected", 30).into_response();
        };
        let last_id = headers.get("last-event-id").and_then(|id| id.to_str().ok());
        let reader = self.reader(last_id, permit, stopping);
        let events = stream::unfold(reader, |mut reader| async {
            let event = reader.next().await?;
            Some((Ok::<_, Infallible>(event), reader))
        });
        let keep_alive = KeepAlive::new().interval(Duration::from_secs(15));
        let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
        // nginx would otherwise collect events before it passes them on.
        response
            .headers_mut()
            .insert("x-accel-buffering", axum::http::HeaderValue::from_static("no"));
        response
    }

    fn reader(&self, last_id: Option<&str>, permit: OwnedSemaphorePermit, stopping: watch::Receiver<bool>) -> Reader {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = kept.back().map_or(self.first_id, |last| last.id);
        let oldest = kept.front().map_or(self.first_id, |first| first.id - 1);
        let known = last_id
            .and_then(|id| id.parse().ok())
            .filter(|id| (oldest..=newest).contains(id));
        let mut first = VecDeque::new();
        match (last_id, known) {
            (None, _) => first.push_back(event("connected", newest, "{}")),
            (Some(_), None) => first.push_back(event("reset", newest, MISSED)),
            (Some(_), Some(id)) => {
                let missed = kept.iter().filter(|message| message.id > id);
                first.extend(missed.map(Message::event));
            }
        }
        Reader {
            first,
            receiver: self.sender.subscribe(),
            stopping,
            is_done: false,
            _permit: permit,
        }
    }
}

const MISSED: &str = r#"{"detail":"changes were missed: read the lists again"}"#;

/// A reader that is connected.
struct Reader {
    first: VecDeque<Event>,
    receiver: broadcast::Receiver<Message>,
    stopping: watch::Receiver<bool>,
    is_done: bool,
    _permit: OwnedSemaphorePermit,
}

impl Reader {
    async fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.first.pop_front() {
            return Some(event);
        }
        if self.is_done {
            return None;
        }
        tokio::select! {
            _ = self.stopping.wait_for(|stopping| *stopping) => None,
            received = self.receiver.recv() => match received {
                Ok(message) => Some(message.event()),
                Err(RecvError::Lagged(_)) => {
                    self.is_done = true;
                    Some(Event::default().event("reset").data(MISSED))
                }
                Err(RecvError::Closed) => None,
            },
        }
    }
}

impl Message {
    fn event(&self) -> Event {
        event("changes", self.id, &self.data)
    }
}

fn event(name: &str, id: i64, data: &str) -> Event {
    Event::default().event(name).id(id.to_string()).data(data)
}

impl Summary {
    fn of(changes: &Changes) -> Self {
        let statuses = &changes.statuses;
        let current = statuses.current().chain(&statuses.removed);
        let instances: BTreeSet<_> = current.map(|status| status.instance).collect();
        let (events, more_events) = ids(&changes.events);
        let (all_instances, more_instances) = ids(&changes.instances);
        let is_unchanged = changes.plans.is_empty()
            && changes.price_lists.is_empty()
            && changes.bands.is_empty()
            && changes.ticket_types.is_empty();
        Self {
            events,
            instances: all_instances,
            is_truncated: more_events || more_instances || instances.len() > MOST_IDS,
            availability: instances.into_iter().take(MOST_IDS).collect(),
            prices: !is_unchanged,
        }
    }
}

/// Returns the identifiers, and whether there are more.
fn ids<T: Identified>(changed: &Changed<T>) -> (Ids<T::Id>, bool) {
    fn first<'a, T: Identified + 'a>(items: impl Iterator<Item = &'a T>) -> Vec<T::Id> {
        items.take(MOST_IDS).map(|item| item.id().clone()).collect()
    }
    let ids = Ids {
        added: first(changed.added.iter()),
        changed: first(changed.changed.iter().map(|change| &change.after)),
        removed: first(changed.removed.iter()),
    };
    let lengths = [changed.added.len(), changed.changed.len(), changed.removed.len()];
    (ids, lengths.iter().any(|length| *length > MOST_IDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(log: &ChangeLog, stopping: &watch::Sender<bool>) -> Reader {
        let permit = Arc::clone(&log.readers).try_acquire_owned().expect("a permit");
        log.reader(None, permit, stopping.subscribe())
    }

    #[tokio::test]
    async fn slow_readers_are_disconnected_with_a_notice() {
        let log = ChangeLog::new();
        let stopping = watch::Sender::new(false);
        let (mut slow, mut fast) = (reader(&log, &stopping), reader(&log, &stopping));
        assert!(slow.next().await.is_some(), "connected");
        assert!(fast.next().await.is_some(), "connected");
        for _ in 0..=KEPT {
            log.publish(&Changes::default());
            assert!(
                fast.next()
                    .await
                    .is_some_and(|event| format!("{event:?}").contains("changes"))
            );
        }
        let notice = slow.next().await.expect("a notice");
        assert!(format!("{notice:?}").contains("reset"), "{notice:?}");
        assert!(slow.next().await.is_none(), "disconnected");
        assert_eq!(log.readers(), 2);
        drop((slow, fast));
        assert_eq!(log.readers(), 0);
    }
}
