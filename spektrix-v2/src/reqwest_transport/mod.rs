//! The built-in transport: reqwest, with settings of this crate instead of its defaults. No type of reqwest leaves this
//! module. This matters most for its errors: they contain the address of the request, and with it the API key.

mod errors;
mod tls;

use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use reqwest::redirect::Policy;

use crate::error::Error;
use crate::secret::Secret;
use crate::transport::{BodyStream, Transport, TransportFuture, TransportResponse};
use errors::{describe, sanitize};

pub(crate) use tls::{Tls, trusted_roots};

/// Sends requests with reqwest.
pub(crate) struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    pub(crate) fn new(tls: Tls, connect_timeout: Duration, proxy: Option<&Secret>) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls.into_config()?)
            .connect_timeout(connect_timeout)
            .redirect(Policy::none())
            .referer(false)
            // The client itself retries. hyper only uses a new connection if an idle one turns out to be closed before
            // any byte of the request was written: the request is still sent once.
            .retry(reqwest::retry::never())
            .no_proxy();
        let builder = match proxy {
            Some(address) => builder.proxy(tunnel(address)?),
            None => builder,
        };
        builder.build().map(Self).map_err(|error| {
            let reason = describe(&error.without_url());
            Error::configuration(format!("the HTTP client cannot be set up: {reason}"), "")
        })
    }
}

/// Creates a proxy for encrypted connections only: an unencrypted one, to this machine, would show it the API key. The
/// connection to the proxy itself is not encrypted, because reqwest would show the client certificate to the proxy.
fn tunnel(address: &Secret) -> Result<reqwest::Proxy, Error> {
    let address = Some(address.expose()).filter(|address| address.starts_with("http://"));
    let proxy = address.and_then(|address| reqwest::Proxy::https(address).ok());
    proxy.ok_or_else(|| {
        Error::configuration(
            "the address of the proxy is not valid",
            "write it as `http://host:3128`, or `http://user:password@host:3128`",
        )
    })
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>) -> TransportFuture<'_> {
        Box::pin(async move {
            let request = request.try_into().map_err(sanitize)?;
            let response = self.0.execute(request).await.map_err(sanitize)?;
            Ok(convert(response))
        })
    }
}

fn convert(mut response: reqwest::Response) -> TransportResponse {
    let headers = std::mem::take(response.headers_mut());
    let status = response.status();
    let chunks = response.bytes_stream().map_err(sanitize);
    TransportResponse::new(status, BodyStream::new(chunks)).with_headers(headers)
}
