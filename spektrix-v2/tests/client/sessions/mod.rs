//! Tests of sessions: how they start, are kept alive, are saved, and end.

mod cancellation;
mod concurrent;
mod cookies;
mod keep_alive;
mod lost_baskets;
mod metrics;
mod random_visits;
mod save;
mod secrets;
mod start;

use spektrix_v2::{InstanceId, PlanId, Session, Ticket};

use crate::scripted::{Reply, Scripted};

/// Returns a session that has not started.
fn new_session(transport: &Scripted) -> Session {
    transport.client().session()
}

fn ticket() -> Ticket {
    Ticket::to_add(InstanceId::new(5001), PlanId::new(301))
}

/// Returns the response to a change that starts a session.
fn starts(id: &str) -> Reply {
    Reply::ok("").with_session(id)
}

fn basket() -> Reply {
    Reply::ok("<Basket/>")
}

fn id_of(session: &Session) -> Option<String> {
    session.id().map(|id| id.expose().to_owned())
}

/// Returns the value of `Scripted::cookies` for these session identifiers.
fn cookies<'a>(ids: impl IntoIterator<Item = Option<&'a str>>) -> Vec<Option<String>> {
    let ids = ids.into_iter();
    ids.map(|id| id.map(|id| format!("SessionId={id}"))).collect()
}
