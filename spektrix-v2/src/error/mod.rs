//! What went wrong with a call: one opaque error, asked by predicates.

mod card_number;
mod decodings;
mod escape;
mod fault;
mod hint;
mod page_text;
mod predicates;
mod redaction;

use std::borrow::Cow;
use std::fmt;

use http::StatusCode;

use crate::operation::OperationInfo;
use crate::runtime::DecodeError;

#[cfg(feature = "testing")]
pub(crate) use escape::escape_invisible;
pub(crate) use fault::Fault;
pub(crate) use redaction::{NAME, PATH, Redactor, Shown};

/// What went wrong with a call, or with setting up a client.
///
/// Its `Display` is one line: what was tried, what happened, and what can be done about it. Ask the predicates what
/// kind of error it is; each of them says in its *Troubleshooting* section where to look.
///
/// No error shows the API key, the key of the client certificate, a session's identifier, a password that was sent, or the
/// address of a request.
/// The line says everything that is known, so there is no [`source`](std::error::Error::source) to follow.
///
/// ```no_run
/// # async fn example() -> Result<(), spektrix_v2::Error> {
/// # let stored = String::new();
/// use spektrix_v2::{Client, Session};
///
/// let session = Session::restore(&Client::from_env()?, &stored)?;
/// match session.basket().await {
///     Ok(basket) => println!("{basket:?}"),
///     Err(error) if error.is_session_expired() => println!("the basket is gone: begin a new one"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    tried: Option<Tried>,
    fault: Fault,
}

/// What was tried: the operation, whether a session came with it, and how often it was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tried {
    pub(crate) operation: OperationInfo,
    pub(crate) with_session: bool,
    pub(crate) attempts: u32,
}

impl Tried {
    /// Nothing was sent yet.
    pub(crate) fn new(operation: OperationInfo, with_session: bool) -> Self {
        Self {
            operation,
            with_session,
            attempts: 0,
        }
    }
}

impl Error {
    /// The name of the operation that failed: `GetEvents`. None when no operation was at hand yet.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.tried.map(|tried| tried.operation.name)
    }

    /// How often the request was sent, or was begun to be; 0 when the error came before that.
    pub fn attempts(&self) -> u32 {
        self.0.tried.map_or(0, |tried| tried.attempts)
    }

    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.fault.status()
    }

    /// The text of the service's error page or message: on one line, without tags, cut to 300 characters, control
    /// characters escaped.
    ///
    /// Secrets of the request and card numbers in it are replaced by `***`. It is left out if it repeats a secret in
    /// another way: encoded, or a part of it, eight letters or digits in a row.
    pub fn excerpt(&self) -> Option<&str> {
        match &self.0.fault {
            Fault::Status { excerpt, .. } | Fault::Decode { excerpt, .. } => excerpt.as_str(),
            _ => None,
        }
    }

    /// What can be done about it, in a sentence.
    pub fn hint(&self) -> Option<Cow<'_, str>> {
        let hint = hint::hint(self.0.tried.as_ref(), &self.0.fault);
        match self.may_have_been_applied() {
            true => Some(hint::look_first(hint)),
            false => hint,
        }
    }

    /// Why the body could not be read, if that is what went wrong.
    pub fn decode(&self) -> Option<&DecodeError> {
        match &self.0.fault {
            Fault::Decode { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Making errors.
impl Error {
    /// Something failed while an operation was being sent.
    pub(crate) fn during(tried: Tried, fault: Fault) -> Self {
        Self(Box::new(Inner {
            tried: Some(tried),
            fault,
        }))
    }

    /// The client cannot be set up like this.
    pub(crate) fn configuration(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::alone(Fault::Configuration {
            what: what.into(),
            remedy: remedy.into(),
        })
    }

    /// The client certificate or its key cannot be used.
    pub(crate) fn identity(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::alone(Fault::Identity {
            what: what.into(),
            remedy: remedy.into(),
        })
    }

    /// A value cannot be sent.
    pub(crate) fn invalid_value(what: impl Into<String>) -> Self {
        Self::alone(Fault::InvalidRequest(what.into()))
    }

    /// There is no session to do it in.
    pub(crate) fn no_session() -> Self {
        Self::alone(Fault::NoSession)
    }

    pub(crate) fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// Adds what was being tried.
    pub(crate) fn while_trying(mut self, tried: Tried) -> Self {
        self.0.tried.get_or_insert(tried);
        self
    }

    fn alone(fault: Fault) -> Self {
        Self(Box::new(Inner { tried: None, fault }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Tried { operation, .. }) = &self.0.tried {
            write!(f, "{} ({} {}): ", operation.name, operation.method, operation.path)?;
        }
        write!(f, "{}", self.0.fault)?;
        if self.attempts() > 1 {
            write!(f, " ({} attempts)", self.attempts())?;
        }
        self.hint().map_or(Ok(()), |hint| write!(f, ": {hint}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&format_args!("{self}")).finish()
    }
}

impl std::error::Error for Error {}
