//! Tests of `spektrix sandbox`: it prints how to connect, responds, runs a program, and removes its files when it ends.

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::program::{Folder, Running, outcome};
use crate::testing_guide::LAST_LINE;

/// Evaluates the lines in a shell, and returns its variables.
fn variables(introduction: &str) -> BTreeMap<String, String> {
    let script = "set -a\neval \"$1\"\nenv";
    let output = Command::new("sh").args(["-c", script, "sh", introduction]).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let pairs = lines.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn it_runs_until_it_is_interrupted() {
    let folder = Folder::new();
    for signal in ["-INT", "-TERM"] {
        run_until(signal, &folder);
    }
    if ends_at_hangup() {
        run_until("-HUP", &folder);
    } else {
        println!("NOT RUN: this test ignores SIGHUP, or this is not Linux");
    }
}

fn ends_at_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() & 1 == 0)
}

/// Starts a sandbox that writes its variables to a file, uses it, and ends it with a signal.
fn run_until(signal: &str, folder: &Folder) {
    let arguments = [
        "sandbox",
        "--control",
        "--scale",
        "1000",
        "--seed",
        "3",
        "--write-env",
        "sandbox.env",
    ];
    let mut running = Running::start(folder, &arguments);
    let introduction = running.lines_until(LAST_LINE);
    let variables = variables(&introduction);
    let written = std::fs::read_to_string(folder.file("sandbox.env")).unwrap();
    assert!(introduction.starts_with(&written), "{signal}: {introduction}");

    let address = variables["SPEKTRIX_BASE_URL"]
        .trim_start_matches("https://")
        .trim_end_matches('/');
    let control = &variables["SPEKTRIX_SANDBOX_CONTROL"];
    assert!(introduction.contains(&format!("# curl {control}\n")), "{introduction}");
    let pages = &variables["SPEKTRIX_SITE_URL"];
    assert!(introduction.contains(&format!("browser: {pages}\n")), "{introduction}");
    let [control, pages] = [control, pages].map(|url| url.trim_start_matches("http://").trim_end_matches('/'));
    for address in [address, control, pages] {
        TcpStream::connect(address).unwrap_or_else(|error| panic!("{address}: {error}"));
    }
    for name in ["SPEKTRIX_CERT", "SPEKTRIX_KEY", "SPEKTRIX_CA"] {
        let file = &variables[name];
        assert!(Path::new(file).is_file(), "{name}");
        assert!(introduction.contains(&format!(" '{file}'")), "curl lacks {name}");
    }

    let (code, printed) = running.end_with(signal);
    assert_eq!(code, Some(0), "{signal}: {printed}");
    assert!(printed.contains("Press Ctrl-C to stop it"), "{signal}: {printed}");
    let key = Path::new(&variables["SPEKTRIX_KEY"]);
    assert!(!key.exists(), "{signal}: the key was not removed");
    assert!(
        !folder.file("sandbox.env").exists(),
        "{signal}: the file was not removed"
    );
    for address in [address, control, pages] {
        assert!(TcpStream::connect(address).is_err(), "it still listens at {address}");
    }
}

#[test]
fn a_program_gets_the_variables_and_its_exit_code_is_returned() {
    let folder = Folder::new();
    let script =
        "echo \"$SPEKTRIX_CLIENT $SPEKTRIX_BASE_URL\"; test -f \"$SPEKTRIX_KEY\" && echo \"$SPEKTRIX_KEY\"; exit 7";
    let ended = folder.spektrix(&["sandbox", "--client-name", "playhouse", "--", "sh", "-c", script]);
    assert_eq!((ended.code, ended.stderr.as_str()), (7, ""));
    let lines: Vec<_> = ended.stdout.lines().collect();
    assert!(lines[0].starts_with("playhouse https://127.0.0.1:"), "{}", ended.stdout);
    assert!(!Path::new(lines[1]).exists(), "the key was not removed");
}

#[test]
fn a_sandbox_can_be_read_only_and_have_several_venues() {
    let folder = Folder::new();
    folder.write("items.xml", "<BasketItems/>");
    let script = "spektrix sandbox --read-only --venues 2 -- sh -c '
        grep -o sandbox-api-key-2 \"$SPEKTRIX_SANDBOX_VENUES\"
        spektrix call POST basket/items --body items.xml --yes --force'";
    let ended = outcome(folder.shell(script).output().unwrap());
    ended.fails(5, "403");
    assert_eq!(ended.stdout, "sandbox-api-key-2\n");
}

#[test]
fn commands_of_the_program_connect_to_the_sandbox() {
    let folder = Folder::new();
    let program = env!("CARGO_BIN_EXE_spektrix");
    let listed = folder.spektrix(&["sandbox", "--", program, "events", "--limit", "2", "--fields", "id"]);
    assert_eq!(listed.success().lines().count(), 2);
}

/// Neither a configuration file nor a variable leads the program to a real venue.
#[test]
fn the_program_sees_no_other_venue() {
    let folder = Folder::new();
    folder.write("spektrix.toml", REAL);
    let program = env!("CARGO_BIN_EXE_spektrix");
    let variables = [
        "SPEKTRIX_VENUE",
        "SPEKTRIX_CONFIG",
        "SPEKTRIX_PKCS12",
        "SPEKTRIX_KEY_PASSPHRASE",
    ];
    for variable in variables {
        let mut command = folder.command();
        command
            .args(["sandbox", "--", program, "tags", "--limit", "1"])
            .env(variable, "real");
        outcome(command.output().unwrap()).success();
        // The variable has no effect on the sandbox of a command, either.
        let mut command = folder.command();
        command
            .args(["--sandbox", "tags", "--limit", "1"])
            .env(variable, "real");
        outcome(command.output().unwrap()).success();
    }
    // Without a sandbox, the file is used.
    folder.spektrix(&["tags"]).fails(3, "NO_SUCH_VARIABLE");
}

const REAL: &str = "[venue.real]\nclient = \"real\"\ncertificate = \"real.pem\"\nkey = \"real.key\"\n\
    api_key = { env = \"NO_SUCH_VARIABLE\" }\n";

/// The program decides when it ends, and the sandbox ends with it.
#[test]
fn a_signal_is_passed_to_the_program() {
    let folder = Folder::new();
    let script = "trap 'exit 9' TERM; echo \"$SPEKTRIX_KEY\"; while :; do sleep 0.05; done";
    let mut running = Running::start(&folder, &["sandbox", "--", "sh", "-c", script]);
    let key = running.lines_until("/").trim().to_owned();
    let (code, printed) = running.end_with("-TERM");
    assert_eq!((code, printed.as_str()), (Some(9), ""));
    assert!(!Path::new(&key).exists(), "the key was not removed");
}

/// A sandbox that was killed has left its file, and another sandbox may have replaced it since.
#[test]
fn a_sandbox_removes_only_its_own_variables() {
    let folder = Folder::new();
    let arguments = ["sandbox", "--write-env", "sandbox.env"];
    let mut first = Running::start(&folder, &arguments);
    first.lines_until(LAST_LINE);
    let mut second = Running::start(&folder, &arguments);
    let introduction = second.lines_until(LAST_LINE);
    let written = || std::fs::read_to_string(folder.file("sandbox.env")).unwrap();
    assert_eq!(first.end_with("-TERM").0, Some(0));
    assert!(introduction.starts_with(&written()), "{}", written());
    folder.write("sandbox.env", &format!("{}OTHER='1'\n", written()));
    assert_eq!(second.end_with("-TERM").0, Some(0));
    assert!(written().ends_with("OTHER='1'\n"));
}

#[test]
fn a_signal_during_the_start_leaves_no_keys() {
    let folder = Folder::new();
    let temporary = folder.file("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let files = || std::fs::read_dir(&temporary).unwrap().count();
    let commands: [&[&str]; 6] = [
        &["--sandbox", "instances", "--format", "jsonl"],
        &["sandbox", "--write-env", "sandbox.env"],
        &["sandbox", "--", "sleep", "600"],
        &["--sandbox", "doctor"],
        &["--sandbox", "serve", "--listen", "127.0.0.1:0"],
        &["--sandbox", "sync", "--to", "sqlite:season.db", "--every", "1h"],
    ];
    for arguments in commands {
        for milliseconds in [0, 5, 30] {
            let mut command = folder.command();
            command.args(arguments).env("TMPDIR", &temporary);
            let mut running = Running::spawn(command);
            while files() == 0 {
                assert_eq!(running.0.try_wait().unwrap(), None, "{arguments:?} ended");
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(milliseconds));
            let (code, printed) = running.end_with("-TERM");
            // The command may have succeeded before the signal arrived.
            assert!(matches!(code, Some(143 | 0)), "{arguments:?}: {code:?}: {printed}");
            assert_eq!(
                files(),
                0,
                "{arguments:?} left keys, {milliseconds} ms after it wrote them"
            );
            assert!(!folder.file("sandbox.env").exists(), "{milliseconds}");
        }
    }
}

#[test]
fn invalid_arguments_are_reported() {
    let folder = Folder::new();
    folder.write("taken", "");
    std::fs::create_dir(folder.file("empty")).unwrap();
    let cases: [(&[&str], i32, &str); 9] = [
        (&["--replay", "empty"], 1, "there is nothing to replay in"),
        (&["--write-env", "taken"], 1, "name a new file"),
        (&["--data", "empty"], 1, "there is no data in"),
        (&["--scale", "100001"], 1, "100000 instances at most"),
        (&["--client-name", "a/b"], 1, "letters, digits"),
        (&["--venues", "0"], 1, "1 to 1000 venues, not 0"),
        (&["--checkout-link", "/checkout"], 1, "is not the URL of a web page"),
        (&["--", "no-such-program"], 2, "cannot run no-such-program"),
        (&["--sandbox"], 2, "leave out --sandbox"),
    ];
    for (arguments, code, expected) in cases {
        folder
            .spektrix(&[&["sandbox"], arguments].concat())
            .fails(code, expected);
    }
}
