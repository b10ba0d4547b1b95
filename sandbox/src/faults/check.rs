//! Refuses faults that could never fire or could not have their effect.

use std::fmt;

use http::{HeaderValue, StatusCode};
use spektrix_v2::operations;

use super::fault::Fault;
use super::injection::Injection;

/// One tebibyte, which is more than any test waits for.
const MAX_OVERSIZED_BYTES: u64 = 1 << 40;

/// A fault cannot be injected. The message describes the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InjectError(String);

impl InjectError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(crate) fn no_client(name: &str) -> Self {
        Self(format!("there is no venue with the client name '{name}'"))
    }
}

impl fmt::Display for InjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InjectError {}

/// Checks that the operation exists and that the values of the fault are valid.
pub(super) fn check(injection: &Injection) -> Result<(), InjectError> {
    let operation = injection.operation.as_deref();
    if let Some(name) = operation.filter(|name| !operations::ALL.iter().any(|known| known.name == *name)) {
        return Err(InjectError::new(format!(
            "there is no operation '{name}': use a name of the help feed, such as GetEvents"
        )));
    }
    match &injection.fault {
        Fault::Status { status, .. } | Fault::HtmlPage { status } => check_status(*status),
        Fault::Respond {
            status, content_type, ..
        } => check_status(*status).and_then(|()| check_header("content type", content_type)),
        Fault::Redirect { location } => check_header("location", location),
        Fault::ContentType { value } => check_header("content type", value),
        Fault::FalseContentEncoding { value } => check_header("content encoding", value),
        Fault::FalseXmlEncoding { encoding } => check_encoding(encoding),
        Fault::Oversized { bytes } | Fault::CompressionBomb { bytes, .. } if *bytes > MAX_OVERSIZED_BYTES => {
            Err(InjectError::new(format!(
                "an oversized body can have at most {MAX_OVERSIZED_BYTES} additional bytes"
            )))
        }
        Fault::Drip { chunk: 0, .. } => Err(InjectError::new("a chunk must have at least one byte")),
        _ => Ok(()),
    }
}

/// Statuses below 200 are interim responses, which the sandbox cannot send on their own.
fn check_status(status: u16) -> Result<(), InjectError> {
    let is_final = (200..=599).contains(&status) && StatusCode::from_u16(status).is_ok();
    is_final.then_some(()).ok_or_else(|| {
        InjectError::new(format!(
            "{status} is not the status of a final response: use 200 to 599"
        ))
    })
}

/// Checks the name of an encoding, which is in quotation marks in the XML declaration.
fn check_encoding(name: &str) -> Result<(), InjectError> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
    let is_valid = name.starts_with(|letter: char| letter.is_ascii_alphabetic()) && name.chars().all(is_name);
    is_valid.then_some(()).ok_or_else(|| {
        InjectError::new(format!(
            "'{name}' is not the name of an encoding: use one such as iso-8859-1"
        ))
    })
}

fn check_header(name: &str, value: &str) -> Result<(), InjectError> {
    match HeaderValue::try_from(value) {
        Ok(_) => Ok(()),
        Err(_) => Err(InjectError::new(format!(
            "the {name} '{value}' is not a valid header value"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Injection, check};

    #[test]
    fn invalid_faults_are_refused() {
        let status = |status| Fault::Status {
            status,
            retry_after: None,
        };
        let redirect = Fault::Redirect {
            location: "a\nb".into(),
        };
        let drip = Fault::Drip {
            chunk: 0,
            pause: std::time::Duration::ZERO,
        };
        let cases = [
            (Fault::Reset.on("GetEvnts"), "no operation 'GetEvnts'"),
            (status(199).into(), "199 is not the status"),
            (status(600).into(), "600 is not the status"),
            (Fault::HtmlPage { status: 0 }.into(), "0 is not the status"),
            (
                Fault::Oversized { bytes: u64::MAX }.into(),
                "at most 1099511627776 additional bytes",
            ),
            (redirect.into(), "the location"),
            (Fault::ContentType { value: "\0".into() }.into(), "the content type"),
            (drip.into(), "at least one byte"),
            (
                Fault::FalseXmlEncoding { encoding: "a\"".into() }.into(),
                "not the name of an encoding",
            ),
            (
                Fault::FalseContentEncoding { value: "\n".into() }.into(),
                "the content encoding",
            ),
        ];
        for (injection, expected) in cases {
            let injection: Injection = injection;
            let error = check(&injection).expect_err("it is invalid").to_string();
            assert!(error.contains(expected), "{injection:?}: {error}");
        }
        assert_eq!(check(&status(204).on("GetEvents")), Ok(()));
    }
}
