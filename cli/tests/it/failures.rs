//! Tests of bad input: each has a clear error and its exit code.

use std::ffi::OsStr;
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt as _;

use crate::program::{Folder, outcome};

/// A certificate and a key, made once: the key is RSA, whose creation is slow.
fn with_certificate(folder: &Folder) {
    let certificate = rcgen::generate_simple_self_signed(Vec::new()).unwrap();
    folder.write("a.crt", &certificate.cert.pem());
    folder.write("a.key", &certificate.signing_key.serialize_pem());
}

fn configuration(lines: &str) -> String {
    format!("[venue.a]\nclient = 'a'\ncertificate = 'a.crt'\nkey = 'a.key'\n{lines}\n")
}

#[test]
fn invalid_configurations_are_explained() {
    let key = "api_key = { env = 'PASSPHRASE' }";
    let table = [
        ("none", None, 3, "no venue is configured"),
        ("not TOML", Some("[".to_owned()), 3, "spektrix.toml, line 1"),
        (
            "an unset variable",
            Some(configuration("api_key = { env = 'UNSET' }")),
            3,
            "UNSET is not set",
        ),
        (
            "no certificate file",
            Some(configuration(key).replace("a.crt", "b.crt")),
            6,
            "b.crt",
        ),
        (
            "a key as certificate",
            Some(configuration(key).replace("a.crt", "a.key")),
            6,
            "a.key",
        ),
        (
            "an invalid address",
            Some(configuration(&format!("{key}\nbase_url = 'nonsense'"))),
            3,
            "base URL",
        ),
    ];
    for (name, content, code, message) in table {
        let folder = Folder::new();
        with_certificate(&folder);
        if let Some(content) = content {
            folder.write("spektrix.toml", &content);
        }
        println!("{name}");
        folder.spektrix(&["events"]).fails(code, message);
    }
}

#[test]
fn missing_variables_are_named() {
    let folder = Folder::new();
    let mut command = folder.command();
    command.arg("events").env("SPEKTRIX_CLIENT", "playhouse");
    let ended = outcome(command.output().unwrap());
    ended.fails(3, "SPEKTRIX_API_KEY and SPEKTRIX_CERT are not set");
    assert!(!ended.stderr.contains("spektrix.toml"), "{}", ended.stderr);
}

#[test]
fn closed_ports_are_unavailable() {
    let folder = Folder::new();
    with_certificate(&folder);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("api_key = {{ env = 'PASSPHRASE' }}\nbase_url = 'https://127.0.0.1:{port}/'");
    folder.write("spektrix.toml", &configuration(&address));
    folder.spektrix(&["events"]).fails(7, "GetEvents");
}

#[test]
fn invalid_arguments_are_usage_errors() {
    let table: [(&str, &[&str], &str); 6] = [
        ("an unknown command", &["evnts"], "unrecognized subcommand"),
        (
            "an invalid date",
            &["events", "--from", "tomorrow"],
            "invalid value 'tomorrow'",
        ),
        ("an invalid id", &["instances", "--event", "x"], "invalid value 'x'"),
        (
            "an attribute without a value",
            &["events", "--attribute", "Venue"],
            "NAME=VALUE",
        ),
        (
            "an unknown field",
            &["--sandbox", "bands", "--fields", "colour"],
            "the fields are id, name",
        ),
        (
            "two targets",
            &["--sandbox", "--venue", "a", "events"],
            "cannot be used with",
        ),
    ];
    for (name, arguments, message) in table {
        println!("{name}");
        Folder::new().spektrix(arguments).fails(2, message);
    }
}

#[test]
fn arguments_that_are_not_utf8_are_usage_errors() {
    let folder = Folder::new();
    let mut command = folder.command();
    command.arg("events").arg("--venue").arg(OsStr::from_bytes(b"\xff"));
    outcome(command.output().unwrap()).fails(2, "invalid UTF-8");
}

#[test]
fn full_disks_are_reported() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else {
        println!("NOT RUN: there is no /dev/full");
        return;
    };
    let folder = Folder::new();
    let mut command = folder.command();
    command.args(["--sandbox", "bands"]).stdout(full);
    outcome(command.output().unwrap()).fails(1, "cannot write to standard output");
}
