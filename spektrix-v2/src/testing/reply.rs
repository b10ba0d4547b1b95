//! One answer of a replay.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::session_state::COOKIE_NAME;
use crate::transport::{TransportError, TransportFault, TransportResponse};

/// An answer, or a failure. A text alone stands for the body of an answer with status 200.
#[derive(Debug, Clone)]
pub struct Reply(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    },
    Failure(TransportError),
}

impl Reply {
    /// Status 200 and this body.
    pub fn ok(body: impl Into<Bytes>) -> Self {
        Self(Kind::Answer {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.into(),
        })
    }

    /// This status, and no body.
    ///
    /// # Panics
    ///
    /// If it is no status: below 100, or above 999.
    #[expect(clippy::expect_used, reason = "a test with an impossible status is wrong itself")]
    pub fn status(status: u16) -> Self {
        Self(Kind::Answer {
            status: StatusCode::from_u16(status).expect("a status is between 100 and 999"),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        })
    }

    /// No answer, but this failure.
    pub fn failure(fault: TransportFault) -> Self {
        Self(Kind::Failure(TransportError::new(fault, "replayed")))
    }

    /// The same answer with this body. A failure has none.
    #[must_use]
    pub fn with_body(mut self, text: impl Into<Bytes>) -> Self {
        if let Kind::Answer { body, .. } = &mut self.0 {
            *body = text.into();
        }
        self
    }

    /// The same answer with one more header. A failure has none.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Kind::Answer { headers, .. } = &mut self.0 {
            headers.append(name, value);
        }
        self
    }

    /// The same answer with the cookie of a session, as the service sends it when a change begins one.
    ///
    /// # Panics
    ///
    /// If the identifier fits no header.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test with an impossible session is wrong itself")]
    pub fn with_session(self, id: &str) -> Self {
        let line = format!("{COOKIE_NAME}={id}; path=/; secure; HttpOnly");
        let line = HeaderValue::from_str(&line).expect("the session's identifier fits a header");
        self.with_header(http::header::SET_COOKIE, line)
    }

    pub(super) fn into_result(self) -> Result<TransportResponse, TransportError> {
        match self.0 {
            Kind::Answer { status, headers, body } => Ok(TransportResponse::new(status, body).with_headers(headers)),
            Kind::Failure(error) => Err(error),
        }
    }
}

impl From<&str> for Reply {
    fn from(body: &str) -> Self {
        Self::ok(body.to_owned())
    }
}

impl From<String> for Reply {
    fn from(body: String) -> Self {
        Self::ok(body)
    }
}
