//! Two servers behind a load balancer, each with its own sessions, and the cookie that leads a visitor to the same one.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, HeaderValue, header};

use crate::api::{cookie, set_session_cookie};

/// The cookie of the load balancer of Azure, whose name several others share.
const COOKIE: &str = "ARRAffinity";
/// More sessions than a test starts. Then all are forgotten, so that every server knows them.
const MAX_SESSIONS: usize = 10_000;

/// One of the two servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ServerNumber(u8);

const SERVERS: [(ServerNumber, &str); 2] = [(ServerNumber(1), "server-1"), (ServerNumber(2), "server-2")];

/// Which server started which session.
#[derive(Debug, Default)]
pub(crate) struct Affinity(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// The number of requests without the cookie.
    assigned: usize,
    sessions: HashMap<String, ServerNumber>,
}

impl Affinity {
    /// Returns the server for a request: that of its cookie, or the next one in turn.
    pub(crate) fn server(&self, headers: &HeaderMap) -> ServerNumber {
        let wanted = cookie(headers, COOKIE);
        if let Some((server, _)) = SERVERS.iter().find(|(_, name)| wanted == Some(*name)) {
            return *server;
        }
        let mut state = self.lock();
        state.assigned += 1;
        SERVERS[(state.assigned - 1) % SERVERS.len()].0
    }

    /// Returns whether a server knows a session. A session that was started without two servers is known to both.
    pub(crate) fn knows(&self, server: ServerNumber, session: &str) -> bool {
        let state = self.lock();
        state
            .sessions
            .get(session)
            .is_none_or(|started_by| *started_by == server)
    }

    /// Adds the cookie to a response, and remembers the server of a session that it starts.
    pub(crate) fn mark(&self, server: ServerNumber, request: &HeaderMap, response: &mut HeaderMap) {
        if let Some(session) = set_session_cookie(response) {
            let mut state = self.lock();
            if state.sessions.len() >= MAX_SESSIONS {
                state.sessions.clear();
            }
            state.sessions.insert(session.to_owned(), server);
        }
        let name = SERVERS
            .iter()
            .find(|(other, _)| *other == server)
            .map(|(_, name)| *name);
        if name.is_some() && cookie(request, COOKIE) == name {
            return;
        }
        let value = format!("{COOKIE}={}; path=/; secure; HttpOnly", name.unwrap_or_default());
        if let Ok(value) = HeaderValue::try_from(value) {
            response.append(header::SET_COOKIE, value);
        }
    }

    pub(crate) fn clear(&self) {
        *self.lock() = State::default();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
