//! Finds the last end tag of an item in what has arrived, by scanning backwards.
//!
//! This is a guess that saves work: if there is such a tag, the next item is probably complete, and can be decoded
//! without a search for its boundary. The tag may belong to another element or be in a comment. Then the decoder fails,
//! and the boundary is searched.

use memchr::memrchr;

/// Remembers the offset of the last end tag.
#[derive(Debug)]
pub(super) struct EndTagScan {
    /// `</Event`
    tag: String,
    /// The offset in the body of the last end tag's `>`.
    last: Option<usize>,
    /// How many bytes of the body were scanned.
    scanned: usize,
}

impl EndTagScan {
    pub(super) fn new(item: &str) -> Self {
        Self {
            tag: format!("</{item}"),
            last: None,
            scanned: 0,
        }
    }

    /// Scans the part of the text that has arrived since the last call. The text starts at this offset in the body.
    pub(super) fn scan(&mut self, text: &[u8], offset: usize) {
        let already_scanned = self.scanned.saturating_sub(offset).min(text.len());
        self.scanned = offset + text.len();
        let mut end = text.len();
        while let Some(at) = memrchr(b'>', &text[already_scanned..end]) {
            end = already_scanned + at;
            // An end tag may have whitespace after its name. It may also have started in an earlier chunk.
            if text[..end].trim_ascii_end().ends_with(self.tag.as_bytes()) {
                self.last = Some(offset + end);
                return;
            }
        }
    }

    /// Returns whether an end tag ends at or after this offset.
    pub(super) fn is_ahead(&self, offset: usize) -> bool {
        self.last.is_some_and(|end| end >= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset of the last end tag after each chunk, if the text before `read` was decoded and removed.
    fn last_ends(chunks: &[&str], read: usize) -> Vec<Option<usize>> {
        let mut scan = EndTagScan::new("A");
        let mut text = String::new();
        let last = chunks.iter().map(|chunk| {
            text.push_str(chunk);
            let read = read.min(text.len());
            scan.scan(&text.as_bytes()[read..], read);
            scan.last
        });
        last.collect()
    }

    #[test]
    fn an_end_tag_is_found_with_its_last_byte() {
        let rows: [(&[&str], &[Option<usize>]); 6] = [
            (&["<A></A>"], &[Some(6)]),
            (
                &["<A>", "<", "/", "A", ">", "<B>"],
                &[None, None, None, None, Some(6), Some(6)],
            ),
            (&["<A></A><A></A", " ", "\n>"], &[Some(6), Some(6), Some(15)]),
            (&["<A></A", "><A></A><A>"], &[None, Some(13)]),
            (&[">", "text", "</A>"], &[None, None, Some(8)]),
            (&["</As></a>", "</ A>"], &[None, None]),
        ];
        for (chunks, expected) in rows {
            assert_eq!(last_ends(chunks, 0), expected, "{chunks:?}");
        }
        assert_eq!(last_ends(&["<R><A></A>", "<A></A>"], 10), [None, Some(16)]);
    }
}
