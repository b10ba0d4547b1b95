//! Checks by its content that a download is the document: headers may be wrong, and a file with an error page in it would be
//! opened by a customer.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::response::content_length;
use super::send::OpenResponse;
use crate::error::{Fault, NAME, Shown};

/// What every PDF starts with.
const PDF: &[u8] = b"%PDF";
/// How many bytes may precede it: whitespace, which readers of PDF skip.
const MAX_PRECEDING: usize = 1024;

/// Reads the beginning of a document, until it shows that it is one. `time` is the limit for each wait.
pub(super) async fn read_beginning(response: &mut OpenResponse, time: Duration) -> Result<Bytes, Fault> {
    let (status, headers) = (response.response.status, &response.response.headers);
    if status == StatusCode::NO_CONTENT || content_length(headers) == Some(0) {
        return Err(no_document(response, "empty", &[]));
    }
    // Text is a message or an error page.
    if let Some(content_type) = text_type(headers) {
        return Err(no_document(response, &content_type, &[]));
    }
    let mut beginning = BytesMut::new();
    loop {
        let content = content(&beginning);
        if content.starts_with(PDF) {
            return Ok(beginning.freeze());
        }
        let may_become_pdf = PDF.starts_with(content) && beginning.len() - content.len() <= MAX_PRECEDING;
        let chunk = if may_become_pdf {
            response.next_chunk(time).await?
        } else {
            None
        };
        match chunk {
            Some(chunk) => beginning.extend_from_slice(&chunk),
            None => return Err(no_document(response, describe(content), content)),
        }
    }
}

fn content(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

fn describe(content: &[u8]) -> &'static str {
    match content {
        [] => "empty",
        [b'<', ..] => "a web page or XML",
        [b'{' | b'[', ..] => "JSON",
        _ => "data of another kind",
    }
}

/// Quotes the beginning only if it is markup: other data may be a customer's.
fn no_document(response: &OpenResponse, what: &str, content: &[u8]) -> Fault {
    let excerpt = if content.starts_with(b"<") {
        response.redactor.show_page(content, true)
    } else {
        Shown::nothing()
    };
    Fault::NoDocument {
        status: response.response.status,
        what: response.redactor.show(what, NAME),
        excerpt,
    }
}

/// Returns the declared type of the body, if it is text.
fn text_type(headers: &HeaderMap) -> Option<String> {
    let declared = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let declared = declared.split(';').next()?.trim().to_ascii_lowercase();
    let is_text = declared.starts_with("text/") || declared.ends_with("/xml") || declared.ends_with("/json");
    is_text.then_some(declared)
}
