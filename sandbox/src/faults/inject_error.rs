//! Refuses a fault that could never fire, or could not do what it says.

use std::fmt;

use http::{HeaderValue, StatusCode};
use spektrix_v2::operations;

use super::Fault;

/// A tebibyte: nobody waits for more.
const MOST_BYTES: u64 = 1 << 40;

/// A fault cannot be injected; the message says what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InjectError(String);

impl InjectError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for InjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InjectError {}

pub(super) fn check(fault: &Fault, operation: Option<&str>) -> Result<(), InjectError> {
    if let Some(name) = operation.filter(|name| !operations::ALL.iter().any(|known| known.name == *name)) {
        return Err(InjectError::new(format!(
            "there is no operation '{name}': the names are those of the help feed, such as GetEvents"
        )));
    }
    match fault {
        Fault::Status { status, .. } | Fault::HtmlPage { status } => final_status(*status),
        Fault::Redirect { location } => header("location", location),
        Fault::ContentType { value } => header("content type", value),
        Fault::Oversized { bytes } if *bytes > MOST_BYTES => Err(InjectError::new(format!(
            "an oversized body has at most {MOST_BYTES} bytes more"
        ))),
        Fault::Drip { piece: 0, .. } => Err(InjectError::new("a piece of a drip has at least one byte")),
        _ => Ok(()),
    }
}

/// Statuses below 200 are not answers but announcements of one.
fn final_status(status: u16) -> Result<(), InjectError> {
    let is_final = (200..=599).contains(&status) && StatusCode::from_u16(status).is_ok();
    is_final
        .then_some(())
        .ok_or_else(|| InjectError::new(format!("{status} is not a status of an answer: 200 to 599 are")))
}

fn header(what: &str, value: &str) -> Result<(), InjectError> {
    match HeaderValue::try_from(value) {
        Ok(_) => Ok(()),
        Err(_) => Err(InjectError::new(format!(
            "the {what} '{value}' cannot stand in a header"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, check};

    #[test]
    fn what_cannot_work_is_refused_by_name() {
        let status = |status| Fault::Status {
            status,
            retry_after: None,
        };
        let cases = [
            (Fault::Reset, Some("GetEvnts"), "no operation 'GetEvnts'"),
            (status(199), None, "199 is not a status"),
            (status(600), None, "600 is not a status"),
            (Fault::HtmlPage { status: 0 }, None, "0 is not a status"),
            (
                Fault::Oversized { bytes: u64::MAX },
                None,
                "at most 1099511627776 bytes",
            ),
            (
                Fault::Redirect {
                    location: "a\nb".into(),
                },
                None,
                "the location",
            ),
            (Fault::ContentType { value: "\0".into() }, None, "the content type"),
            (
                Fault::Drip {
                    piece: 0,
                    pause: std::time::Duration::ZERO,
                },
                None,
                "at least one byte",
            ),
        ];
        for (fault, operation, expected) in cases {
            let error = check(&fault, operation).expect_err("it cannot work").to_string();
            assert!(error.contains(expected), "{fault:?}: {error}");
        }
        assert_eq!(check(&status(204), Some("GetEvents")), Ok(()));
    }
}
