//! Sessions: a visitor's basket, from the first ticket to the order.
//!
//! The service keeps one basket per session, and knows a session by a cookie. A website has many visitors at a time, so
//! there is no cookie jar here: each visitor has a [`Session`] of their own, a value to keep and to hand around.
//!
//! [The guide](crate::guide::sessions) walks from an empty basket to the payment; here is what exactly a session does.
//!
//! # How a session begins
//!
//! [`Client::session`] sends nothing. The first change of the basket begins the session: [`add`](Session::add),
//! [`update_basket`](Session::update_basket) and what is built on it, or [`authenticate`](Session::authenticate). From
//! then on every call of this session, and of its clones, carries the cookie. Calls that need a session before there is
//! one fail without being sent, and [`is_session_expired`](Error::is_session_expired) holds for their error.
//!
//! Should the answer to a first change of the basket come without the cookie, the basket could never be reached again:
//! that is an error, for which [`is_decode`](Error::is_decode) and
//! [`may_have_been_applied`](Error::may_have_been_applied) hold. A change that is sent by a [`Client`] outside of any
//! session is warned of in the log.
//!
//! # A session as a text
//!
//! A web server forgets a visitor between two requests. [`save`](Session::save) makes a text of a session, and
//! [`Client::restore_session`] a session of the text.
//!
//! The text is **as secret as a password**: whoever has it acts as the visitor. Keep it on the server, or in a cookie
//! that is encrypted; it is encoded, not encrypted. Save after every change: the session may have become another one. The
//! text names the venue and the address that the session belongs to, and is refused by any other client.
//!
//! # How a session ends
//!
//! It lives for a rolling ten minutes, renewed by every change of the basket and by [`keep_alive`](Session::keep_alive),
//! not by reads. [`keep_alive_every`](Session::keep_alive_every) does that in the background. Once it is over, the
//! service answers 404 to what needs a session, and [`is_session_expired`](Error::is_session_expired) holds.
//!
//! A *change* of a basket that is gone succeeds nevertheless: the service begins a new session, in which there is nothing
//! but that change. The [`Session`] goes on with the new one, and counts: ask
//! [`lost_baskets`](Session::lost_baskets) after a change, and tell the visitor.
//!
//! ```no_run
//! # async fn example(session: spektrix_v2::Session, ticket: spektrix_v2::Ticket) -> Result<(), spektrix_v2::Error> {
//! session.add(ticket).await?;
//! if session.lost_baskets() > 0 {
//!     println!("Your basket had expired. It now holds what you have just added.");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # At the same time
//!
//! Clones share one session, and it may be used by many tasks at once. Its changes are sent one after the other, in the
//! order in which they are first polled, so that two first changes do not begin two sessions; the wait counts towards the
//! call's own [`timeout`](crate::ClientBuilder::timeout). Reads do not wait, and may show the basket before or
//! after a change that is on its way. Two sessions that were restored from the same text share a basket at the service,
//! but do not wait for each other.
//!
//! # Giving up
//!
//! Dropping a call ends it, and sends nothing more. If it was waiting for its turn, it was never sent. If it was on its
//! way, the service may have acted. What that means for the session:
//!
//! - It had begun: it goes on, and [`basket`](Session::basket) shows whether the change was made.
//! - It was the first change, and its answer had not come: there is still no session, and the next change begins one. A
//!   basket that the service may have begun cannot be reached, and ends by itself after ten minutes. Until then
//!   its seats are taken.
//!
//! The same holds for a first change that runs out of time or loses its connection.

mod basket;
mod keeper;
mod saved;

use std::fmt;
use std::sync::Arc;

use crate::client::{Call, Client};
use crate::error::Error;
use crate::operation::Operation;
use crate::secret::Secret;
use crate::session_state::State;

pub use crate::session_state::SessionId;
pub use keeper::{Keeper, KeeperState};

/// A client together with a visitor's session: one basket.
///
/// Made by [`Client::session`], [`Client::restore_session`] and [`Client::resume_session`]. What it sends carries the
/// session's cookie, once there is one; what the client itself sends does not. Clones share the session. The
/// [module](self) says how a session begins, is kept, and ends.
#[derive(Clone)]
pub struct Session {
    client: Client,
    state: Arc<State>,
}

impl Session {
    fn new(client: Client, state: State) -> Self {
        let state = Arc::new(state);
        Self { client, state }
    }

    /// What the service knows the session by; none before it has begun, and after the service has ended it.
    pub fn id(&self) -> Option<SessionId> {
        self.state.id()
    }

    /// The client that the session belongs to.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Makes a call within the session: any operation, as a value.
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        self.client.call(operation).within(Arc::clone(&self.state))
    }

    /// Sends an operation within the session.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        self.call(operation).send().await
    }

    /// How many baskets of this session are lost: how often the service did not know the session any more, and
    /// began a new one.
    ///
    /// That happens when a basket is changed more than ten minutes after its last change. The call succeeds, but what
    /// was in the basket before is gone. Clones share the number; a restored session begins at 0.
    pub fn lost_baskets(&self) -> u32 {
        self.state.lost_baskets()
    }

    /// The session as a text, for [`Client::restore_session`]; none before it has begun.
    ///
    /// **It is as secret as a password**: whoever has it acts as the visitor. It is encoded, not encrypted. It names
    /// the venue and the address that the session belongs to, and nothing else about it is promised.
    ///
    /// ```
    /// # fn main() -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::{Client, SessionId};
    ///
    /// # use spektrix_v2::testing::Replay;
    /// # let client = Client::builder("venue").api_key("test-k3y").transport(Replay::new()).build()?;
    /// assert!(client.session().save().is_none());
    ///
    /// let session = client.resume_session(SessionId::new("5f2b0f")?);
    /// let saved = session.save().expect("it has begun");
    /// assert_eq!(client.restore_session(saved.expose())?.id(), session.id());
    /// assert!(client.restore_session("anything else").is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn save(&self) -> Option<Secret> {
        self.id().map(|id| saved::save(&id, self.client.root()))
    }
}

/// Sessions of this client.
impl Client {
    /// Returns a session for one visitor. The first change of its basket begins it at the service.
    ///
    /// Nothing is sent.
    pub fn session(&self) -> Session {
        Session::new(self.clone(), State::default())
    }

    /// Continues a session, given the value of its cookie `SessionId`. Other software may have begun it.
    ///
    /// Nothing is sent: the first call shows whether the session is still alive.
    pub fn resume_session(&self, id: SessionId) -> Session {
        Session::new(self.clone(), State::of(id))
    }

    /// Continues a session that was [saved](Session::save) earlier. Nothing is sent, as with
    /// [`resume_session`](Self::resume_session).
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if the string is not a saved session, was cut, comes from a later
    /// version of this crate, or belongs to another venue or address. The error does not quote it.
    pub fn restore_session(&self, saved: &str) -> Result<Session, Error> {
        let id = saved::restore(saved, self.root())?;
        Ok(self.resume_session(id))
    }
}

/// Shows whether the session has begun, not its cookie.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("client", &self.client)
            .field("id", &self.state)
            .finish()
    }
}
