//! Runs a program with the variables of a sandbox.

use std::ffi::{OsStr, OsString};
use std::process::{ExitCode, ExitStatus};

use spektrix_v2_sandbox::Sandbox;
use tokio::process::{Child, Command};

use crate::connection;
use crate::failure::{Failure, Result};
use crate::signals::{Signal, Signals};

/// Variables that are not set for the sandbox. A client would prefer a PKCS#12 file to the certificate of the sandbox.
const OF_ANOTHER_VENUE: [&str; 3] = [connection::VENUE, "SPEKTRIX_PKCS12", "SPEKTRIX_KEY_PASSPHRASE"];

/// Runs the program until it ends, and returns its exit code.
///
/// A terminal sends Ctrl-C to the program, too, so it decides when to end. SIGTERM is passed to it.
pub(super) async fn run(
    program: &OsStr,
    arguments: &[OsString],
    sandbox: &Sandbox,
    signals: &mut Signals,
) -> Result<ExitCode> {
    let mut command = Command::new(program);
    command.args(arguments).envs(sandbox.environment()).kill_on_drop(true);
    // The sandbox is the only venue that the program is to find.
    for variable in OF_ANOTHER_VENUE {
        command.env_remove(variable);
    }
    command.env(connection::CONFIG, connection::NO_FILE);
    let name = program.display();
    let mut child = command
        .spawn()
        .map_err(|error| Failure::usage(format!("cannot run {name}: {error}")))?;
    loop {
        tokio::select! {
            status = child.wait() => {
                let status = status.map_err(|error| Failure::io(format!("cannot wait for {name}"), &error))?;
                return Ok(exit_code(status));
            }
            signal = signals.next() => if signal != Signal::Interrupt {
                terminate(&mut child);
            },
        }
    }
}

/// Asks the program to end.
#[cfg(unix)]
fn terminate(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process};

    let id = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    if let Some(id) = id {
        // It fails if the program has ended, which the caller sees next.
        let _ = kill_process(id, Signal::TERM);
    }
}

#[cfg(not(unix))]
fn terminate(child: &mut Child) {
    // It fails if the program has ended, which the caller sees next.
    let _ = child.start_kill();
}

/// Shells report a signal as 128 and its number.
fn exit_code(status: ExitStatus) -> ExitCode {
    let code = status.code().or_else(|| signal_of(status).map(|signal| 128 + signal));
    ExitCode::from(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

#[cfg(unix)]
fn signal_of(status: ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt as _;

    status.signal()
}

#[cfg(not(unix))]
fn signal_of(_: ExitStatus) -> Option<i32> {
    None
}
