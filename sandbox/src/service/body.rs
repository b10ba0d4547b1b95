//! Reads a request's body whole, within limits of size and time.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;

use super::Refusal;

const LARGEST: usize = 1024 * 1024;
const LONGEST: Duration = Duration::from_secs(30);

pub(crate) async fn read<B>(body: B) -> Result<Bytes, Refusal>
where
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>>,
{
    let whole = tokio::time::timeout(LONGEST, Limited::new(body, LARGEST).collect());
    match whole.await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("The body is longer than {LARGEST} bytes."),
        )),
        Ok(Err(error)) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("The body could not be read: {error}."),
        )),
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            format!("The body did not arrive within {} seconds.", LONGEST.as_secs()),
        )),
    }
}
