//! Changes of baskets, and the sessions that they start.

use std::fmt::Write as _;

use http::StatusCode;
use spektrix_v2::operations::{AddBasketItems, ConfirmOrder, UpdateBasket, UpdateBasketItems};

use super::request_body::decode;
use crate::api::{Call, Refusal, Reply};
use crate::state::{BasketDraft, LiveVenue, NewSession};

pub(super) fn add_items(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let items = decode::<AddBasketItems>(call)?;
    change_or_start(live, call, |draft| draft.add(items))
}

pub(super) fn update(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let basket = decode::<UpdateBasket>(call)?;
    change_or_start(live, call, |draft| draft.update(&basket))
}

pub(super) fn update_items(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let items = decode::<UpdateBasketItems>(call)?;
    change(live, call, |draft| draft.update_items(&items))
}

pub(super) fn remove_item(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let item = call.parameters.id("item_id").unwrap_or_default();
    change(live, call, |draft| draft.remove(item))
}

pub(super) fn keep_alive(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    live.state().keep_alive(live.now(), call.session)?;
    Ok(Reply::empty())
}

pub(super) fn confirm(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let order = live.state().confirm(&live.index, live.now(), call.session)?;
    Reply::encode::<ConfirmOrder>(&order)
}

fn change(
    live: &LiveVenue<'_>,
    call: &Call<'_>,
    change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
) -> Result<Reply, Refusal> {
    live.state()
        .change_basket(&live.index, live.now(), call.session, change)?;
    Ok(Reply::empty())
}

fn change_or_start(
    live: &LiveVenue<'_>,
    call: &Call<'_>,
    change: impl FnOnce(&mut BasketDraft<'_>) -> Result<(), Refusal>,
) -> Result<Reply, Refusal> {
    let offered = new_session()?;
    let started = live
        .state()
        .change_or_start_basket(&live.index, live.now(), call.session, offered, change)?;
    Ok(with_session(Reply::empty(), started))
}

/// Adds the cookie of a session to a reply, if a session was started.
pub(super) fn with_session(reply: Reply, started: Option<NewSession>) -> Reply {
    match started {
        Some(NewSession(id)) => reply.with_session(&id),
        None => reply,
    }
}

/// Creates the id of a session from 128 random bits, so that it cannot be guessed.
pub(crate) fn new_session() -> Result<NewSession, Refusal> {
    let mut bytes = [0; 16];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The operating system returned no random numbers for a session id.",
        )
    })?;
    let mut id = String::with_capacity(32);
    for byte in bytes {
        // Writing to a `String` cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    Ok(NewSession(id))
}
