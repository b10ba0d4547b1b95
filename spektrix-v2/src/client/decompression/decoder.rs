//! The decoders of gzip, deflate and brotli, each of which takes the bytes as they arrive.

use std::io::{self, Write};

use brotli_decompressor::DecompressorWriter;
use flate2::write::MultiGzDecoder;
use flate2::{Decompress, FlushDecompress, Status};

use super::output::Output;

/// Decompresses one body.
pub(super) enum Decoder {
    Gzip(MultiGzDecoder<Output>),
    Deflate(Deflate),
    Brotli(Box<DecompressorWriter<Output>>),
}

/// Why a body cannot be decompressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is not in the encoding.
    Corrupt,
    /// It ends early.
    Incomplete,
    /// It expands beyond the limit.
    TooLarge,
}

impl Decoder {
    /// Creates the decoder of an encoding, by its name in `Content-Encoding`.
    pub(super) fn new(encoding: &str) -> Option<Self> {
        const BUFFER: usize = 16 * 1024;
        Some(match encoding {
            "gzip" | "x-gzip" => Self::Gzip(MultiGzDecoder::new(Output::default())),
            "deflate" => Self::Deflate(Deflate::default()),
            "br" => Self::Brotli(Box::new(DecompressorWriter::new(Output::default(), BUFFER))),
            _ => return None,
        })
    }

    /// Decompresses the next bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        self.output().receive(bytes.len());
        let result = match self {
            Self::Gzip(decoder) => decoder.write_all(bytes),
            Self::Deflate(decoder) => decoder.write(bytes),
            Self::Brotli(decoder) => decoder.write_all(bytes),
        };
        self.taken(&result, Failure::Corrupt)
    }

    /// Returns what is left at the end of the body.
    pub(super) fn finish(&mut self) -> Result<Vec<u8>, Failure> {
        let result = match self {
            Self::Gzip(decoder) => decoder.try_finish(),
            Self::Deflate(decoder) => decoder.finish(),
            Self::Brotli(decoder) => decoder.close(),
        };
        self.taken(&result, Failure::Incomplete)
    }

    fn taken(&mut self, result: &io::Result<()>, failure: Failure) -> Result<Vec<u8>, Failure> {
        let output = self.output();
        match result {
            Ok(()) => Ok(output.take()),
            Err(_) if output.has_too_much() => Err(Failure::TooLarge),
            Err(_) => Err(failure),
        }
    }

    fn output(&mut self) -> &mut Output {
        match self {
            Self::Gzip(decoder) => decoder.get_mut(),
            Self::Deflate(decoder) => &mut decoder.output,
            Self::Brotli(decoder) => decoder.get_mut(),
        }
    }
}

/// Decodes `deflate`. The standard means zlib; some servers send the bare format inside of it. The first bytes tell.
#[derive(Default)]
pub(super) struct Deflate {
    output: Output,
    decompress: Option<Decompress>,
    /// The first byte, until there are two.
    first: Vec<u8>,
    is_at_end: bool,
}

impl Deflate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.decompress.is_some() {
            return self.run(bytes);
        }
        self.first.extend_from_slice(bytes);
        let [first, second, ..] = *self.first.as_slice() else {
            return Ok(());
        };
        let header = u16::from_be_bytes([first, second]);
        let is_zlib = first & 0x0F == 8 && header.is_multiple_of(31);
        self.decompress = Some(Decompress::new(is_zlib));
        let bytes = std::mem::take(&mut self.first);
        self.run(&bytes)
    }

    fn run(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        let Some(decompress) = &mut self.decompress else {
            return Ok(());
        };
        let mut buffer = [0; 16 * 1024];
        while !self.is_at_end {
            let (before_in, before_out) = (decompress.total_in(), decompress.total_out());
            let status = decompress.decompress(bytes, &mut buffer, FlushDecompress::None);
            let status = status.map_err(io::Error::other)?;
            let consumed = usize::try_from(decompress.total_in() - before_in).unwrap_or(bytes.len());
            let produced = usize::try_from(decompress.total_out() - before_out).unwrap_or(0);
            bytes = &bytes[consumed..];
            if !self.output.add(&buffer[..produced]) {
                return Err(io::Error::other("the limit was reached"));
            }
            self.is_at_end = status == Status::StreamEnd;
            let needs_more = bytes.is_empty() && produced < buffer.len();
            if needs_more || (consumed, produced) == (0, 0) {
                return Ok(());
            }
        }
        Ok(())
    }

    fn finish(&self) -> io::Result<()> {
        if self.is_at_end {
            Ok(())
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}
