//! A body that is decompressed while it arrives.

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};

use super::decoder::{Decoder, Failure};
use super::error;
use crate::transport::{BodyStream, TransportError, TransportErrorKind};

/// How many compressed bytes are decompressed at a time: together with the ratio, this limits what is in memory.
const STEP: usize = 4 * 1024;

/// Returns the decompressed body.
pub(super) fn decompressed(compressed: BodyStream, decoder: Decoder) -> BodyStream {
    let body = Body {
        compressed,
        decoder,
        pending: Bytes::new(),
        is_empty: true,
        is_at_end: false,
    };
    BodyStream::new(stream::try_unfold(body, |mut body| async move {
        Ok(body.next().await?.map(|chunk| (chunk, body)))
    }))
}

struct Body {
    compressed: BodyStream,
    decoder: Decoder,
    /// Compressed bytes that have arrived and were not decompressed.
    pending: Bytes,
    /// Whether nothing has arrived. An empty body is complete.
    is_empty: bool,
    is_at_end: bool,
}

impl Body {
    async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        while !self.is_at_end {
            let decompressed = if self.pending.is_empty() {
                self.receive().await?
            } else {
                let step = self.pending.split_to(self.pending.len().min(STEP));
                self.decoder.write(&step)
            };
            let decompressed = decompressed.map_err(describe)?;
            if !decompressed.is_empty() {
                return Ok(Some(decompressed.into()));
            }
        }
        Ok(None)
    }

    /// Waits for more bytes. At their end, returns what is left in the decoder.
    async fn receive(&mut self) -> Result<Result<Vec<u8>, Failure>, TransportError> {
        if let Some(chunk) = self.compressed.try_next().await? {
            self.is_empty &= chunk.is_empty();
            self.pending = chunk;
            return Ok(Ok(Vec::new()));
        }
        self.is_at_end = true;
        Ok(if self.is_empty {
            Ok(Vec::new())
        } else {
            self.decoder.finish()
        })
    }
}

fn describe(failure: Failure) -> TransportError {
    match failure {
        Failure::Corrupt => error("it is not in the encoding that its headers declare"),
        // As if the connection had broken: a read is retried.
        Failure::Incomplete => TransportError::new(TransportErrorKind::Body, "the compressed body ends early"),
        Failure::TooLarge => error("it expands to more than 250 times its size, and to more than 8 MiB"),
    }
}
