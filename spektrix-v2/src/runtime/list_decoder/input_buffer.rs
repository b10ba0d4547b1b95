//! Buffers the part of a body that has arrived and was not decoded, as text.
//!
//! Chunks may be cut in the middle of a character. Bytes that are not UTF-8 are a fault, which is reported once everything
//! before them was decoded.

use std::str::from_utf8;

use crate::runtime::encoding::{CUT_CHARACTER, NOT_UTF8, ZERO_BYTE, other_form};
use crate::runtime::error::{DecodeError, DecodeErrorKind};

/// The part of a body that has arrived and was not decoded.
#[derive(Debug, Default)]
pub(super) struct InputBuffer {
    text: String,
    /// How many bytes of the text were decoded.
    decoded: usize,
    /// How many bytes of the body precede the text.
    before: usize,
    /// The first bytes of a character that is not complete. At the start of the body, also the bytes that are needed to
    /// recognize the encoding.
    incomplete: Vec<u8>,
    has_started: bool,
    fault: Option<DecodeErrorKind>,
}

/// How many bytes are needed to distinguish UTF-16 and compressed bodies from UTF-8.
const ENCODING_BYTES: usize = 2;

impl InputBuffer {
    /// Adds a chunk.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        self.drop_decoded();
        if self.has_started {
            self.append(chunk);
        } else if self.incomplete.is_empty() && chunk.len() >= ENCODING_BYTES {
            self.start(chunk);
        } else {
            self.incomplete.extend_from_slice(chunk);
            if self.incomplete.len() >= ENCODING_BYTES {
                self.start_with_incomplete();
            }
        }
    }

    /// Marks the end of the body.
    pub(super) fn finish(&mut self) {
        if !self.has_started {
            self.start_with_incomplete();
        }
        if !self.incomplete.is_empty() {
            self.set_fault(DecodeErrorKind::Malformed(CUT_CHARACTER.into()));
        }
    }

    /// Returns the text that was not decoded.
    pub(super) fn remaining(&self) -> &str {
        &self.text[self.decoded..]
    }

    /// Marks this many bytes as decoded.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.decoded += bytes;
    }

    /// Returns the offset in the body of the remaining text.
    pub(super) fn offset(&self) -> usize {
        self.before + self.decoded
    }

    /// Returns why nothing can follow the text, if something in the body is not UTF-8.
    pub(super) fn fault(&self) -> Option<DecodeError> {
        let kind = self.fault.clone()?;
        Some(DecodeError::new(kind, String::new(), self.before + self.text.len()))
    }

    /// Returns how many bytes of memory the buffer takes.
    pub(super) fn capacity(&self) -> usize {
        self.text.capacity() + self.incomplete.capacity()
    }

    // Once per chunk, not per item: it moves the remaining text to the front.
    fn drop_decoded(&mut self) {
        self.text.drain(..self.decoded);
        self.before += std::mem::take(&mut self.decoded);
    }

    fn start_with_incomplete(&mut self) {
        let first = std::mem::take(&mut self.incomplete);
        self.start(&first);
    }

    fn start(&mut self, first: &[u8]) {
        self.has_started = true;
        if let Some(form) = other_form(first) {
            self.set_fault(DecodeErrorKind::Encoding(form.into()));
        }
        self.append(first);
    }

    fn append(&mut self, mut bytes: &[u8]) {
        // Completes the character that was cut, byte by byte.
        while let Some((byte, rest)) = bytes.split_first().filter(|_| !self.incomplete.is_empty()) {
            self.incomplete.push(*byte);
            bytes = rest;
            let character = std::mem::take(&mut self.incomplete);
            self.append_from_boundary(&character);
        }
        self.append_from_boundary(bytes);
    }

    /// Appends bytes that start at the boundary of a character.
    fn append_from_boundary(&mut self, bytes: &[u8]) {
        // Nothing after a fault is decoded.
        if self.fault.is_some() {
            return;
        }
        match from_utf8(bytes) {
            Ok(text) => self.append_text(text),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                self.append_text(from_utf8(valid).unwrap_or_default());
                match error.error_len() {
                    None => self.incomplete = rest.to_vec(),
                    Some(_) => self.set_fault(DecodeErrorKind::Encoding(NOT_UTF8.into())),
                }
            }
        }
    }

    fn append_text(&mut self, text: &str) {
        let (text, has_zero) = match memchr::memchr(0, text.as_bytes()) {
            Some(zero) => (&text[..zero], true),
            None => (text, false),
        };
        if self.text.capacity() < self.text.len() + text.len() {
            // Grows by what is needed instead of doubling, to hold little memory. But by at least an eighth, so that an
            // item that arrives in small chunks is not copied for each of them.
            self.text.reserve_exact(text.len().max(self.text.len() / 8));
        }
        self.text.push_str(text);
        if has_zero {
            self.set_fault(DecodeErrorKind::Malformed(ZERO_BYTE.into()));
        }
    }

    fn set_fault(&mut self, fault: DecodeErrorKind) {
        self.fault.get_or_insert(fault);
    }
}
