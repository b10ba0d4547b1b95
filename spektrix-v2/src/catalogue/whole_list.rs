//! Long lists of a catalogue. They are decoded while they arrive: the body is not in memory beside its objects, and it may be
//! longer than a response that is decoded as a whole, because that of a large venue is.

use tokio::time::sleep;

use crate::client::Call;
use crate::error::Error;
use crate::operation::Paged;
use crate::runtime::{DecodeError, DecodeErrorKind};

/// How many times as long as another response a list may be. The default is 1 GB, several times the list of 100,000 instances.
const RESPONSES: usize = 16;

/// Reads a whole list. A stream has no retry after its first item, so the list is read again if its body breaks off, as often as
/// the client retries other reads.
pub(super) async fn whole_list<O: Paged + 'static>(call: impl Fn() -> Call<O>) -> Result<Vec<O::Item>, Error>
where
    O::Item: 'static,
{
    let mut attempts = 0;
    loop {
        let call = call();
        let retry = call.retry_policy();
        let error = match read(call).await {
            Ok(items) => return Ok(items),
            Err(error) => error,
        };
        attempts += 1;
        match retry.delay_after(attempts) {
            Some(delay) if breaks_off(&error) => sleep(delay).await,
            _ => return Err(error),
        }
    }
}

async fn read<O: Paged + 'static>(call: Call<O>) -> Result<Vec<O::Item>, Error>
where
    O::Item: 'static,
{
    let mut items = Vec::new();
    let mut stream = call.stream_within(RESPONSES);
    while let Some(item) = stream.next().await {
        items.push(item?);
    }
    items.shrink_to_fit();
    Ok(items)
}

/// Returns whether the headers arrived, and not the whole body. The failures before that were retried by the call.
fn breaks_off(error: &Error) -> bool {
    let decoded = error.decode_error().map(DecodeError::kind);
    let is_cut_short = matches!(
        decoded,
        Some(DecodeErrorKind::Malformed(_) | DecodeErrorKind::NoContent)
    );
    is_cut_short || error.is_incomplete_body()
}
