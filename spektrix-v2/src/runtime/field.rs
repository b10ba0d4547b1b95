//! The fields of a type, in the order of the schema: what the decoder expects next in a body.
//!
//! The service writes elements in the order of the schema, without prefixes. So the decoder compares the bytes at its
//! position with the tag that should come next, 16 bytes at a time, and need not look for the end of a name. That is a
//! guess: where it fails, the tag is read and its name is looked up.

#![expect(
    clippy::inline_always,
    reason = "where a field is a constant, its comparisons become two instructions"
)]

/// The name of a child element, prepared for comparison with the bytes of a body.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    name: &'static str,
    /// `<Name`
    open: Literal,
    /// `</Name>`
    close: Literal,
}

/// A text, of which the first and the last 16 bytes are compared as numbers.
#[derive(Debug, Clone, Copy)]
struct Literal {
    len: usize,
    start: u128,
    /// The bits of `start` that count, if the text is shorter than 16 bytes.
    mask: u128,
    /// If the text is longer than 16 bytes.
    end: u128,
}

impl Field {
    /// Prepares a name.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            open: Literal::new("<", name, ""),
            close: Literal::new("</", name, ">"),
        }
    }

    /// Prepares several names.
    pub const fn all<const N: usize>(names: [&'static str; N]) -> [Self; N] {
        let mut fields = [Self::new(""); N];
        let mut at = 0;
        while at < N {
            fields[at] = Self::new(names[at]);
            at += 1;
        }
        fields
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Returns what follows `<Name`, if the text starts with that and the name ends there.
    #[inline(always)]
    pub(super) fn after_name<'a>(&self, text: &'a str) -> Option<&'a str> {
        let bytes = text.as_bytes();
        if self.open.starts(bytes) && matches!(bytes.get(self.open.len), Some(b'>' | b' ' | b'/')) {
            text.get(self.open.len..)
        } else {
            None
        }
    }

    /// Returns the length of `</Name>`, if the text starts with that.
    #[inline(always)]
    pub(super) fn end_tag_len(&self, text: &[u8]) -> Option<usize> {
        self.close.starts(text).then_some(self.close.len)
    }
}

impl Literal {
    const fn new(before: &str, name: &str, after: &str) -> Self {
        let parts = [before.as_bytes(), name.as_bytes(), after.as_bytes()];
        let (mut len, mut start, mut mask, mut end) = (0, 0, 0, 0);
        let mut part = 0;
        while part < parts.len() {
            let mut at = 0;
            while at < parts[part].len() {
                let byte = parts[part][at] as u128;
                if len < 16 {
                    start |= byte << (8 * len);
                    mask |= 0xFF << (8 * len);
                }
                end = end >> 8 | byte << 120;
                (at, len) = (at + 1, len + 1);
            }
            part += 1;
        }
        Self { len, start, mask, end }
    }

    /// Returns `false` near the end of a body, where fewer than 16 bytes remain, and for texts of more than 32 bytes.
    ///
    /// Calls no function, not even for long texts: the functions that it is inlined into need not save registers then.
    #[inline(always)]
    fn starts(&self, bytes: &[u8]) -> bool {
        let start = bytes.first_chunk();
        if start.is_none_or(|start| (u128::from_le_bytes(*start) ^ self.start) & self.mask != 0) {
            return false;
        }
        if self.len <= 16 {
            return true;
        }
        let end = bytes.get(self.len - 16..).and_then(<[u8]>::first_chunk);
        self.len <= 32 && end.is_some_and(|end| u128::from_le_bytes(*end) == self.end)
    }
}

/// The children of one element while they are read.
pub struct Children {
    pub(super) fields: &'static [Field],
    /// The field that is expected next.
    pub(super) next: usize,
}

impl Children {
    /// Expects the first field.
    pub fn new(fields: &'static [Field]) -> Self {
        Self { fields, next: 0 }
    }

    /// Returns the number of the field with this name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_matches_itself_and_nothing_longer() {
        for name in [
            "A",
            "Name",
            "Starts",
            "Starting",
            "StartSellingAt",
            "StartSellingAtUtc",
            "MerchandiseDeliveryOptions",
        ] {
            let field = Field::new(name);
            for after in [
                ">text, and more text</",
                " id=\"1\"/><Next/><Next/>",
                "/><Next/><Next/><Next/>",
            ] {
                let text = format!("<{name}{after}");
                assert_eq!(field.after_name(&text), Some(after), "{text}");
            }
            let others = [
                format!("<{name}s>text, and more text<"),
                format!("<{name}:a>text, and more text<"),
                format!("</{name}>text, and more text<"),
                format!("<x{name}>text, and more text<"),
                format!("<{}>text, and more text<", &name[1..]),
                format!(
                    "<{}_{}>text, and more text<",
                    &name[..name.len() / 2],
                    &name[name.len() / 2 + 1..]
                ),
                format!("<{name}"),
            ];
            for other in others {
                assert_eq!(field.after_name(&other), None, "{other}");
            }
            let end = format!("</{name}>text, and more text");
            assert_eq!(field.end_tag_len(end.as_bytes()), Some(name.len() + 3));
            for other in [
                format!("</{name}s>text, and more text"),
                format!("</{name} >text, and more text"),
                format!("<{name}>text, and more"),
            ] {
                assert_eq!(field.end_tag_len(other.as_bytes()), None, "{other}");
            }
        }
    }
}
