//! Where the last item may end that has arrived: the last end tag with its name, found from behind.
//!
//! It is a guess that saves work: the tag may be of another element, or stand in a comment. The decoder tells.

use memchr::memmem::FinderRev;
use memchr::memrchr;

/// The last end tag of an item so far, by its offset in the body.
#[derive(Debug)]
pub(super) struct Ends {
    tag: FinderRev<'static>,
    /// One whose `>` has arrived.
    whole: Option<usize>,
    /// A later one whose `>` has not.
    cut: Option<usize>,
    /// So many bytes of the body were looked at.
    looked_at: usize,
}

impl Ends {
    pub(super) fn new(item: &str) -> Self {
        Self {
            tag: FinderRev::new(&format!("</{item}")).into_owned(),
            whole: None,
            cut: None,
            looked_at: 0,
        }
    }

    /// Looks at what has arrived since: the text begins at this offset. It takes as long as there are new bytes, at most.
    pub(super) fn look(&mut self, text: &[u8], offset: usize) {
        // A tag may have begun before the new bytes.
        let seen = self.looked_at.saturating_sub(self.tag.needle().len() - 1);
        let start = seen.saturating_sub(offset).min(text.len());
        let (new, offset) = (&text[start..], offset + start);
        let closed = memrchr(b'>', new).unwrap_or(0);
        if closed > 0 {
            let last = self.tag.rfind(&new[..closed]).map(|at| offset + at);
            self.whole = last.or(self.cut).or(self.whole);
            self.cut = None;
        }
        self.cut = self
            .tag
            .rfind(&new[closed..])
            .map(|at| offset + closed + at)
            .or(self.cut);
        self.looked_at = offset + new.len();
    }

    /// Whether an end tag stands behind this offset.
    pub(super) fn is_behind(&self, offset: usize) -> bool {
        self.whole.is_some_and(|end| end >= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offset of the last whole end tag after each piece, as the text without what is `read` grows.
    fn ends(pieces: &[&str], read: usize) -> Vec<Option<usize>> {
        let mut ends = Ends::new("A");
        let mut text = String::new();
        let whole = pieces.iter().map(|piece| {
            text.push_str(piece);
            ends.look(&text.as_bytes()[read.min(text.len())..], read.min(text.len()));
            ends.whole
        });
        whole.collect()
    }

    #[test]
    fn an_end_counts_once_its_last_byte_is_there() {
        let rows: [(&[&str], &[Option<usize>]); 5] = [
            (&["<A></A>"], &[Some(3)]),
            (
                &["<A>", "<", "/", "A", ">", "<B>"],
                &[None, None, None, None, Some(3), Some(3)],
            ),
            (&["<A></A><A></A", " ", ">"], &[Some(3), Some(3), Some(10)]),
            (&["<A></A", "><A></A><A>"], &[None, Some(10)]),
            (&[">", "text", "</A>"], &[None, None, Some(5)]),
        ];
        for (pieces, expected) in rows {
            assert_eq!(ends(pieces, 0), expected, "{pieces:?}");
        }
        assert_eq!(ends(&["<R><A></A>", "<A></A>"], 10), [None, Some(13)]);
    }
}
