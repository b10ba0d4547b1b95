//! Start, environment, files and end.

mod support;

use std::io::ErrorKind;
use std::path::PathBuf;

use spektrix_v2_sandbox::Sandbox;
use support::{rightful_client, send, url};
use tokio::net::TcpStream;

#[tokio::test]
async fn dropping_it_ends_everything() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (port, url) = (sandbox.port(), url(&sandbox, "help"));
    let files = files(&sandbox);
    let client = rightful_client(&sandbox);
    client.get(&url).send().await.expect("an answer");
    assert!(files.iter().all(|file| file.exists()));

    drop(sandbox);
    until_refused(port).await;
    assert!(
        client.get(&url).send().await.is_err(),
        "a connection outlived the sandbox"
    );
    assert!(files.iter().all(|file| !file.exists()), "files outlived the sandbox");
}

#[tokio::test]
async fn stopping_it_closes_the_port_and_idle_connections() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (port, url) = (sandbox.port(), url(&sandbox, "help"));
    let client = rightful_client(&sandbox);
    client.get(&url).send().await.expect("an answer");
    let half_open = TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");

    sandbox.stop().await;
    let refused = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect_err("the port is closed");
    assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
    assert!(
        client.get(&url).send().await.is_err(),
        "a connection outlived the sandbox"
    );
    drop(half_open);
}

#[tokio::test]
async fn it_can_be_shared_between_tasks() {
    let sandbox = std::sync::Arc::new(Sandbox::start().await.expect("a sandbox"));
    let ask = |sandbox: std::sync::Arc<Sandbox>| async move { send(&sandbox, "GET", "help").await.status() };
    let task = tokio::spawn(ask(sandbox.clone()));
    assert_eq!(task.await.expect("no panic"), 200);
}

#[tokio::test]
async fn two_of_them_live_side_by_side() {
    let one = Sandbox::builder().client_name("one").start().await.expect("a sandbox");
    let two = Sandbox::builder().client_name("two").start().await.expect("a sandbox");
    assert_ne!(one.port(), two.port());
    for sandbox in [&one, &two] {
        assert_eq!(send(sandbox, "GET", "help").await.status(), 200);
        assert_eq!(sandbox.requests().len(), 1);
    }
    let taken = Sandbox::builder()
        .port(one.port())
        .start()
        .await
        .expect_err("the port is taken");
    assert!(
        taken.to_string().contains("is something else using that port?"),
        "{taken}"
    );
}

#[tokio::test]
async fn a_name_or_key_that_cannot_work_is_refused() {
    for name in ["", "a/b", "a b", "ä", ".."] {
        let error = Sandbox::builder().client_name(name).start().await.expect_err(name);
        assert!(error.to_string().contains("client name"), "{name}: {error}");
    }
    let error = Sandbox::builder().api_key("").start().await.expect_err("an empty key");
    assert!(error.to_string().contains("API key"), "{error}");
}

#[tokio::test]
async fn the_environment_is_what_a_client_needs() {
    let sandbox = Sandbox::builder()
        .client_name("quay")
        .api_key("it's")
        .start()
        .await
        .expect("a sandbox");
    let environment = sandbox.environment();
    let names: Vec<_> = environment.iter().map(|(name, _)| *name).collect();
    let expected = [
        "SPEKTRIX_CLIENT",
        "SPEKTRIX_API_KEY",
        "SPEKTRIX_CERT",
        "SPEKTRIX_KEY",
        "SPEKTRIX_CA",
        "SPEKTRIX_BASE_URL",
    ];
    assert_eq!(names, expected);
    let value = |index: usize| environment[index].1.as_str();
    let read = |index| std::fs::read_to_string(value(index)).expect("a file");
    assert_eq!((value(0), value(1)), ("quay", "it's"));
    assert_eq!(read(2), sandbox.client_certificate_pem());
    assert_eq!(read(3), sandbox.client_key_pem());
    assert_eq!(read(4), sandbox.ca_pem());
    assert_eq!(value(5), format!("https://127.0.0.1:{}/", sandbox.port()));

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("env");
    sandbox.write_environment(&file).expect("a new file");
    let written = std::fs::read_to_string(&file).expect("a file");
    assert!(
        written.starts_with("SPEKTRIX_CLIENT='quay'\nSPEKTRIX_API_KEY='it'\\''s'\n"),
        "{written}"
    );
    assert_eq!(written, sandbox.environment_lines());
    let again = sandbox.write_environment(&file).expect_err("it exists");
    assert_eq!(again.kind(), ErrorKind::AlreadyExists);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_what_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mode = |path: &std::path::Path| path.metadata().expect("it exists").permissions().mode() & 0o777;
    assert_eq!(mode(sandbox.files().key()), 0o600);
    assert_eq!(mode(sandbox.files().key().parent().expect("a folder")), 0o700);
}

fn files(sandbox: &Sandbox) -> [PathBuf; 3] {
    let files = sandbox.files();
    [files.ca(), files.certificate(), files.key()].map(std::path::Path::to_owned)
}

/// The listener goes with its task, which the runtime ends a moment after the drop.
async fn until_refused(port: u16) {
    while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
