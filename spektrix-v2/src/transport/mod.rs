//! The `Transport` trait: how a request reaches the service. Tests and other HTTP stacks can implement it.

mod connection;
mod error;
mod response;
#[cfg(feature = "tower")]
mod tower;

use std::pin::Pin;

use bytes::Bytes;

pub use connection::ConnectionFacts;
pub use error::{TransportError, TransportErrorKind};
pub use response::{BodyStream, TransportResponse};
#[cfg(feature = "tower")]
pub use tower::{TowerTransport, TransportService};

/// Sends one request and returns the response.
///
/// The [`Client`](crate::Client) has a built-in transport. Implement your own to test without a server, or to use another
/// HTTP stack:
///
/// ```
/// use spektrix_v2::bytes::Bytes;
/// use spektrix_v2::http::{Request, StatusCode};
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
/// # Requirements
///
/// - The address of the request carries the API key, and its `Cookie` header the session of a visitor: log neither. Note
///   that the `Debug` of a request shows its address.
/// - It must not follow redirects, add a `Referer`, keep cookies, or send a request twice.
/// - It must present the client certificate. The built-in transport takes it from the [`Identity`](crate::Identity).
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. Dropping the future cancels it.
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_>;
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// The future of a response.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<TransportResponse, TransportError>> + Send + 'a>>;
