//! The method a request means: updates may come as PATCH, as PROPPATCH, or as POST with an override header.

use http::request::Parts;
use http::{Method, StatusCode};

use crate::service::Refusal;

const OVERRIDE: &str = "x-http-method-override";

/// The method after `X-HTTP-Method-Override`, which counts on a POST only, and with PROPPATCH read as PATCH.
pub(super) fn effective(head: &Parts) -> Result<Method, Refusal> {
    let method = match head.headers.get(OVERRIDE) {
        Some(value) if head.method == Method::POST => Method::from_bytes(&value.as_bytes().to_ascii_uppercase())
            .map_err(|_| {
                Refusal::new(
                    StatusCode::BAD_REQUEST,
                    "X-HTTP-Method-Override does not hold a method.",
                )
            })?,
        _ => head.method.clone(),
    };
    let is_update = method.as_str() == "PROPPATCH";
    Ok(if is_update { Method::PATCH } else { method })
}
