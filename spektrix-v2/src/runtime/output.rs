//! The buffer that the encoder writes to. It leaves no copy of a secret in freed memory.

use std::ops::Deref;

use zeroize::{Zeroize, Zeroizing};

use super::text::Text;

/// What was written so far.
///
/// When a `String` grows, it may move and leave its old content in freed memory. From the first secret on, this buffer
/// wipes the old content, and it is wiped when it is dropped. Before that, it is an ordinary `String`.
pub(super) struct Output {
    text: String,
    has_secret: bool,
}

impl Output {
    pub(super) fn new(start: &str) -> Self {
        Self {
            text: start.to_owned(),
            has_secret: false,
        }
    }

    /// Appends a value.
    pub(super) fn print<T: Text>(&mut self, value: &T) {
        self.has_secret |= T::IS_SECRET;
        if self.has_secret {
            // The value may be longer than what fits, and printing it must not make this buffer grow unnoticed.
            let mut printed = Zeroizing::new(String::new());
            value.print(&mut printed);
            self.push_str(&printed);
        } else {
            value.print(&mut self.text);
        }
    }

    // Every byte of a body passes through here. While there is room, the compiler drops the check of the capacity inside
    // `String`, because it is the same.
    #[inline]
    pub(super) fn push_str(&mut self, text: &str) {
        if self.has_room(text.len()) {
            self.text.push_str(text);
        } else {
            self.grow_and_push_str(text);
        }
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
    }

    /// Removes and returns everything from this byte on. If it is secret, the caller must wipe it.
    pub(super) fn split_off(&mut self, at: usize) -> String {
        self.text.split_off(at)
    }

    /// Returns everything that was written. It is no longer wiped.
    pub(super) fn into_string(mut self) -> String {
        std::mem::take(&mut self.text)
    }

    #[inline]
    fn has_room(&self, bytes: usize) -> bool {
        bytes <= self.text.capacity().wrapping_sub(self.text.len())
    }

    #[cold]
    #[inline(never)]
    fn grow_and_push_str(&mut self, text: &str) {
        if self.has_secret {
            let needed = self.text.len() + text.len();
            let mut larger = String::with_capacity(needed.max(2 * self.text.capacity()));
            larger.push_str(&self.text);
            std::mem::replace(&mut self.text, larger).zeroize();
        }
        self.text.push_str(text);
    }
}

impl Deref for Output {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.has_secret {
            self.text.zeroize();
        }
    }
}
