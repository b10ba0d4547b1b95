//! Sessions: a visitor's basket, from the first ticket to the order.
//!
//! **Retired.** Since 2025 the service's documentation says that data can be read, but no longer created, changed or
//! deleted. That includes baskets and orders. This module still implements them completely.
//!
//! The service keeps one basket per session, and identifies a session by a cookie. A website has many visitors at a time,
//! so this crate has no cookie jar: each visitor has a [`Session`], a value that you keep and pass around.
//!
//! [The guide](crate::guide::sessions) shows the steps from an empty basket to the payment. This page specifies what a
//! session does.
//!
//! # How a session starts
//!
//! [`Client::session`] sends nothing. The first change of the basket starts the session: [`add`](Session::add),
//! [`update_basket`](Session::update_basket) and the methods built on it, or [`authenticate`](Session::authenticate). From
//! then on every call of this session, and of its clones, carries the cookie. Cookies that the service or a load balancer
//! sets beside it belong to the session as well: they are sent back and saved with it. Before that, a call that needs a session fails
//! without being sent; [`is_session_expired`](Error::is_session_expired) is true for its error.
//!
//! If the response to a first change of the basket has no cookie, that basket can never be reached again. The call returns
//! an error for which [`is_decode`](Error::is_decode) and [`may_have_been_applied`](Error::may_have_been_applied) are true.
//! If a [`Client`] changes a basket outside of any session, a warning is logged.
//!
//! # Saving a session
//!
//! A web server forgets a visitor between two requests. [`Session::save`] returns the session as a string, and
//! [`Session::restore`] turns that string into a session again.
//!
//! The string is **as secret as a password**: anyone who has it acts as the visitor. Keep it on the server, or in an
//! encrypted cookie; it is encoded, not encrypted. Save after every change, because a change may start a new session. The
//! string names the venue and the base URL that the session belongs to, and any other client refuses it.
//!
//! # How a session ends
//!
//! A session ends ten minutes after it was last renewed. Every change of the basket renews it, and so does
//! [`keep_alive`](Session::keep_alive); reads do not. [`keep_alive_every`](Session::keep_alive_every) renews it in the
//! background. When the session has ended, the service responds with 404 to calls that need it, and
//! [`is_session_expired`](Error::is_session_expired) is true.
//!
//! A *change* of an expired basket succeeds nevertheless: the service starts a new session, whose basket contains only that
//! change. The [`Session`] continues with the new one, reads its basket, and counts the loss. After a change, check
//! [`lost_baskets`](Session::lost_baskets), and inform the visitor:
//!
//! ```no_run
//! # async fn example(session: spektrix_v2::Session, ticket: spektrix_v2::Ticket) -> Result<(), spektrix_v2::Error> {
//! session.add(ticket).await?;
//! if session.lost_baskets() > 0 {
//!     println!("Your basket had expired. It now contains only what you have just added.");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Concurrent calls
//!
//! Clones share one session, and many tasks may use it concurrently. Its changes are serialized, in the order in which they
//! are first polled, so that two first changes do not start two sessions. The wait counts towards the call's
//! [`timeout`](crate::ClientBuilder::timeout). Reads do not wait: they may show the basket before or after a change that is
//! in flight. Two sessions that were restored from the same string share a basket at the service, but do not wait for each
//! other.
//!
//! # Cancellation
//!
//! Dropping a call cancels it; nothing more is sent. If it was still waiting for other changes, it was never sent. If it was
//! in flight, the service may have applied it. The effect on the session:
//!
//! - The session had started: it continues, and [`basket`](Session::basket) shows whether the change was applied.
//! - It was the first change, and its response had not arrived: there is still no session, and the next change starts one.
//!   If the service has started a basket, it cannot be reached; it expires after ten minutes, and its seats are reserved
//!   until then.
//!
//! The same applies to a first change that times out or loses its connection.

mod keep_alive;
mod saved;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use crate::client::{Call, Client, RawCall};
use crate::error::Error;
use crate::generated::operations::{AuthenticateCustomer, UpdateBasket};
use crate::generated::types::{Basket, CustomerCredentials, Delivery};
use crate::iframe::{Payer, Payment};
use crate::operation::{Method, Operation};
use crate::secret::Secret;
use crate::session_state::SessionState;

pub use crate::session_state::SessionId;
pub use keep_alive::{KeepAlive, KeepAliveState};

/// A client together with a visitor's session, which has one basket.
///
/// [`Client::session`] creates a new session; [`Session::restore`] and [`Client::resume_session`] continue an existing one.
/// Calls of the session carry its cookie as soon as it has one; calls of the client do not. Clones share the session. The
/// [module](self) explains how a session starts, is kept alive, and ends.
#[derive(Clone)]
pub struct Session {
    client: Client,
    state: Arc<SessionState>,
}

impl Session {
    fn new(client: &Client, state: SessionState) -> Self {
        Self {
            client: client.clone(),
            state: Arc::new(state),
        }
    }

    /// Continues a session that was [saved](Self::save) earlier.
    ///
    /// Nothing is sent, as with [`Client::resume_session`].
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if the string is not a saved session, is truncated, was written by
    /// a later version of this crate, or belongs to another venue or base URL. The error does not quote it.
    pub fn restore(client: &Client, saved: &str) -> Result<Self, Error> {
        let saved::Saved { id, others, items } = saved::decode(saved, client.root())?;
        Ok(Self::new(client, SessionState::of(id, others, items)))
    }

    /// Returns the session as a string, for [`restore`](Self::restore); `None` if it has not started.
    ///
    /// **The string is as secret as a password**: anyone who has it acts as the visitor. It is encoded, not encrypted. It
    /// names the venue and the base URL that the session belongs to. Its format may change in any version.
    ///
    /// ```
    /// # fn main() -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::{Client, Session, SessionId};
    ///
    /// # use spektrix_v2::testing::Replay;
    /// # let client = Client::builder("venue").api_key("test-k3y").transport(Replay::new()).build()?;
    /// assert!(client.session().save().is_none());
    ///
    /// let session = client.resume_session(SessionId::new("5f2b0f")?);
    /// let saved = session.save().expect("the session has started");
    /// assert_eq!(Session::restore(&client, saved.expose())?.id(), session.id());
    /// assert!(Session::restore(&client, "anything else").is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub fn save(&self) -> Option<Secret> {
        let others = self.state.others(Timestamp::now());
        let items = self.state.items();
        self.id()
            .map(|id| saved::encode(&saved::Saved { id, others, items }, self.client.root()))
    }

    /// Returns the session's identifier; `None` before the session has started, and after the service has ended it.
    pub fn id(&self) -> Option<SessionId> {
        self.state.id()
    }

    /// Returns the client that the session belongs to.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Creates a call of any operation within the session. It is sent when it is awaited.
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        self.client.call(operation).within(Arc::clone(&self.state))
    }

    /// Creates a call of an operation that this crate does not have, within the session. See [`Client::raw`].
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::Method;
    ///
    /// let basket = session.raw(Method::Get, "basket", &[], None).await?;
    /// println!("{}", String::from_utf8_lossy(&basket.body));
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw(&self, method: Method, path: &str, parameters: &[(&str, &str)], body: Option<Bytes>) -> RawCall {
        let call = self.client.raw(method, path, parameters, body);
        call.within(Arc::clone(&self.state))
    }

    /// Sends an operation within the session.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        self.call(operation).send().await
    }

    /// Returns how many baskets of this session were lost: how many times the service no longer knew the session, started a
    /// new one, and the new basket lacked items.
    ///
    /// This happens when a basket is changed more than ten minutes after its last change. The call succeeds, but the
    /// previous content of the basket is gone. Clones share the count; for a restored session it starts at 0.
    ///
    /// A new identifier alone is no loss: the service may change it and keep the basket, as at a sign-in. The response to a
    /// change does not show which of the two it was. So the session counts the items that it has added, and keeps that number
    /// when it is [saved](Self::save). After a change that came with a new identifier, it reads the basket once. The basket
    /// counts as lost if it has fewer items. If it cannot be read, the next change checks it. Nothing is counted if the
    /// session has added no item: an empty basket cannot be lost, and of a session that other software began nothing is
    /// known.
    pub fn lost_baskets(&self) -> u32 {
        self.state.lost_baskets()
    }

    /// Signs a customer in, adds the customer to the basket, and returns the customer. It starts the session if there is
    /// none. See [`AuthenticateCustomer`].
    ///
    /// [`Client::authenticate`] signs in without a basket. The service does not have to start a session here, so a response
    /// without the cookie is not an error: [`id`](Self::id) shows whether there is a session afterwards.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// let customer = session.authenticate("ada@example.org", "correct horse").await?;
    /// assert_eq!(session.basket().await?.customer, customer.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate(&self, email: impl Into<String>, password: impl Into<Secret>) -> Call<AuthenticateCustomer> {
        let credentials = CustomerCredentials::new(email, password).with_add_to_basket(true);
        self.call(AuthenticateCustomer::new(credentials))
    }

    /// Sets how the tickets are delivered. The basket's `ticket_delivery_options` list the possible deliveries and the fee
    /// of each.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::Delivery;
    ///
    /// session.set_ticket_delivery(Delivery::print_at_home()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_ticket_delivery(&self, delivery: Delivery) -> Call<UpdateBasket> {
        self.update_basket(Basket::new().with_ticket_delivery(delivery))
    }

    /// Sets how the merchandise is delivered. The basket's `merchandise_delivery_options` list the possible deliveries and
    /// the fee of each.
    pub fn set_merchandise_delivery(&self, delivery: Delivery) -> Call<UpdateBasket> {
        self.update_basket(Basket::new().with_merchandise_delivery(delivery))
    }

    /// Sets promotional codes, which unlock the offers that require them. The service applies offers by itself.
    ///
    /// The format of the codes is *inferred*. It is unknown whether they replace codes that were set before, or are
    /// added to them.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// session.set_promo_codes(["SPRING"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_promo_codes(&self, codes: impl IntoIterator<Item = impl Into<String>>) -> Call<UpdateBasket> {
        let codes = codes.into_iter().map(Into::into);
        self.update_basket(Basket::new().with_promo_codes(codes))
    }

    /// Returns the frame for the page on which the visitor pays for this basket. The page confirms the order. It is a page
    /// of the [client's site](Client::site). See [`Site::payment`](crate::iframe::Site::payment).
    ///
    /// # Errors
    ///
    /// [`is_session_expired`](Error::is_session_expired) if the session has not started;
    /// [`is_invalid_request`](Error::is_invalid_request) if a field of the payer is empty or whitespace, or
    /// `confirmation_url` is not an absolute https URL. For this machine only, it can be http.
    pub fn payment_iframe(&self, payer: Payer<'_>, confirmation_url: &str) -> Result<Payment, Error> {
        let id = self.id().ok_or_else(Error::no_session)?;
        self.client.site().payment(&id, payer, confirmation_url)
    }
}

/// Sessions and customers.
impl Client {
    /// Creates a session for one visitor. The first change of its basket starts it at the service.
    ///
    /// Nothing is sent. [`Session::restore`] continues a session that was saved.
    pub fn session(&self) -> Session {
        Session::new(self, SessionState::default())
    }

    /// Continues a session, given the value of its cookie `SessionId`. Other software may have started it.
    ///
    /// Nothing is sent: the first call shows whether the session is still alive.
    pub fn resume_session(&self, id: SessionId) -> Session {
        Session::new(self, SessionState::of(id, Vec::new(), 0))
    }

    /// Checks a customer's email address and password and returns the customer, without a basket. See
    /// [`AuthenticateCustomer`].
    ///
    /// [`Session::authenticate`] also adds the customer to a basket.
    pub fn authenticate(&self, email: impl Into<String>, password: impl Into<Secret>) -> Call<AuthenticateCustomer> {
        self.call(AuthenticateCustomer::new(CustomerCredentials::new(email, password)))
    }
}

/// Shows whether the session has started, but not its cookie.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("client", &self.client)
            .field("id", &self.state)
            .finish()
    }
}
