//! Exit codes, which scripts can rely on.

use std::process::ExitCode;

/// The result of a command, as a number for scripts and supervisors.
///
/// The numbers do not change. A new kind of failure gets a new number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Anything that has no other number, such as a file that cannot be written.
    Failure = 1,
    /// The arguments are invalid. Nothing was sent.
    Usage = 2,
    /// The configuration is missing, incomplete or invalid. Nothing was sent.
    Configuration = 3,
    /// The service has no such object.
    NotFound = 4,
    /// The service refused the request: the API key, the parameters, or a write that is retired.
    Refused = 5,
    /// The client certificate or its key cannot be used, or the service refused it.
    Certificate = 6,
    /// The service could not be reached in time, or failed. The same command may succeed later.
    Unavailable = 7,
    /// The response does not match the schemas.
    Mismatch = 8,
    /// The cache or the database could not be reached, or did not store the data.
    Store = 9,
    /// Another run of the same venue is in progress. Nothing was stored.
    Locked = 10,
    /// A list is empty or much shorter than before. Nothing was stored.
    Implausible = 11,
}

impl Exit {
    /// Returns whether a failure may pass by itself, so that a command that runs for long can continue.
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::Failure | Self::Unavailable | Self::Mismatch)
    }
}

/// The table of exit codes that every help text ends with.
pub const TABLE: &str = "\
Exit codes:
  0  success
  1  another failure, such as a file that cannot be written
  2  invalid arguments
  3  missing or invalid configuration
  4  not found
  5  refused by the service: API key, parameters, retired writes
  6  client certificate
  7  service unavailable; retry later
  8  response does not match the schemas
  9  cache or database unavailable, or it did not store the data
  10  another run of the venue is in progress
  11  a list is empty or much shorter than before";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_every_code() {
        let all = [
            Exit::Failure,
            Exit::Usage,
            Exit::Configuration,
            Exit::NotFound,
            Exit::Refused,
            Exit::Certificate,
            Exit::Unavailable,
            Exit::Mismatch,
            Exit::Store,
            Exit::Locked,
            Exit::Implausible,
        ];
        let listed: Vec<u8> = TABLE
            .lines()
            .filter_map(|line| line.trim().split("  ").next()?.parse().ok())
            .collect();
        assert_eq!(listed[0], 0);
        assert_eq!(listed[1..], all.map(|exit| exit as u8));
    }
}
