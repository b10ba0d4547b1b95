//! Where the answers to operations come from.

use bytes::Bytes;
use http::StatusCode;
use spektrix_v2::{Effect, OperationInfo};

use crate::reads::Reads;
use crate::replay::Replay;
use crate::service::{Fault, Parameters, Reply};

/// One call of an operation, checked: the caller is who it says, the parameters are known and well-formed.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static OperationInfo,
    pub(crate) parameters: &'a Parameters,
    /// The value of the session's cookie, whether there is such a session or not.
    pub(crate) session: Option<&'a str>,
    pub(crate) body: &'a Bytes,
}

/// The source of answers, chosen when the sandbox starts.
pub(crate) enum Answers {
    /// Recorded bodies.
    Replay(Replay),
    /// The fictional venue.
    Reads(Box<Reads>),
}

impl Answers {
    pub(crate) fn answer(&self, call: &Call<'_>) -> Result<Reply, Fault> {
        match self {
            _ if call.operation.effect == Effect::Write => Err(only_reads(call)),
            Self::Replay(replay) => replay.answer(call),
            Self::Reads(reads) => reads.answer(call),
        }
    }
}

fn only_reads(call: &Call<'_>) -> Fault {
    let message = format!(
        "The sandbox cannot answer {} ({} bytes of body): it only reads so far, and changes nothing.",
        call.operation.name,
        call.body.len()
    );
    Fault::new(StatusCode::NOT_IMPLEMENTED, message)
}
