//! Tests of `spektrix export`, `serve` and `cache`: what they print, their exit codes, and how they end.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

use crate::program::{Folder, Running};

#[test]
fn exports_are_printed_or_replace_a_file() {
    let folder = Folder::new();
    let table = [
        ("ics", "BEGIN:VCALENDAR"),
        ("jsonld", "\"@context\": \"https://schema.org\""),
        ("csv", "start,start_utc,end,end_utc,event,event_id,instance_id,state"),
        ("jsonl", "\"booking_url\":\"http"),
    ];
    for (format, expected) in table {
        let printed = folder
            .spektrix(&["--sandbox", "export", format, "--event", "7001"])
            .success();
        assert!(printed.contains(expected), "{format}: {printed}");
    }
    folder
        .spektrix(&["--sandbox", "export", "csv", "--out", "season.csv"])
        .success();
    let written = std::fs::read_to_string(folder.file("season.csv")).unwrap();
    assert!(written.lines().count() > 100, "{written}");
    let ended = folder.spektrix(&["--sandbox", "export", "csv", "--out", "no/such/season.csv"]);
    ended.fails(1, "cannot write no/such/season.csv");
}

/// As on a pipe to another program. It is written to, and the previous content is not read from it.
#[cfg(unix)]
#[test]
fn exports_are_written_to_pipes() {
    let folder = Folder::new();
    let made = std::process::Command::new("mkfifo").arg(folder.file("pipe")).status();
    assert!(made.unwrap().success());
    let pipe = folder.file("pipe");
    let reader = std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap());
    folder
        .spektrix(&["--sandbox", "export", "ics", "--out", "pipe"])
        .success();
    assert!(reader.join().unwrap().ends_with("END:VCALENDAR\r\n"));
}

/// Each ends in good order, and removes the keys of its sandbox.
#[test]
fn repeated_commands_end_at_a_signal() {
    let memcached = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("memcached://{}", memcached.local_addr().unwrap());
    let table: [(&[&str], &str); 2] = [
        (
            &["export", "ics", "--out", "calendar.ics", "--every", "1s"],
            "calendar.ics",
        ),
        (
            &["cache", "--to", &url, "--every", "1s", "--snapshot", "season.snapshot"],
            "season.snapshot",
        ),
    ];
    for (arguments, file) in table {
        let folder = Folder::new();
        let mut command = folder.command();
        command.env("TMPDIR", folder.path()).arg("--sandbox").args(arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut running = Running(child);
        while !folder.file(file).exists() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let (code, printed) = running.end_with("-TERM");
        assert_eq!(code, Some(0), "{arguments:?}: {printed}");
        let left = std::fs::read_dir(folder.path()).unwrap().flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        assert_eq!(left, [file], "{arguments:?}");
    }
}

#[test]
fn the_programme_is_served_until_a_signal() {
    let folder = Folder::new();
    let arguments = ["--sandbox", "serve", "--listen", "127.0.0.1:0"];
    let mut command = folder.command();
    command.env("TMPDIR", folder.path()).args(arguments);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    let mut printed = String::new();
    let mut standard_error = running.0.stderr.take().unwrap();
    let mut byte = [0];
    while !printed.ends_with("/\n") {
        assert_eq!(standard_error.read(&mut byte).unwrap(), 1, "{printed}");
        printed.push(char::from(byte[0]));
    }
    running.0.stderr = Some(standard_error);
    let address = printed
        .trim()
        .trim_start_matches("serving at http://")
        .trim_end_matches('/');
    let events = loop {
        let response = get(address, "/events?limit=1");
        // Until the first load.
        if !response.starts_with("HTTP/1.1 503") {
            break response;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    };
    assert!(
        events.starts_with("HTTP/1.1 200") && events.contains("\"name\":"),
        "{events}"
    );
    let (code, printed) = running.end_with("-TERM");
    assert_eq!(code, Some(0), "{printed}");
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "the keys were not removed"
    );
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

#[test]
fn unusable_caches_and_settings_have_their_exit_codes() {
    let folder = Folder::new();
    let cases: [(&[&str], i32, &str); 7] = [
        (&["cache"], 2, "no cache is named"),
        (&["cache", "--to", "redis://:s3cret@127.0.0.1:9/0"], 2, "has a password"),
        (&["cache", "--to", "ftp://127.0.0.1"], 2, "memcached://HOST:PORT"),
        (&["cache", "--to", "redis://127.0.0.1:9"], 9, "connecting to Redis"),
        (
            &["cache", "--to", "memcached://127.0.0.1:9"],
            9,
            "connecting to memcached",
        ),
        (&["serve", "--cors-origin", "venue.example"], 2, "is not an origin"),
        (&["export", "csv", "--every", "5"], 2, "such as 90s"),
    ];
    for (arguments, code, message) in cases {
        let ended = folder.spektrix(&[&["--sandbox"], arguments].concat());
        ended.fails(code, message);
        assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
    }
}
