//! The text that has arrived and is not read yet, made of bytes that may be cut in the middle of a character.

use std::str::from_utf8;

use crate::xml::body::{CUT_CHARACTER, NOT_UTF8, ZERO_BYTE, looks_like_utf16};
use crate::xml::{DecodeError, DecodeErrorKind};

/// The part of a body that is not read yet.
#[derive(Debug, Default)]
pub(super) struct Input {
    text: String,
    /// So many bytes of the text are read.
    read: usize,
    /// So many bytes of the body stood before the text.
    before: usize,
    /// The first bytes of a character whose others are still to come; at first also those that tell the encoding.
    cut: Vec<u8>,
    has_begun: bool,
    fault: Option<DecodeErrorKind>,
}

impl Input {
    /// Adds what has arrived.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.forget_what_is_read();
        if self.has_begun {
            self.append(bytes);
        } else if self.cut.is_empty() && bytes.len() >= ENOUGH_TO_TELL {
            self.begin(bytes);
        } else {
            self.cut.extend_from_slice(bytes);
            if self.cut.len() >= ENOUGH_TO_TELL {
                self.begin_with_cut();
            }
        }
    }

    /// Says that nothing else will come.
    pub(super) fn finish(&mut self) {
        if !self.has_begun {
            self.begin_with_cut();
        }
        if !self.cut.is_empty() {
            self.refuse(DecodeErrorKind::Malformed(CUT_CHARACTER.into()));
        }
    }

    /// What is not read yet.
    pub(super) fn unread(&self) -> &str {
        &self.text[self.read..]
    }

    /// Takes so many bytes as read.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.read += bytes;
    }

    /// How many bytes of the body are read.
    pub(super) fn offset(&self) -> usize {
        self.before + self.read
    }

    /// Why there is nothing behind the text, if that is no UTF-8.
    pub(super) fn fault(&self) -> Option<DecodeError> {
        let kind = self.fault.clone()?;
        Some(DecodeError::new(kind, String::new(), self.before + self.text.len()))
    }

    /// How many bytes of memory it holds.
    pub(super) fn capacity(&self) -> usize {
        self.text.capacity() + self.cut.capacity()
    }

    fn forget_what_is_read(&mut self) {
        self.text.drain(..self.read);
        self.before += std::mem::take(&mut self.read);
    }

    fn begin_with_cut(&mut self) {
        let first = std::mem::take(&mut self.cut);
        self.begin(&first);
    }

    fn begin(&mut self, first: &[u8]) {
        self.has_begun = true;
        if looks_like_utf16(first) {
            self.refuse(DecodeErrorKind::Encoding("it looks like UTF-16".into()));
        }
        self.append(first);
    }

    fn append(&mut self, mut bytes: &[u8]) {
        while let Some((byte, rest)) = bytes.split_first().filter(|_| !self.cut.is_empty()) {
            self.cut.push(*byte);
            bytes = rest;
            let character = std::mem::take(&mut self.cut);
            self.append_whole(&character);
        }
        self.append_whole(bytes);
    }

    /// Appends bytes before which no character is cut.
    fn append_whole(&mut self, bytes: &[u8]) {
        if self.fault.is_some() {
            return;
        }
        match from_utf8(bytes) {
            Ok(text) => self.append_text(text),
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                self.append_text(from_utf8(valid).unwrap_or_default());
                match error.error_len() {
                    None => self.cut = rest.to_vec(),
                    Some(_) => self.refuse(DecodeErrorKind::Encoding(NOT_UTF8.into())),
                }
            }
        }
    }

    /// Grows by what is needed and not by doubling, for there are to be few bytes in memory; but not byte by byte.
    fn append_text(&mut self, text: &str) {
        let (text, is_cut) = match memchr::memchr(0, text.as_bytes()) {
            Some(zero) => (&text[..zero], true),
            None => (text, false),
        };
        if self.text.capacity() < self.text.len() + text.len() {
            self.text.reserve_exact(text.len().max(self.text.len() / 8));
        }
        self.text.push_str(text);
        if is_cut {
            self.refuse(DecodeErrorKind::Malformed(ZERO_BYTE.into()));
        }
    }

    fn refuse(&mut self, why: DecodeErrorKind) {
        self.fault.get_or_insert(why);
    }
}

/// So many bytes tell UTF-16 from UTF-8.
const ENOUGH_TO_TELL: usize = 2;
