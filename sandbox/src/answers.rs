//! Where the answers to operations come from.

use bytes::Bytes;
use http::StatusCode;

use crate::replay::Replay;
use crate::routes::Route;
use crate::service::{Fault, Parameters, Reply};

/// One call of an operation, checked: the caller is who it says, the parameters are known and well-formed.
pub(crate) struct Call<'a> {
    pub(crate) route: &'a Route,
    pub(crate) parameters: &'a Parameters,
    pub(crate) body: &'a Bytes,
}

/// The source of answers, chosen when the sandbox starts.
pub(crate) enum Answers {
    /// Recorded bodies.
    Replay(Replay),
    /// No bodies at all: everything up to the answer is played, the answer is 501.
    None,
}

impl Answers {
    pub(crate) fn answer(&self, call: &Call<'_>) -> Result<Reply, Fault> {
        match self {
            Self::Replay(replay) => replay.answer(call),
            Self::None => Err(Fault::new(
                StatusCode::NOT_IMPLEMENTED,
                format!(
                    "The sandbox cannot answer {} ({} bytes of body): it was started without recorded bodies.",
                    call.route.operation,
                    call.body.len()
                ),
            )),
        }
    }
}
