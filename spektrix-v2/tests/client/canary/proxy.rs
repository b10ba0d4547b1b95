//! A proxy that the environment names is not used: it could read nothing, but it would learn who calls whom, and break
//! the client certificate.

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

/// Runs itself with the variables set: they are read once, when a process makes its first client.
#[tokio::test]
async fn a_proxy_of_the_environment_is_not_used() {
    if std::env::var_os(CHILD).is_some() {
        return call_a_server().await;
    }
    let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "canary::proxy::a_proxy_of_the_environment_is_not_used"]);
    child.env(CHILD, "1").env_remove("NO_PROXY").env_remove("no_proxy");
    child.envs(NAMES.map(|name| (name, &address)));
    let output = tokio::task::spawn_blocking(move || child.output())
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    let caller = tokio::time::timeout(Duration::from_millis(20), proxy.accept()).await;
    assert!(caller.is_err(), "somebody called the proxy");
}

async fn call_a_server() {
    let authority = Authority::new("a root");
    let answer = Then::Answer("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events/>");
    let server = Server::start(Setup::new(&authority, answer)).await;
    let client = server.builder().identity(authority.client()).build().unwrap();
    client.send(ListIds::default()).await.unwrap();
}
