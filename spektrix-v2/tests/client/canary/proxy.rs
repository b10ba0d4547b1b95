//! Tests that proxies in environment variables are ignored. Such a proxy could not read the requests, but it would
//! learn the destination, and client certificates might not work with it.

use std::process::Command;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::authority::Authority;
use crate::operations::ListIds;
use crate::server::{Server, Setup, Then};

const CHILD: &str = "SPEKTRIX_TEST_IS_CHILD";
const NAMES: [&str; 6] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Runs itself with the variables set, because reqwest reads them once for a process.
#[tokio::test]
async fn a_proxy_in_the_environment_is_ignored() {
    if std::env::var_os(CHILD).is_some() {
        return call_a_server().await;
    }
    let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "canary::proxy::a_proxy_in_the_environment_is_ignored"]);
    child.env(CHILD, "1").env_remove("NO_PROXY").env_remove("no_proxy");
    child.envs(NAMES.map(|name| (name, &address)));
    let output = tokio::task::spawn_blocking(move || child.output())
        .await
        .unwrap()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
    let connection = tokio::time::timeout(Duration::from_millis(20), proxy.accept()).await;
    assert!(connection.is_err(), "the proxy was used");
}

async fn call_a_server() {
    let authority = Authority::new("a root");
    let response = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events/>");
    let server = Server::start(Setup::new(&authority, response)).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    client.send(ListIds::default()).await.unwrap();
}
