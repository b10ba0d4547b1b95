//! Where the answers to operations come from.

mod body;

use bytes::Bytes;
use http::request::Parts;
use spektrix_v2::{Effect, OperationInfo};

use crate::replay::Replay;
use crate::service::{Parameters, Refusal, Reply};
use crate::state::World;
use crate::{reads, writes};
pub(crate) use body::{list, page, whole};

/// One call of an operation, checked: the caller is who it says, the parameters are known and well-formed.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static OperationInfo,
    pub(crate) parameters: &'a Parameters,
    /// The value of the session's cookie, whether there is such a session or not.
    pub(crate) session: Option<&'a str>,
    pub(crate) head: &'a Parts,
    pub(crate) body: &'a Bytes,
}

/// The source of answers, chosen when the sandbox starts.
pub(crate) enum Answers {
    /// Recorded bodies.
    Replay(Replay),
    /// The fictional venue.
    Venue(Box<World>),
}

impl Answers {
    pub(crate) fn answer(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        match self {
            Self::Replay(replay) => replay.answer(call),
            Self::Venue(world) if call.operation.effect == Effect::Write => writes::answer(world, call),
            Self::Venue(world) => reads::answer(world, call),
        }
    }

    /// The venue, unless recorded bodies are answered.
    pub(crate) fn world(&self) -> Option<&World> {
        match self {
            Self::Replay(_) => None,
            Self::Venue(world) => Some(world),
        }
    }
}
