//! Decompresses responses while they arrive, above the transport: so every transport can receive compressed responses.
//!
//! A compressed body may expand to any size. [`output`] limits how much comes out for what went in, and little is
//! decompressed ahead, so memory stays small. The caller limits the decompressed bytes.

#[cfg(feature = "compression")]
mod decoder;
#[cfg(feature = "compression")]
mod output;
#[cfg(feature = "compression")]
mod stream;

use http::header::{CONTENT_ENCODING, HeaderMap};

use crate::transport::{TransportError, TransportErrorKind, TransportResponse};

/// What a request accepts.
pub(super) const ACCEPTED: Option<&str> = if cfg!(feature = "compression") {
    Some("br, gzip, deflate")
} else {
    None
};

/// Replaces the body of a response by the decompressed one, if its headers declare that it is compressed.
///
/// The body of a refusal that cannot be decompressed is dropped: the status is more important.
pub(super) fn decompress(mut response: TransportResponse) -> Result<TransportResponse, TransportError> {
    let encodings = declared(&response.headers);
    let result = match encodings.as_slice() {
        [] => return Ok(response),
        [encoding] => replace_body(&mut response, encoding),
        _ => Err(error("it is compressed more than once")),
    };
    match result {
        Ok(()) => Ok(response),
        Err(_) if !response.status.is_success() => {
            response.body = "".into();
            Ok(response)
        }
        Err(error) => Err(error),
    }
}

/// Returns the encodings of a body, without `identity`, which means none.
fn declared(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
    let encodings = values.flat_map(|value| value.split(',').map(|name| name.trim().to_owned()).collect::<Vec<_>>());
    encodings
        .filter(|name| !["", "identity"].contains(&name.as_str()))
        .collect()
}

#[cfg(feature = "compression")]
fn replace_body(response: &mut TransportResponse, encoding: &str) -> Result<(), TransportError> {
    use http::header::CONTENT_LENGTH;

    let decoder = decoder::Decoder::new(encoding).ok_or_else(|| unknown(encoding))?;
    // Both are about the compressed body.
    response.headers.remove(CONTENT_ENCODING);
    response.headers.remove(CONTENT_LENGTH);
    let compressed = std::mem::replace(&mut response.body, "".into());
    response.body = stream::decompressed(compressed, decoder);
    Ok(())
}

#[cfg(not(feature = "compression"))]
fn replace_body(_: &mut TransportResponse, encoding: &str) -> Result<(), TransportError> {
    Err(unknown(encoding))
}

fn unknown(encoding: &str) -> TransportError {
    error(format!("it is compressed with `{encoding}`, which was not asked for"))
}

fn error(message: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::Decompression, message)
}
