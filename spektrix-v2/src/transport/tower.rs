//! Layers of tower around a transport: a transport as a service, and a service as a transport.

use std::error::Error as StdError;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::{
    BodyStream, ConnectionFacts, Transport, TransportError, TransportErrorKind, TransportFuture, TransportResponse,
};

type BoxError = Box<dyn StdError + Send + Sync>;

/// A [`Transport`] that sends each request to a tower service.
///
/// Use it with [`TransportService`] to put layers around the built-in transport. The client sends a request once for each
/// attempt, so a layer that limits or times out applies to an attempt, and not to a call with its retries:
///
/// ```no_run
/// # fn example() -> Result<(), spektrix_v2::Error> {
/// use std::time::Duration;
///
/// use spektrix_v2::{Client, TowerTransport, TransportService};
/// use tower::ServiceBuilder;
///
/// let client = Client::builder("venue")
///     .api_key("an-api-key")
///     .wrap_transport(|transport| {
///         let layers = ServiceBuilder::new()
///             .concurrency_limit(4)
///             .timeout(Duration::from_secs(20));
///         TowerTransport::new(layers.service(TransportService::new(transport)))
///     })
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// Layers must fulfil the [requirements](Transport#requirements) of a transport. For example, a layer that retries would send a
/// write twice, and one that logs addresses would log the API key.
///
/// # Errors
///
/// A [`TransportError`] stays what it is, also if layers have put it in a box. Every other error becomes one of the kind
/// [`Other`](TransportErrorKind::Other), with the message of the layer.
#[derive(Debug, Clone)]
pub struct TowerTransport<S>(S);

impl<S> TowerTransport<S> {
    /// Creates a transport from a service. The service is cloned for each request.
    pub fn new(service: S) -> Self {
        Self(service)
    }
}

impl<S> Transport for TowerTransport<S>
where
    S: Service<Request<Bytes>, Response = Response<BodyStream>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
{
    fn send(&self, request: Request<Bytes>) -> TransportFuture<'_> {
        let mut service = self.0.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(unbox)?;
            let (head, body) = service.call(request).await.map_err(unbox)?.into_parts();
            Ok(TransportResponse {
                status: head.status,
                headers: head.headers,
                body,
                connection: head.extensions.get::<ConnectionFacts>().copied(),
            })
        })
    }
}

fn unbox(error: impl Into<BoxError>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(other) => TransportError::new(TransportErrorKind::Other, other.to_string()),
    }
}

/// A transport as a tower service, which is always ready. Layers go around it.
///
/// The [`ConnectionFacts`] of a response are in its extensions. See [`TowerTransport`].
#[derive(Debug)]
pub struct TransportService<T>(Arc<T>);

impl<T: Transport> TransportService<T> {
    /// Creates a service from a transport.
    pub fn new(transport: T) -> Self {
        Self(Arc::new(transport))
    }
}

impl<T> Clone for TransportService<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Transport> Service<Request<Bytes>> for TransportService<T> {
    type Response = Response<BodyStream>;
    type Error = TransportError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        Box::pin(async move {
            let received = transport.send(request).await?;
            let mut response = Response::new(received.body);
            *response.status_mut() = received.status;
            *response.headers_mut() = received.headers;
            if let Some(facts) = received.connection {
                response.extensions_mut().insert(facts);
            }
            Ok(response)
        })
    }
}
