//! The error of a command: what happened, what to do, and the exit code.

use std::error::Error;
use std::fmt;

use spektrix_v2_sync::ErrorKind;

use crate::exit::Exit;

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    what: String,
    hint: Option<String>,
}

/// The result of a command.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// Creates an error without a hint.
    pub fn new(exit: Exit, what: impl Into<String>) -> Self {
        Self {
            exit,
            what: what.into(),
            hint: None,
        }
    }

    /// Creates an error about the arguments.
    pub fn usage(what: impl Into<String>) -> Self {
        Self::new(Exit::Usage, what)
    }

    /// Creates an error about the configuration.
    pub fn configuration(what: impl Into<String>) -> Self {
        Self::new(Exit::Configuration, what)
    }

    /// Creates an error about a file or a stream. The message says what was attempted.
    pub fn io(attempt: impl fmt::Display, error: &std::io::Error) -> Self {
        Self::new(Exit::Failure, format!("{attempt}: {error}"))
    }

    /// Creates an error about a sync.
    pub fn from_sync(error: &spektrix_v2_sync::Error) -> Self {
        let exit = match error.kind() {
            ErrorKind::Configuration => Exit::Configuration,
            ErrorKind::Service => error.service_error().map_or(Exit::Failure, exit_of),
            ErrorKind::Implausible => Exit::Implausible,
            ErrorKind::Locked => Exit::Locked,
            ErrorKind::Unavailable | ErrorKind::Database | ErrorKind::Schema => Exit::Store,
            _ => Exit::Failure,
        };
        let failure = Self::new(exit, error.to_string());
        error.hint().into_iter().fold(failure, Self::with_hint)
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the exit code.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Returns what the user can do.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Error for Failure {}

/// The message of the client's error contains its hint.
impl From<spektrix_v2::Error> for Failure {
    fn from(error: spektrix_v2::Error) -> Self {
        Self::new(exit_of(&error), error.to_string())
    }
}

impl From<spektrix_v2_sync::Error> for Failure {
    fn from(error: spektrix_v2_sync::Error) -> Self {
        Self::from_sync(&error)
    }
}

fn exit_of(error: &spektrix_v2::Error) -> Exit {
    // The order matters: a refused certificate can be a failed connection, too.
    if error.is_invalid_request() {
        Exit::Usage
    } else if error.is_certificate() {
        Exit::Certificate
    } else if error.is_configuration() {
        Exit::Configuration
    } else if error.is_not_found() {
        Exit::NotFound
    } else if error.is_decode() {
        Exit::Mismatch
    } else if error.is_timeout() || error.is_connect() || error.is_server() || error.is_rate_limited() {
        Exit::Unavailable
    } else if error.status().is_some() {
        Exit::Refused
    } else {
        Exit::Failure
    }
}
