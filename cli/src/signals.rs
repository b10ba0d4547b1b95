//! The signals that end a program: Ctrl-C, and SIGTERM, which process managers and `timeout` send.

use std::process::ExitCode;

use crate::failure::{Failure, Result};

/// A signal that ends a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Signal {
    /// Returns the exit code of a program that a signal ended: 128 and the number of the signal, as shells report it.
    pub fn exit_code(self) -> ExitCode {
        match self {
            Self::Interrupt => ExitCode::from(130),
            Self::Terminate => ExitCode::from(143),
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
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
        }
    }

    /// Waits for the next signal.
    #[cfg(windows)]
    pub async fn next(&mut self) -> Signal {
        let _ = self.interrupt.recv().await;
        Signal::Interrupt
    }
}

fn failed(error: &std::io::Error) -> Failure {
    Failure::io("cannot listen for signals", error)
}
