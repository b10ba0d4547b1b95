//! Tests of outages: of the service, before the start and while serving.

use std::time::Duration;

use spektrix_v2_sandbox::{Fault, Sandbox};
use spektrix_v2_sync::serve::ServeError;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::http::{eventually, get, send};
use super::{client, settings};

fn down() -> Fault {
    Fault::Status {
        status: 503,
        retry_after: None,
    }
}

#[tokio::test]
async fn data_is_served_during_an_outage_and_recovers() {
    let sandbox = Sandbox::start().await.unwrap();
    let server = settings(&client(&sandbox)).start().await.unwrap();
    let address = server.address();
    let before = eventually(address, "/events", |response| response.status == 200).await;
    sandbox.inject(down()).unwrap();
    let health = eventually(address, "/health", |response| response.json()["last_error"].is_object()).await;
    assert_eq!(health.status, 200);
    assert_eq!(health.json()["last_error"]["kind"], "Server");
    let stale = eventually(address, "/health", |response| response.json()["status"] == "stale").await;
    assert_eq!((stale.status, &stale.json()["ready"]), (200, &true.into()));
    let during = get(address, "/events").await;
    assert!(during.status == 200 && during.body == before.body);
    assert!(
        during.header("age").unwrap().parse::<u64>().unwrap() >= 1,
        "the age is that of the data"
    );
    let metrics = String::from_utf8(get(address, "/metrics").await.body).unwrap();
    assert!(metrics.contains("spektrix_serve_refresh_is_failing 1"), "{metrics}");

    sandbox.clear_faults();
    sandbox.edit(|data| data.events[0].name = "Renamed".to_owned()).unwrap();
    let after = eventually(address, "/events", |response| response.body != before.body).await;
    assert!(String::from_utf8_lossy(&after.body).contains("\"Renamed\""));
    let health = eventually(address, "/health", |response| response.json()["status"] == "ok").await;
    assert!(health.json()["last_error"].is_null());
    server.stop().await;
    sandbox.stop().await;
}

#[tokio::test]
async fn a_snapshot_is_served_before_the_service_is_reachable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("season.snapshot");
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox);
    let server = settings(&client).file(&file).start().await.unwrap();
    let before = eventually(server.address(), "/events", |response| response.status == 200).await;
    server.stop().await;
    sandbox.stop().await;

    let server = settings(&client).file(&file).start().await.unwrap();
    let after = eventually(server.address(), "/events", |response| response.status == 200).await;
    assert!(after.body == before.body && after.header("etag") == before.header("etag"));
    let health = eventually(server.address(), "/health", |response| {
        response.json()["last_error"].is_object()
    })
    .await;
    assert_eq!(health.json()["last_error"]["kind"], "Connection");
    server.stop().await;
}

#[tokio::test]
async fn a_server_without_data_is_alive_and_not_ready() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.inject(down()).unwrap();
    let server = settings(&client(&sandbox)).start().await.unwrap();
    let address = server.address();
    let response = get(address, "/whats-on").await;
    assert_eq!((response.status, response.header("retry-after")), (503, Some("5")));
    assert_eq!(response.header("content-type"), Some("application/problem+json"));
    let table = [
        ("/health/live", 200),
        ("/health/ready", 503),
        ("/health", 503),
        ("/metrics", 200),
        ("/", 200),
    ];
    for (path, status) in table {
        assert_eq!(get(address, path).await.status, status, "{path}");
    }
    sandbox.clear_faults();
    eventually(address, "/whats-on", |response| response.status == 200).await;
    server.stop().await;
    sandbox.stop().await;
}

#[tokio::test]
async fn a_refused_api_key_ends_the_server() {
    let sandbox = Sandbox::start().await.unwrap();
    let builder = sandbox.client_builder().unwrap().api_key("not-the-right-key");
    let server = settings(&builder.build().unwrap()).start().await.unwrap();
    let error = server.run_until(std::future::pending()).await.unwrap_err();
    assert!(
        matches!(&error, ServeError::Service(error) if error.status().is_some()),
        "{error}"
    );
    assert!(!error.to_string().contains("not-the-right-key"), "{error}");
    sandbox.stop().await;
}

#[tokio::test]
async fn an_address_in_use_is_an_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let server = settings(&client(&sandbox)).start().await.unwrap();
    let error = settings(&client(&sandbox))
        .listen(server.address())
        .start()
        .await
        .unwrap_err();
    assert!(error.to_string().starts_with("cannot listen on 127.0.0.1:"), "{error}");
    sandbox.stop().await;
}

#[tokio::test]
async fn connections_beyond_the_limit_wait() {
    let sandbox = Sandbox::start().await.unwrap();
    let server = settings(&client(&sandbox)).most_connections(1).start().await.unwrap();
    let address = server.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut buffer = [0; 12];
    idle.read_exact(&mut buffer).await.unwrap();
    assert_eq!(&buffer, b"HTTP/1.1 200");
    let waiting = tokio::spawn(async move { send(address, "GET", "/health/live", &[]).await.status });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished(), "the first connection has the only permit");
    drop(idle);
    assert_eq!(waiting.await.unwrap(), 200);
    server.stop().await;
    sandbox.stop().await;
}

#[tokio::test]
async fn large_request_headers_are_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let server = settings(&client(&sandbox)).start().await.unwrap();
    let large = "x".repeat(20_000);
    let response = send(server.address(), "GET", "/health/live", &[("x-large", &large)]).await;
    assert_eq!(response.status, 431);
    server.stop().await;
    sandbox.stop().await;
}
