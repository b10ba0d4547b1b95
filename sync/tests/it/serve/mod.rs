//! Tests of the JSON API against the sandbox.

mod api;
mod http;
mod outages;
mod stream;

use std::time::Duration;

use spektrix_v2::Client;
use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::serve::{Serve, Server};

/// A client that does not wait long for a service that is down.
fn client(sandbox: &Sandbox) -> Client {
    let builder = sandbox.client_builder().expect("the sandbox has settings");
    builder.timeout(Duration::from_secs(3)).build().expect("a client")
}

/// Settings that refresh every second.
fn settings(client: &Client) -> Serve {
    Serve::new(client)
        .availability_every(Duration::from_secs(1))
        .season_every(Duration::from_secs(1))
}

/// A sandbox, and a server that has loaded it and refreshes seldom.
async fn started() -> (Sandbox, Server) {
    let sandbox = Sandbox::start().await.expect("the sandbox starts");
    let server = Serve::new(&client(&sandbox)).start().await.expect("the server starts");
    http::eventually(server.address(), "/health/ready", |response| response.status == 200).await;
    (sandbox, server)
}
