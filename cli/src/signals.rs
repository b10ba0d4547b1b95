//! The signals that end a program: Ctrl-C, SIGTERM, which process managers and `timeout` send, and SIGHUP, which a terminal
//! sends when its window is closed.

use std::process::ExitCode;

use crate::failure::{Failure, Result};

/// A signal that ends a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
    /// SIGHUP.
    Hangup,
}

impl Signal {
    /// Returns the exit code of a program that a signal ended: 128 and the number of the signal, as shells report it.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::Interrupt => ExitCode::from(130),
            Self::Terminate => ExitCode::from(143),
            Self::Hangup => ExitCode::from(129),
        }
    }
}

/// Receives signals. From its creation on, they no longer end the program by themselves.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    hangup: Option<tokio::signal::unix::Signal>,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    /// Starts to receive signals.
    ///
    /// # Errors
    ///
    /// If the operating system refuses it.
    #[cfg(unix)]
    pub fn listen() -> Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let listen = |kind| signal(kind).map_err(|error| failed(&error));
        Ok(Self {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
            hangup: ends_at_hangup().then(|| listen(SignalKind::hangup())).transpose()?,
        })
    }

    /// Starts to receive Ctrl-C.
    ///
    /// # Errors
    ///
    /// If the operating system refuses it.
    #[cfg(windows)]
    pub fn listen() -> Result<Self> {
        let interrupt = tokio::signal::windows::ctrl_c().map_err(|error| failed(&error))?;
        Ok(Self { interrupt })
    }

    /// Returns a signal that has arrived already.
    pub async fn arrived(&mut self) -> Option<Signal> {
        tokio::select! {
            biased;
            signal = self.next() => Some(signal),
            () = std::future::ready(()) => None,
        }
    }

    /// Waits for the next signal.
    #[cfg(unix)]
    pub async fn next(&mut self) -> Signal {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
            Some(()) = hangup => Signal::Hangup,
        }
    }

    /// Waits for the next signal.
    #[cfg(windows)]
    pub async fn next(&mut self) -> Signal {
        let _ = self.interrupt.recv().await;
        Signal::Interrupt
    }
}

/// Returns whether SIGHUP ends this program. `nohup` ignores it, and a program that listens would no longer ignore it. Only Linux
/// shows this without unsafe code; elsewhere, the signal keeps its default.
#[cfg(unix)]
fn ends_at_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // The first bit is signal 1.
    ignored.is_some_and(|mask| mask & 1 == 0)
}

fn failed(error: &std::io::Error) -> Failure {
    Failure::io("cannot listen for signals", error)
}
