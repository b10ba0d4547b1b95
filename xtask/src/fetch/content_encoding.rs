//! Decompresses pages. None is asked for, but some servers compress every response.

use std::io::Read as _;

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use spektrix_v2_codegen::printable::one_line;

use super::error::Cause;

/// How many characters of an unknown encoding are shown.
const LONGEST_NAME: usize = 40;

/// How a page is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentEncoding {
    Identity,
    Gzip,
    Deflate,
}

impl ContentEncoding {
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Cause> {
        let name = headers
            .get(CONTENT_ENCODING)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase());
        match name.as_deref().map_or("", str::trim) {
            "" | "identity" => Ok(Self::Identity),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "deflate" => Ok(Self::Deflate),
            other => Err(Cause::Encoding(one_line(other, LONGEST_NAME))),
        }
    }

    /// Decompresses a body, of which the result may have this many bytes.
    pub(super) fn decode(self, body: Vec<u8>, limit: usize) -> Result<Vec<u8>, Cause> {
        let mut decoded = Vec::new();
        // One byte more than allowed, so that a longer body is noticed.
        let room = limit as u64 + 1;
        let read = match self {
            Self::Identity => return Ok(body),
            Self::Gzip => MultiGzDecoder::new(body.as_slice())
                .take(room)
                .read_to_end(&mut decoded),
            Self::Deflate => ZlibDecoder::new(body.as_slice()).take(room).read_to_end(&mut decoded),
        };
        match read {
            Ok(_) if decoded.len() > limit => Err(Cause::TooLarge(limit)),
            Ok(_) => Ok(decoded),
            Err(_) => Err(Cause::DamagedEncoding),
        }
    }
}
