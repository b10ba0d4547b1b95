//! Reads the body of a request into the type that its operation takes.

use http::{StatusCode, header};
use spektrix_v2::{DecodeError, DecodeErrorKind, DecodeOptions, Operation};

use super::namespaces::{self, Refused};
use crate::answers::Call;
use crate::service::Refusal;

/// The body, which must say that it is XML, and be it.
pub(super) fn read<O: Operation>(call: &Call<'_>) -> Result<O::Request, Refusal> {
    is_xml(call)?;
    let operation = O::INFO.name;
    let text = std::str::from_utf8(call.body)
        .map_err(|_| Refusal::invalid(format!("The body of {operation} is not UTF-8.")))?;
    let plain = namespaces::without(text).map_err(|refused| match refused {
        Refused::Malformed(how) => Refusal::invalid(format!("The body of {operation} is not well-formed XML: {how}.")),
        Refused::RootInNamespace => {
            let root = O::INFO.request.root;
            Refusal::invalid(format!(
                "The root of the body of {operation} is in a namespace, and '{root}' is in none."
            ))
        }
    })?;
    let decoded = O::decode_request(&plain, &DecodeOptions::default());
    decoded
        .map(|decoded| decoded.value)
        .map_err(|error| not_accepted(operation, &error))
}

/// JSON, which the help pages mention, is not read here.
fn is_xml(call: &Call<'_>) -> Result<(), Refusal> {
    let sent = call.head.headers.get(header::CONTENT_TYPE);
    let sent = sent.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let sent = sent.unwrap_or_default();
    let (kind, parameters) = sent.split_once(';').unwrap_or((&sent, ""));
    let charset = parameters
        .split(';')
        .find_map(|one| one.trim().strip_prefix("charset="));
    let charset = charset.map(|charset| charset.trim_matches('"'));
    if ["application/xml", "text/xml"].contains(&kind.trim()) && charset.is_none_or(|charset| charset == "utf-8") {
        return Ok(());
    }
    let message = match sent.as_str() {
        "" => "The request has no Content-Type: application/xml is expected.".to_owned(),
        sent => format!("The Content-Type '{sent}' is not read here: application/xml is expected, in UTF-8."),
    };
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message))
}

fn not_accepted(operation: &str, error: &DecodeError) -> Refusal {
    let problem = match error.kind() {
        // The decoder's own words are about answers.
        DecodeErrorKind::Missing(name) => format!("{name} must be set"),
        DecodeErrorKind::NoContent => "it is empty".to_owned(),
        kind => kind.to_string(),
    };
    let place = match error.path() {
        "" => String::new(),
        path => format!(" (in {path})"),
    };
    Refusal::invalid(format!("The body of {operation} cannot be accepted: {problem}{place}."))
}
