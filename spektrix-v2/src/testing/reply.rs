//! A response, or a failure, that a replay returns.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::operation::Operation;
use crate::session_state::COOKIE_NAME;
use crate::transport::{TransportError, TransportErrorKind, TransportResponse};

/// A response, or a failure. A string converts to a response with status 200 and that body.
#[derive(Debug, Clone)]
pub struct Reply(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Response {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    },
    Failure(TransportError),
}

impl Reply {
    /// Creates a response with status 200 and this body.
    pub fn ok(body: impl Into<Bytes>) -> Self {
        Self(Kind::Response {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: body.into(),
        })
    }

    /// Creates a response with status 200 that an operation decodes as this value.
    ///
    /// ```
    /// use spektrix_v2::Band;
    /// use spektrix_v2::operations::GetBands;
    /// use spektrix_v2::testing::{Replay, Reply};
    ///
    /// let bands = vec![Band::new(7, "Stalls")];
    /// let replay = Replay::new().respond("GetBands", Reply::value::<GetBands>(&bands));
    /// ```
    ///
    /// # Panics
    ///
    /// If a string of the value contains a character that XML cannot represent, such as a zero byte.
    #[expect(clippy::expect_used, reason = "a test with an impossible value is itself a mistake")]
    pub fn value<O: Operation>(value: &O::Response) -> Self {
        let body = O::encode_response(value).expect("XML can represent the value");
        Self::ok(body.unwrap_or_default())
    }

    /// Creates a response with this status and without a body.
    ///
    /// # Panics
    ///
    /// If the status is below 100 or above 999.
    #[expect(clippy::expect_used, reason = "a test with an impossible status is itself a mistake")]
    pub fn status(status: u16) -> Self {
        Self(Kind::Response {
            status: StatusCode::from_u16(status).expect("a status is between 100 and 999"),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        })
    }

    /// Creates a failure: there is no response.
    pub fn failure(fault: TransportErrorKind) -> Self {
        Self(Kind::Failure(TransportError::new(fault, "replayed")))
    }

    /// Sets the body. Does nothing for a failure.
    #[must_use]
    pub fn with_body(mut self, content: impl Into<Bytes>) -> Self {
        if let Kind::Response { body, .. } = &mut self.0 {
            *body = content.into();
        }
        self
    }

    /// Adds a header. Does nothing for a failure.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Kind::Response { headers, .. } = &mut self.0 {
            headers.append(name, value);
        }
        self
    }

    /// Adds the cookie of a session, as the service sends it when a change starts one.
    ///
    /// # Panics
    ///
    /// If a header cannot contain the identifier.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "a test with an impossible session is itself a mistake"
    )]
    pub fn with_session(self, id: &str) -> Self {
        let line = format!("{COOKIE_NAME}={id}; path=/; secure; HttpOnly");
        let line = HeaderValue::from_str(&line).expect("a session identifier is a valid header value");
        self.with_header(http::header::SET_COOKIE, line)
    }

    pub(super) fn into_result(self) -> Result<TransportResponse, TransportError> {
        match self.0 {
            Kind::Response { status, headers, body } => Ok(TransportResponse::new(status, body).with_headers(headers)),
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
