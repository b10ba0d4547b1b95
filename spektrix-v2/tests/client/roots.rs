//! The roots that the built-in transport trusts on Linux: those of the system, those of the environment, or those of the
//! client.

use std::path::Path;
use std::process::Command;

use spektrix_v2::{Error, EventId};

use crate::authority::Authority;
use crate::operations::ListIds;
use crate::server::{Server, Setup, Then};

/// Set for the process that makes the call: where it writes the root of its server, and whether it trusts only that.
const FOLDER: &str = "SPEKTRIX_TEST_ROOTS";
const TRUST_ONLY: &str = "SPEKTRIX_TEST_TRUST_ONLY";

/// Runs itself with each environment, because a process cannot change its own.
#[test]
fn variables_of_openssl_replace_the_roots_of_the_system() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return print(&call_in(Path::new(&folder)));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("other.pem"), Authority::new("another root").root_pem()).unwrap();
    let (server, other, missing) = (path("root/server.pem"), path("other.pem"), path("missing.pem"));
    let (directory, refused) = (path("root"), "the server's certificate was not accepted");
    let cases: [(&[(&str, &str)], &str); 7] = [
        (&[], refused),
        (&[("SSL_CERT_FILE", &server)], "Ok"),
        (&[("SSL_CERT_DIR", &directory)], "Ok"),
        (&[("SSL_CERT_FILE", &other)], refused),
        (&[("SSL_CERT_FILE", &other), ("SSL_CERT_DIR", &directory)], "Ok"),
        // No root of the system is trusted any more.
        (&[("SSL_CERT_FILE", &missing)], "TLS cannot be set up"),
        (&[("SSL_CERT_FILE", &missing), (TRUST_ONLY, "1")], "Ok"),
    ];
    for (variables, expected) in cases {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args([
            "--exact",
            "--nocapture",
            "roots::variables_of_openssl_replace_the_roots_of_the_system",
        ]);
        child.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
        child.env(FOLDER, folder.path()).envs(variables.iter().copied());
        let output = child.output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(
            printed.contains("1 passed") && printed.contains(expected),
            "{variables:?}: {printed}"
        );
    }
}

#[expect(clippy::print_stdout, reason = "the parent process reads it")]
fn print(text: &str) {
    println!("{text}");
}

#[tokio::main(flavor = "current_thread")]
async fn call_in(folder: &Path) -> String {
    let authority = Authority::new("a root");
    std::fs::create_dir_all(folder.join("root")).unwrap();
    std::fs::write(folder.join("root/server.pem"), authority.root_pem()).unwrap();
    let response = Then::Respond("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n<Events><Event id=\"1\"/></Events>");
    let server = Server::start(Setup::new(&authority, response)).await;
    let builder = server.builder_with_system_roots().identity(authority.client());
    let builder = if std::env::var_os(TRUST_ONLY).is_some() {
        builder.trust_only(authority.root_pem())
    } else {
        builder
    };
    let result: Result<Vec<EventId>, Error> = match builder.build() {
        Ok(client) => client.send(ListIds::default()).await,
        Err(error) => Err(error),
    };
    format!("{result:?}")
}
