//! Baskets and the sessions that they live in.

use std::fmt::Write as _;

use http::StatusCode;
use spektrix_v2::operations::{AddBasketItems, ConfirmOrder, UpdateBasket, UpdateBasketItems};

use super::request::read;
use crate::answers::{Call, whole};
use crate::service::{Refusal, Reply};
use crate::state::{Begun, Draft, World};

pub(super) fn add_items(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let items = read::<AddBasketItems>(call)?;
    change_or_begin(world, call, |draft| draft.add(items))
}

pub(super) fn update(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let basket = read::<UpdateBasket>(call)?;
    change_or_begin(world, call, |draft| draft.change(&basket))
}

pub(super) fn update_items(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let items = read::<UpdateBasketItems>(call)?;
    change(world, call, |draft| draft.update(&items))
}

pub(super) fn remove_item(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let item = call.parameters.id("item_id").unwrap_or_default();
    change(world, call, |draft| draft.remove(item))
}

pub(super) fn keep_alive(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    world.state().keep_alive(world.now(), call.session)?;
    Ok(Reply::empty())
}

pub(super) fn confirm(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let order = world.state().confirm(&world.catalogue, world.now(), call.session)?;
    whole::<ConfirmOrder>(&order)
}

fn change(
    world: &World,
    call: &Call<'_>,
    make: impl FnOnce(&mut Draft<'_>) -> Result<(), Refusal>,
) -> Result<Reply, Refusal> {
    world
        .state()
        .change(&world.catalogue, world.now(), call.session, make)?;
    Ok(Reply::empty())
}

fn change_or_begin(
    world: &World,
    call: &Call<'_>,
    make: impl FnOnce(&mut Draft<'_>) -> Result<(), Refusal>,
) -> Result<Reply, Refusal> {
    let new_id = new_session()?;
    let ((), begun) = world
        .state()
        .change_or_begin(&world.catalogue, world.now(), call.session, new_id, make)?;
    Ok(cookie(Reply::empty(), begun))
}

/// Tells the visitor the session that was begun, if one was.
pub(super) fn cookie(reply: Reply, begun: Option<Begun>) -> Reply {
    match begun {
        Some(Begun(id)) => reply.with_session(&id),
        None => reply,
    }
}

/// 128 bits that nobody can guess.
pub(super) fn new_session() -> Result<Begun, Refusal> {
    let mut bytes = [0; 16];
    let random = rustls::crypto::ring::default_provider().secure_random;
    random.fill(&mut bytes).map_err(|_| {
        Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "This machine has no random numbers to make a session of.",
        )
    })?;
    let mut id = String::with_capacity(32);
    for byte in bytes {
        // Writing to a `String` cannot fail.
        let _ = write!(id, "{byte:02x}");
    }
    Ok(Begun(id))
}
