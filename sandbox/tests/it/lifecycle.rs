//! Starting and stopping a sandbox, its environment, and its files.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use crate::support::{accepted_client, send, url};
use spektrix_v2_sandbox::Sandbox;
use tokio::net::TcpStream;

#[tokio::test]
async fn dropping_closes_the_port_and_removes_files() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (port, url) = (sandbox.port(), url(&sandbox, "help"));
    let files = files(&sandbox);
    let client = accepted_client(&sandbox);
    client.get(&url).send().await.expect("a response");
    assert!(files.iter().all(|file| file.exists()));

    drop(sandbox);
    wait_until_refused(port).await;
    assert!(
        client.get(&url).send().await.is_err(),
        "a connection outlived the sandbox"
    );
    assert!(files.iter().all(|file| !file.exists()), "files outlived the sandbox");
}

#[tokio::test]
async fn stopping_closes_the_port_and_idle_connections() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (port, url) = (sandbox.port(), url(&sandbox, "help"));
    let client = accepted_client(&sandbox);
    client.get(&url).send().await.expect("a response");
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
async fn a_sandbox_can_be_shared_between_tasks() {
    let sandbox = Arc::new(Sandbox::start().await.expect("a sandbox"));
    let request = |sandbox: Arc<Sandbox>| async move { send(&sandbox, "GET", "help").await.status() };
    let task = tokio::spawn(request(sandbox.clone()));
    assert_eq!(task.await.expect("no panic"), 200);
}

#[tokio::test]
async fn two_sandboxes_can_run_at_the_same_time() {
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
        taken.to_string().contains("is another program using this port?"),
        "{taken}"
    );
}

#[tokio::test]
async fn an_invalid_client_name_or_api_key_is_refused() {
    for name in ["", "a/b", "a b", "ä", ".."] {
        let error = Sandbox::builder().client_name(name).start().await.expect_err(name);
        assert!(error.to_string().contains("client name"), "{name}: {error}");
    }
    let error = Sandbox::builder().api_key("").start().await.expect_err("an empty key");
    assert!(error.to_string().contains("API key"), "{error}");
}

#[tokio::test]
async fn the_environment_has_what_a_client_needs() {
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
        "SPEKTRIX_SITE_URL",
    ];
    assert_eq!(names, expected);
    let value = |index: usize| environment[index].1.as_str();
    let read = |index| std::fs::read_to_string(value(index)).expect("a file");
    assert_eq!((value(0), value(1)), ("quay", "it's"));
    assert_eq!(read(2), sandbox.client_certificate_pem());
    assert_eq!(read(3), sandbox.client_key_pem());
    assert_eq!(read(4), sandbox.ca_pem());
    assert_eq!(value(5), format!("https://127.0.0.1:{}/", sandbox.port()));
    assert_eq!(value(6), sandbox.site_url());

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("env");
    sandbox.write_environment(&file).expect("a new file");
    let written = std::fs::read_to_string(&file).expect("a file");
    assert!(
        written.starts_with("SPEKTRIX_CLIENT='quay'\nSPEKTRIX_API_KEY='it'\\''s'\n"),
        "{written}"
    );
    assert_eq!(written, sandbox.environment_lines());
}

#[tokio::test]
async fn the_environment_replaces_only_its_own_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("env");
    let earlier = Sandbox::start().await.expect("a sandbox");
    earlier.write_environment(&file).expect("a new file");
    let sandbox = Sandbox::builder().control(true).start().await.expect("a sandbox");
    sandbox.write_environment(&file).expect("a file of a sandbox");
    let read = || std::fs::read_to_string(&file).expect("a file");
    assert_eq!(read(), sandbox.environment_lines());
    earlier.write_environment(&file).expect("a file of a sandbox");
    assert_eq!(read(), earlier.environment_lines());
    let files = std::fs::read_dir(folder.path()).expect("a folder");
    assert_eq!(files.count(), 1, "no temporary file is left");

    let live = earlier
        .environment_lines()
        .replace(&earlier.base_url(), "https://api.system.spektrix.com/");
    for other in ["", "FOO='bar'\n", &live] {
        std::fs::write(&file, other).expect("a file");
        let error = sandbox.write_environment(&file).expect_err("a file of somebody else");
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(read(), other, "the file must not change");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn the_environment_does_not_replace_a_link() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, link) = (folder.path().join("env"), folder.path().join("link"));
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sandbox.write_environment(&file).expect("a new file");
    std::os::unix::fs::symlink(&file, &link).expect("a link");
    let error = sandbox.write_environment(&link).expect_err("a link");
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mode = |path: &std::path::Path| path.metadata().expect("it exists").permissions().mode() & 0o777;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("env");
    sandbox.write_environment(&file).expect("a new file");
    assert_eq!(mode(&file), 0o600);
    sandbox.write_environment(&file).expect("a file of a sandbox");
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(sandbox.files().key()), 0o600);
    assert_eq!(mode(sandbox.files().key().parent().expect("a folder")), 0o700);
}

fn files(sandbox: &Sandbox) -> [PathBuf; 3] {
    let files = sandbox.files();
    [files.ca(), files.certificate(), files.key()].map(std::path::Path::to_owned)
}

/// Waits until the port is closed, which the runtime does shortly after the drop.
async fn wait_until_refused(port: u16) {
    while TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
        tokio::task::yield_now().await;
    }
}
