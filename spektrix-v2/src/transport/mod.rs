//! How a request reaches the service: one small trait, so that tests and other HTTP stacks can stand in.

mod fault;
mod response;

use std::pin::Pin;

use bytes::Bytes;

pub use fault::{TransportError, TransportFault};
pub use response::{BodyStream, TransportResponse};

/// Sends one request and hands back the answer.
///
/// The [`Client`](crate::Client) brings its own. Implement it to test without a server, or to use another HTTP stack:
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, StatusCode};
/// use spektrix_v2::operations::GetEvents;
/// use spektrix_v2::{Client, Transport, TransportFuture, TransportResponse};
///
/// struct NoEvents;
///
/// impl Transport for NoEvents {
///     fn send(&self, _request: Request<Bytes>) -> TransportFuture<'_> {
///         Box::pin(async { Ok(TransportResponse::new(StatusCode::OK, "<Events/>")) })
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), spektrix_v2::Error> {
/// let client = Client::builder("venue").api_key("an-api-key").transport(NoEvents).build()?;
/// assert!(client.send(GetEvents::new()).await?.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// # What it must keep to
///
/// - The request's address carries the API key, and its `Cookie` header a visitor's session: neither may be logged.
///   Note that the `Debug` of a request shows its address.
/// - It must not follow redirects, add a `Referer`, keep cookies, or send a request twice.
/// - It must present the client certificate; the client's own transport takes it from the
///   [`Identity`](crate::Identity).
pub trait Transport: Send + Sync + 'static {
    /// Sends the request. Dropping the future gives it up.
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_>;
}

/// An answer to come.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<TransportResponse, TransportError>> + Send + 'a>>;
