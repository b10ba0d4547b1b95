//! The buffer that an encoder writes to, which leaves no copy of a secret behind.

use std::ops::Deref;

use zeroize::{Zeroize, Zeroizing};

use super::text::Text;

/// What was written so far.
///
/// A `String` that grows moves to another place and leaves what it held in freed memory. So from the first secret on this
/// one grows by copying and wiping, and it is wiped when it is dropped. Until then it is an ordinary `String`.
pub(super) struct Output {
    text: String,
    holds_secret: bool,
}

impl Output {
    pub(super) fn new(start: &str) -> Self {
        Self {
            text: start.to_owned(),
            holds_secret: false,
        }
    }

    /// Appends a value.
    pub(super) fn print<T: Text>(&mut self, value: &T) {
        if T::IS_SECRET {
            self.holds_secret = true;
        }
        if self.holds_secret {
            // The value may be of any length: it must not make this buffer grow by itself.
            let mut printed = Zeroizing::new(String::new());
            value.print(&mut printed);
            self.push_str(&printed);
        } else {
            value.print(&mut self.text);
        }
    }

    #[inline]
    pub(super) fn push_str(&mut self, text: &str) {
        if self.holds_secret {
            self.reserve(text.len());
        }
        self.text.push_str(text);
    }

    #[inline]
    pub(super) fn push(&mut self, character: char) {
        if self.holds_secret {
            self.reserve(character.len_utf8());
        }
        self.text.push(character);
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
    }

    /// Takes everything from this byte on.
    pub(super) fn split_off(&mut self, at: usize) -> Zeroizing<String> {
        Zeroizing::new(self.text.split_off(at))
    }

    /// Takes everything. It is no longer wiped.
    pub(super) fn into_string(mut self) -> String {
        std::mem::take(&mut self.text)
    }

    #[cold]
    fn reserve(&mut self, bytes: usize) {
        let needed = self.text.len() + bytes;
        if needed > self.text.capacity() {
            let mut larger = String::with_capacity(needed.max(2 * self.text.capacity()));
            larger.push_str(&self.text);
            std::mem::replace(&mut self.text, larger).zeroize();
        }
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
        if self.holds_secret {
            self.text.zeroize();
        }
    }
}
