//! The one error type of the crate: opaque, with a kind to match on, and queried with predicates.
//!
//! [`fault`] has the kinds of failure and their messages, [`hint`] the advice about each, [`kind`] and [`predicates`] the
//! questions that a program can ask. Strings from outside get into an error only through [`redaction`].

mod card_number;
mod decodings;
mod error_page;
mod fault;
mod hint;
mod kind;
mod page_text;
mod predicates;
mod redaction;
mod service_message;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::StatusCode;

use crate::runtime::DecodeError;

pub(crate) use error_page::ErrorPage;
pub(crate) use fault::{ErrorContext, Fault};
pub use kind::ErrorKind;
#[cfg(feature = "testing")]
pub(crate) use redaction::escape_invisible;
pub(crate) use redaction::{NAME, PATH, Redactor, Shown};

/// A call failed, or a client could not be set up.
///
/// Its `Display` is one line: what was attempted, what happened, and what to do. [`kind`](Self::kind) returns the kind of
/// error to match on. The predicates are wider, and the documentation of each has a *Troubleshooting* section. Cloning is
/// cheap.
///
/// No error shows the API key, the key of the client certificate, a session's identifier, a password that was sent, or the
/// address of a request. The line contains everything that is known, so there is no
/// [`source`](std::error::Error::source) to follow.
///
/// ```no_run
/// # async fn example() -> Result<(), spektrix_v2::Error> {
/// # let stored = String::new();
/// use spektrix_v2::{Client, Session};
///
/// let session = Session::restore(&Client::from_env()?, &stored)?;
/// match session.basket().await {
///     Ok(basket) => println!("{basket:?}"),
///     Err(error) if error.is_session_expired() => println!("the basket is gone: start a new one"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    context: Option<ErrorContext>,
    fault: Fault,
}

impl Error {
    /// Returns the name of the operation that failed: `GetEvents`. Returns `None` if the error is about a setting or a
    /// value, not about a call.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.context.map(|context| context.operation.name)
    }

    /// Returns how many times the request was sent, or an attempt to send it was made: 0 if the call failed before that.
    pub fn attempts(&self) -> u32 {
        self.0.context.map_or(0, |context| context.attempts)
    }

    /// Returns the status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.fault.status()
    }

    /// Returns the text of the service's error page or message: on one line, without tags, cut to 300 characters, control
    /// characters escaped.
    ///
    /// Secrets of the request and card numbers in it are replaced by `***`. Returns `None` if the text still repeats a
    /// secret: encoded, or eight letters or digits of it in a row.
    pub fn excerpt(&self) -> Option<&str> {
        match &self.0.fault {
            Fault::Status { page, .. } => page.excerpt.as_str(),
            Fault::Decode { excerpt, .. } | Fault::NoDocument { excerpt, .. } => excerpt.as_str(),
            _ => None,
        }
    }

    /// Returns the sentence of the service alone, if it refused the request with one: `Seat is taken`.
    ///
    /// It is the text of a plain response, or the content of the element or member that contains the message; `None` for
    /// the page of a gateway. It is shortened and masked like the [excerpt](Self::excerpt). It may repeat what a visitor
    /// typed: escape it before you put it into HTML.
    pub fn message(&self) -> Option<&str> {
        match &self.0.fault {
            Fault::Status { page, .. } => page.message.as_str(),
            _ => None,
        }
    }

    /// Returns what to do about it.
    pub fn hint(&self) -> Option<Cow<'_, str>> {
        let hint = hint::hint(self.0.context.as_ref(), &self.0.fault);
        if self.may_have_been_applied() {
            Some(hint::check_first(hint))
        } else {
            hint
        }
    }

    /// Returns why the body of the response could not be decoded, if that is the failure.
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.0.fault {
            Fault::Decode { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Constructors.
impl Error {
    /// A call failed.
    pub(crate) fn during(context: ErrorContext, fault: Fault) -> Self {
        Self(Arc::new(Inner {
            context: Some(context),
            fault,
        }))
    }

    /// A client cannot be set up with a setting.
    pub(crate) fn configuration(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::without_context(Fault::Configuration {
            what: what.into(),
            remedy: remedy.into(),
        })
    }

    /// The client certificate or its key cannot be used.
    pub(crate) fn identity(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::without_context(Fault::Identity {
            what: what.into(),
            remedy: remedy.into(),
        })
    }

    /// A value cannot be sent.
    pub(crate) fn invalid_value(what: impl Into<String>) -> Self {
        Self::without_context(Fault::InvalidRequest(what.into()))
    }

    /// A file cannot be written.
    pub(crate) fn file(what: impl Into<String>) -> Self {
        Self::without_context(Fault::File { what: what.into() })
    }

    /// The session has not started.
    pub(crate) fn no_session() -> Self {
        Self::without_context(Fault::NoSession)
    }

    /// There is no Tokio runtime.
    pub(crate) fn no_runtime() -> Self {
        Self::without_context(Fault::NoRuntime)
    }

    pub(crate) fn fault(&self) -> &Fault {
        &self.0.fault
    }

    /// Adds the call that failed, unless it is known.
    pub(crate) fn with_context(mut self, context: ErrorContext) -> Self {
        Arc::make_mut(&mut self.0).context.get_or_insert(context);
        self
    }

    fn without_context(fault: Fault) -> Self {
        Self(Arc::new(Inner { context: None, fault }))
    }
}

/// `operation: what happened (attempts): what to do`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation() {
            write!(f, "{operation}: ")?;
        }
        write!(f, "{}", self.0.fault)?;
        if self.attempts() > 1 {
            write!(f, " ({} attempts)", self.attempts())?;
        }
        self.hint().map_or(Ok(()), |hint| write!(f, ": {hint}"))
    }
}

/// The same line as `Display`: `unwrap` and `expect` print it.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&format_args!("{self}")).finish()
    }
}

impl std::error::Error for Error {}
