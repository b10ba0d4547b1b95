//! A test of `spektrix availability --watch`: what changed is printed, and failures that pass are reported.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use spektrix_v2_sandbox::{Fault, Sandbox};

use crate::program::{Folder, Running};

/// The statuses of one instance, with these seats left in its two plans.
fn statuses(left: [u32; 2]) -> String {
    let status = |plan: usize, left: u32| {
        format!(
            "<InstancePlanStatus><Plan id=\"{plan}\"/><Instance id=\"7\"/><Name>seats</Name><Available>{left}</Available>\
             <Capacity>9</Capacity><Locked>0</Locked><Reserved>0</Reserved><Selected>0</Selected><Sold>0</Sold></InstancePlanStatus>"
        )
    };
    format!(
        "<InstancePlanStatuses>{}{}</InstancePlanStatuses>",
        status(1, left[0]),
        status(2, left[1])
    )
}

fn respond(sandbox: &Sandbox, left: [u32; 2]) {
    let body = statuses(left).into();
    sandbox
        .inject(Fault::ReplaceBody { body }.on("GetInstanceStatus"))
        .unwrap();
}

#[tokio::test]
async fn what_changes_is_printed_until_a_signal() {
    let sandbox = Sandbox::start().await.unwrap();
    respond(&sandbox, [5, 6]);
    let folder = Folder::new();
    let mut command: Command = folder.command();
    let arguments = [
        "availability",
        "--watch",
        "1s",
        "--format",
        "csv",
        "--fields",
        "plan,available",
    ];
    command.args(arguments).envs(sandbox.environment());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let read = tokio::task::spawn_blocking(move || {
        let first: Vec<_> = lines.by_ref().take(3).map(Result::unwrap).collect();
        (first, lines)
    });
    let (first, mut lines) = read.await.unwrap();
    assert_eq!(first, ["plan,available", "1,5", "2,6"]);

    let fault = Fault::Status {
        status: 503,
        retry_after: None,
    };
    sandbox.clear_faults();
    sandbox.inject(fault.on("GetInstanceStatus").times(3)).unwrap();
    respond(&sandbox, [5, 4]);
    let next = tokio::task::spawn_blocking(move || lines.next().unwrap().unwrap());
    assert_eq!(next.await.unwrap(), "2,4", "the other plan has not changed");
    let (code, printed) = running.end_with("-INT");
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("503"), "{printed}");
}

#[tokio::test]
async fn watching_ends_with_its_reader_without_a_change() {
    let sandbox = Sandbox::start().await.unwrap();
    respond(&sandbox, [5, 6]);
    let folder = Folder::new();
    let mut command: Command = folder.command();
    command
        .args(["availability", "--watch", "1s"])
        .envs(sandbox.environment());
    let mut running = Running(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let end = tokio::task::spawn_blocking(move || {
        let mut first = String::new();
        let mut lines = BufReader::new(running.0.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        drop(lines);
        running.0.wait().unwrap()
    });
    let end = tokio::time::timeout(Duration::from_secs(30), end).await;
    assert!(end.expect("an end").unwrap().success());
}

#[test]
fn an_array_cannot_be_watched() {
    let arguments = ["--sandbox", "availability", "--watch", "--format", "json"];
    Folder::new()
        .spektrix(&arguments)
        .fails(2, "a JSON array cannot be continued");
}
