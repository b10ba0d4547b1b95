//! JSON answers, and refusals that say what is wrong.

use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::json;

use crate::service;

#[derive(Debug)]
pub(super) struct Answer {
    status: StatusCode,
    body: Bytes,
}

impl Answer {
    pub(super) fn ok(value: &impl Serialize) -> Self {
        Self::new(StatusCode::OK, value)
    }

    pub(super) fn new(status: StatusCode, value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self {
                status,
                body: body.into(),
            },
            Err(error) => Refusal::failed(error).into(),
        }
    }

    pub(super) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        response
    }
}

/// Why a request was refused, in a sentence.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    pub(super) fn bad_request(error: impl fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error.to_string())
    }

    /// It is the sandbox that could not do it.
    pub(super) fn failed(error: impl fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}

impl From<service::Refusal> for Refusal {
    fn from(refusal: service::Refusal) -> Self {
        let (status, message) = refusal.into_parts();
        Self { status, message }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let body = json!({ "error": refusal.message }).to_string();
        Self {
            status: refusal.status,
            body: body.into(),
        }
    }
}
