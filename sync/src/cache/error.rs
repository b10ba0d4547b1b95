//! Why a cache could not be read or written.

use std::fmt;

/// Why a cache could not be read or written. No message contains the password of a URL.
#[derive(Debug)]
#[non_exhaustive]
pub enum CacheError {
    /// The URL, the prefix or the name of the venue cannot be used.
    Target(String),
    /// The data could not be rendered, which would be a bug in the program.
    Render(String),
    /// The server could not be reached, or the connection ended.
    Unavailable {
        /// What was attempted.
        attempt: String,
        /// What happened.
        reason: String,
    },
    /// The server refused a command or a value.
    Refused {
        /// What was attempted.
        attempt: String,
        /// What the server returned.
        reason: String,
    },
    /// The server has dropped values while others were written: it has too little memory.
    Evicted {
        /// How many values are missing.
        missing: usize,
        /// How many were written.
        of: usize,
    },
}

impl fmt::Display for CacheError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(why) => f.write_str(why),
            Self::Render(why) => write!(f, "cannot render the values: {why}"),
            Self::Unavailable { attempt, reason } => write!(
                f,
                "{attempt}: {reason}. Readers keep seeing the previous version, if the server still has it"
            ),
            Self::Refused { attempt, reason } => write!(
                f,
                "{attempt}: the server returned: {}. Readers keep seeing the previous version",
                reason.trim_end_matches('.')
            ),
            Self::Evicted { missing, of } => write!(
                f,
                "the server dropped {missing} of {of} values while they were written: it has too little memory. Give it \
                 room for two versions (memcached -m, Redis maxmemory)"
            ),
        }
    }
}

impl std::error::Error for CacheError {}
