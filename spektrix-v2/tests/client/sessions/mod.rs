//! Sessions: how they begin, who may change them when, how they are kept, and how they end.

mod beginning;
mod concurrent;
mod given_up;
mod keeping;
mod losing;
mod measured;
mod random;
mod saving;
mod secrets;

use spektrix_v2::{InstanceId, PlanId, Session, Ticket};

use crate::scripted::{Reply, Scripted};

/// A session that is yet to begin.
fn fresh(transport: &Scripted) -> Session {
    transport.client().session()
}

fn ticket() -> Ticket {
    Ticket::to_add(InstanceId::new(5001), PlanId::new(301))
}

/// The answer to a change that begins a session.
fn begins(id: &str) -> Reply {
    Reply::ok("").with_session(id)
}

fn basket() -> Reply {
    Reply::ok("<Basket/>")
}

fn id_of(session: &Session) -> Option<String> {
    session.id().map(|id| id.expose().to_owned())
}

/// What `Scripted::cookies` answers, in short.
fn cookies<const N: usize>(ids: [Option<&str>; N]) -> Vec<Option<String>> {
    ids.map(|id| id.map(|id| format!("SessionId={id}"))).into()
}
