//! Tests of tower layers around a transport.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request};
use spektrix_v2::{
    Client, ConnectionFacts, ErrorKind, Retry, TowerTransport, TransportError, TransportErrorKind, TransportResponse,
    TransportService,
};
use tower::{Service, ServiceBuilder, ServiceExt as _};

use crate::operations::{ListIds, ids};
use crate::scripted::{Reply, Scripted};

fn client<S>(service: S) -> Client
where
    TowerTransport<S>: spektrix_v2::Transport,
{
    let client = Client::builder("venue").api_key("test-k3y").retry(Retry::none());
    client.transport(TowerTransport::new(service)).build().unwrap()
}

#[tokio::test]
async fn layers_see_the_request_and_the_response() {
    let scripted = Scripted::new([Reply::ok(ids([1])), Reply::ok(ids([]))]);
    let service = TransportService::new(scripted.clone());
    let service = service.map_request(|mut request: Request<Bytes>| {
        request.headers_mut().insert("x-trace", HeaderValue::from_static("7"));
        request
    });
    let service = service.map_response(|mut response: http::Response<_>| {
        response
            .headers_mut()
            .insert("x-layer", HeaderValue::from_static("seen"));
        response
    });
    let response = client(service).call(ListIds::default()).raw().await.unwrap();
    assert_eq!(response.headers["x-layer"], "seen");
    assert_eq!(response.body, ids([1]));
    assert_eq!(scripted.requests()[0].headers()["x-trace"], "7");
}

#[tokio::test]
async fn a_boxed_error_of_the_transport_stays_what_it_is() {
    let closed = TransportError::new(TransportErrorKind::Closed, "");
    let scripted = Scripted::new([Reply::Fail(closed)]);
    let layers = ServiceBuilder::new()
        .concurrency_limit(1)
        .timeout(Duration::from_secs(9));
    let client = client(layers.service(TransportService::new(scripted)));
    let error = client.call(ListIds::default()).raw().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_layer_keeps_its_message() {
    let scripted = Scripted::new([Reply::Hang]);
    let layers = ServiceBuilder::new().timeout(Duration::from_secs(9));
    let client = client(layers.service(TransportService::new(scripted)));
    let error = client.call(ListIds::default()).raw().await.unwrap_err();
    assert!(error.to_string().contains("request timed out"), "{error}");
}

#[tokio::test]
async fn facts_about_the_connection_pass_through_layers() {
    let mut facts = ConnectionFacts::default();
    facts.has_handshake = true;
    let response = TransportResponse::new(http::StatusCode::OK, ids([])).with_connection(facts);
    let mut service = TransportService::new(Scripted::new([Reply::Respond(response)]));
    let response = service.call(Request::new(Bytes::new())).await.unwrap();
    assert_eq!(response.extensions().get(), Some(&facts));
}
