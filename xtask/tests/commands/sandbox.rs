//! Tests of `cargo xtask sandbox`: it prints how to connect, responds, and removes its files when it ends.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The start of the last line that it prints.
const LAST_LINE: &str = "# A session that has a basket";

/// A sandbox that is killed when the test ends, if it still runs.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail if it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("sandbox").args(arguments);
    Running(
        command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the sandbox starts"),
    )
}

/// Returns what it prints before it waits.
fn introduction(running: &mut Running) -> String {
    let mut lines = BufReader::new(running.0.stdout.take().expect("standard output")).lines();
    let mut text = String::new();
    while !text.contains(LAST_LINE) {
        let line = lines.next().expect("more lines").expect("UTF-8");
        text = text + &line + "\n";
    }
    text
}

/// Evaluates the lines in a shell, and returns its variables.
fn variables(introduction: &str) -> BTreeMap<String, String> {
    let script = "set -a\neval \"$1\"\nenv";
    let output = Command::new("sh").args(["-c", script, "sh", introduction]).output();
    let output = output.expect("a shell");
    assert!(output.status.success(), "{output:?}");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let pairs = lines.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn sandbox_runs_until_it_is_interrupted() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sandbox.env");
    // The file of the first sandbox is replaced by the second.
    for signal in ["-INT", "-TERM"] {
        run_until(signal, &file);
    }
}

/// Starts a sandbox that writes its variables to a file, uses it, and ends it with a signal.
fn run_until(signal: &str, file: &Path) {
    let file_name = file.display().to_string();
    let mut running = start(&["--control", "--scale", "1000", "--seed", "3", "--write-env", &file_name]);
    let introduction = introduction(&mut running);
    let variables = variables(&introduction);
    let written = std::fs::read_to_string(file).expect("the file was written");
    assert!(introduction.starts_with(&written), "{signal}: {introduction}");

    let address = variables["SPEKTRIX_BASE_URL"]
        .trim_start_matches("https://")
        .trim_end_matches('/');
    TcpStream::connect(address).expect("the sandbox listens");
    let control = &variables["SPEKTRIX_SANDBOX_CONTROL"];
    assert!(introduction.contains(&format!("# curl {control}\n")), "{introduction}");
    let control = control.trim_start_matches("http://").trim_end_matches('/');
    TcpStream::connect(control).expect("the control endpoint listens");
    let pages = &variables["SPEKTRIX_SITE_URL"];
    assert!(introduction.contains(&format!("browser: {pages}\n")), "{introduction}");
    let pages = pages.trim_start_matches("http://").trim_end_matches('/');
    TcpStream::connect(pages).expect("the pages are served");
    for name in ["SPEKTRIX_CERT", "SPEKTRIX_KEY", "SPEKTRIX_CA"] {
        assert!(Path::new(&variables[name]).is_file(), "{name}");
        assert!(
            introduction.contains(&format!(" '{}'", variables[name])),
            "curl lacks {name}"
        );
    }

    let printed = end_with(signal, &mut running);
    assert!(
        printed.contains("Press Ctrl-C to stop it") && printed.ends_with("The sandbox has stopped.\n"),
        "{signal}: {printed}"
    );
    assert!(
        !Path::new(&variables["SPEKTRIX_KEY"]).exists(),
        "{signal}: the key was not removed"
    );
    for address in [address, control, pages] {
        assert!(TcpStream::connect(address).is_err(), "it still listens at {address}");
    }
}

/// Sends a signal to a sandbox, and returns what it printed to standard error.
fn end_with(signal: &str, running: &mut Running) -> String {
    let sent = Command::new("kill")
        .args([signal, &running.0.id().to_string()])
        .status();
    assert!(sent.expect("kill").success());
    let status = running.0.wait().expect("the sandbox ends");
    assert!(status.success(), "{signal}: {status}");
    let mut printed = String::new();
    let mut standard_error = running.0.stderr.take().expect("standard error");
    standard_error.read_to_string(&mut printed).expect("UTF-8");
    printed
}

#[test]
fn invalid_arguments_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "").expect("a file");
    let (empty, taken) = (folder.path().display().to_string(), taken.display().to_string());
    let cases = [
        (["--replay", empty.as_str()], "there is nothing to replay in"),
        (["--write-env", taken.as_str()], "it must be a new file"),
        (["--data", empty.as_str()], "there is no data in"),
        (["--scale", "100001"], "100000 instances at most"),
        (["--client-name", "a/b"], "letters, digits"),
        (["--venues", "0"], "1 to 1000 venues, not 0"),
        (["--checkout-link", "/checkout"], "is not the URL of a web page"),
    ];
    for (arguments, expected) in cases {
        let mut running = start(&arguments);
        let mut printed = String::new();
        let mut standard_error = running.0.stderr.take().expect("standard error");
        standard_error.read_to_string(&mut printed).expect("UTF-8");
        assert!(!running.0.wait().expect("the sandbox ends").success(), "{arguments:?}");
        assert!(printed.contains(expected), "{arguments:?}: {printed}");
    }
}
