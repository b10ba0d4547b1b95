//! Whose turn it is in a session: its changes go one after the other, or two first changes would begin two sessions.

use tokio::sync::MutexGuard;
use tokio::time::{Instant, timeout_at};

use super::Client;
use crate::error::{Error, Fault, Tried};
use crate::operation::{Effect, OperationInfo};
use crate::session_state::State;

impl Client {
    /// Waits until it is the operation's turn, which lasts as long as the answer is kept. A read need not wait.
    ///
    /// Waiting costs the call its own time.
    pub(super) async fn turn<'a>(
        &self,
        operation: OperationInfo,
        session: Option<&'a State>,
        deadline: Option<Instant>,
    ) -> Result<Option<MutexGuard<'a, ()>>, Error> {
        let Some(session) = session.filter(|_| operation.effect != Effect::Read) else {
            return Ok(None);
        };
        let Some(deadline) = deadline else {
            return Ok(Some(session.turn().await));
        };
        let turn = timeout_at(deadline, session.turn()).await;
        turn.map(Some).map_err(|_| {
            let tried = Tried::new(operation, session.has_begun());
            Error::during(tried, Fault::NoTurn(self.0.timeout))
        })
    }
}
