//! Content codings: which one a request accepts, and how a body is compressed.

use std::fmt;
use std::io::{self, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use http::{HeaderMap, header};
use serde::{Deserialize, Serialize};

/// How a body is compressed. See [`Fault::Compress`](crate::Fault::Compress).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContentCoding {
    /// `Content-Encoding: gzip`.
    Gzip,
    /// `Content-Encoding: deflate`, in the zlib format, as the standard requires.
    Deflate,
    /// `Content-Encoding: deflate`, without the zlib format around it, as some servers send it.
    RawDeflate,
    /// `Content-Encoding: br`.
    Brotli,
}

impl ContentCoding {
    /// Returns the value of `Content-Encoding`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate | Self::RawDeflate => "deflate",
            Self::Brotli => "br",
        }
    }

    /// Returns the coding that the headers of a request prefer. Of several with the same weight, returns the one that
    /// compresses best.
    pub(crate) fn accepted_by(headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(header::ACCEPT_ENCODING).iter();
        let lines = lines.filter_map(|line| line.to_str().ok());
        let weights: Vec<_> = lines.flat_map(|line| line.split(',')).filter_map(weight).collect();
        let weight_of = |name: &str| {
            let find = |wanted: &str| weights.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            find(name).or_else(|| find("*")).map_or(0, |(_, weight)| *weight)
        };
        let identity = weights.iter().find(|(name, _)| name.eq_ignore_ascii_case("identity"));
        let min = identity.map_or(1, |(_, weight)| *weight).max(1);
        let codings = [Self::Deflate, Self::Gzip, Self::Brotli].into_iter();
        let weighted = codings.map(|coding| (weight_of(coding.name()), coding));
        // Of several maxima, the last one is returned.
        let best = weighted.max_by_key(|(weight, _)| *weight);
        best.filter(|(weight, _)| *weight >= min).map(|(_, coding)| coding)
    }
}

/// Parses `name` or `name;q=0.5`. The weight is in thousandths.
fn weight(element: &str) -> Option<(&str, u16)> {
    let mut parts = element.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let Some(weight) = weight else {
        return Some((name, 1000));
    };
    let (whole, fraction) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = format!("{whole}{fraction:0<3}");
    let is_valid = fraction.len() <= 3 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let weight = digits.parse().ok().filter(|weight| is_valid && *weight <= 1000)?;
    Some((name, weight))
}

/// Compresses a body in chunks.
pub(crate) enum Encoder {
    Gzip(GzEncoder<Vec<u8>>),
    Deflate(ZlibEncoder<Vec<u8>>),
    RawDeflate(DeflateEncoder<Vec<u8>>),
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
}

/// Brotli's default quality is meant for files that are compressed once.
const BROTLI_QUALITY: u32 = 4;
const BROTLI_WINDOW_BITS: u32 = 20;
const BROTLI_BUFFER: usize = 4096;

impl Encoder {
    pub(crate) fn new(coding: ContentCoding) -> Self {
        let (sink, level) = (Vec::new(), Compression::default());
        match coding {
            ContentCoding::Gzip => Self::Gzip(GzEncoder::new(sink, level)),
            ContentCoding::Deflate => Self::Deflate(ZlibEncoder::new(sink, level)),
            ContentCoding::RawDeflate => Self::RawDeflate(DeflateEncoder::new(sink, level)),
            ContentCoding::Brotli => {
                let writer = brotli::CompressorWriter::new(sink, BROTLI_BUFFER, BROTLI_QUALITY, BROTLI_WINDOW_BITS);
                Self::Brotli(Box::new(writer))
            }
        }
    }

    /// Compresses the next chunk. Returns what is ready to be sent, which can be empty.
    pub(crate) fn encode(&mut self, chunk: &[u8]) -> io::Result<Bytes> {
        let sink = match self {
            Self::Gzip(encoder) => write(encoder, chunk)?.get_mut(),
            Self::Deflate(encoder) => write(encoder, chunk)?.get_mut(),
            Self::RawDeflate(encoder) => write(encoder, chunk)?.get_mut(),
            Self::Brotli(encoder) => write(encoder.as_mut(), chunk)?.get_mut(),
        };
        Ok(std::mem::take(sink).into())
    }

    /// Returns the end of the compressed body.
    pub(crate) fn finish(self) -> io::Result<Bytes> {
        let rest = match self {
            Self::Gzip(encoder) => encoder.finish()?,
            Self::Deflate(encoder) => encoder.finish()?,
            Self::RawDeflate(encoder) => encoder.finish()?,
            Self::Brotli(encoder) => encoder.into_inner(),
        };
        Ok(rest.into())
    }
}

fn write<'a, W: Write>(encoder: &'a mut W, chunk: &[u8]) -> io::Result<&'a mut W> {
    encoder.write_all(chunk)?;
    Ok(encoder)
}

impl fmt::Debug for Encoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoder").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::ContentCoding;

    #[test]
    fn the_request_determines_the_coding() {
        use ContentCoding::{Brotli, Deflate, Gzip};
        let cases: [(&[&str], Option<ContentCoding>); 16] = [
            (&[], None),
            (&[""], None),
            (&["gzip"], Some(Gzip)),
            (&["GZIP"], Some(Gzip)),
            (&["gzip, deflate, br"], Some(Brotli)),
            (&["deflate", "gzip"], Some(Gzip)),
            (&["deflate"], Some(Deflate)),
            (&["*"], Some(Brotli)),
            (&["*, br;q=0"], Some(Gzip)),
            (&["gzip;q=0.5, br;q=0.25"], Some(Gzip)),
            (&["gzip;q=0"], None),
            (&["identity"], None),
            (&["identity, gzip;q=0.9"], None),
            (&["identity;q=0.5, gzip"], Some(Gzip)),
            (&["gzip;q=2, deflate;q=0.001"], Some(Deflate)),
            (&["zstd, gzip ; q=1.000"], Some(Gzip)),
        ];
        for (lines, expected) in cases {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
            }
            assert_eq!(ContentCoding::accepted_by(&headers), expected, "{lines:?}");
        }
    }
}
