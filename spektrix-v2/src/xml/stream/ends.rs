//! Where the last item may end that has arrived: the last end tag with its name, found from behind.
//!
//! It is a guess that saves work: the tag may be of another element, or stand in a comment. The decoder tells.

use memchr::memrchr;

/// The last end tag of an item so far, by its offset in the body.
#[derive(Debug)]
pub(super) struct Ends {
    /// `</Event`
    tag: String,
    /// Where its `>` stands.
    last: Option<usize>,
    /// So many bytes of the body were looked at.
    looked_at: usize,
}

impl Ends {
    pub(super) fn new(item: &str) -> Self {
        Self {
            tag: format!("</{item}"),
            last: None,
            looked_at: 0,
        }
    }

    /// Looks at what has arrived since. The text begins at this offset, and before it no tag is left open.
    pub(super) fn look(&mut self, text: &[u8], offset: usize) {
        let seen = self.looked_at.saturating_sub(offset).min(text.len());
        self.looked_at = offset + text.len();
        let mut end = text.len();
        while let Some(at) = memrchr(b'>', &text[seen..end]) {
            end = seen + at;
            if text[..end].trim_ascii_end().ends_with(self.tag.as_bytes()) {
                self.last = Some(offset + end);
                return;
            }
        }
    }

    /// Whether an end tag ends behind this offset.
    pub(super) fn is_behind(&self, offset: usize) -> bool {
        self.last.is_some_and(|end| end >= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset of the last end behind each piece, as the text behind what is `read` grows.
    fn ends(pieces: &[&str], read: usize) -> Vec<Option<usize>> {
        let mut ends = Ends::new("A");
        let mut text = String::new();
        let last = pieces.iter().map(|piece| {
            text.push_str(piece);
            let read = read.min(text.len());
            ends.look(&text.as_bytes()[read..], read);
            ends.last
        });
        last.collect()
    }

    #[test]
    fn an_end_counts_once_its_last_byte_is_there() {
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
        for (pieces, expected) in rows {
            assert_eq!(ends(pieces, 0), expected, "{pieces:?}");
        }
        assert_eq!(ends(&["<R><A></A>", "<A></A>"], 10), [None, Some(16)]);
    }
}
