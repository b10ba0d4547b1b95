//! Decodes a segment of a list: the head, some items, or what follows the last item.

use std::collections::{BTreeSet, VecDeque};

use crate::runtime::body::BodyNames;
use crate::runtime::decoder::Decoder;
use crate::runtime::error::DecodeError;
use crate::runtime::field::Field;
use crate::runtime::options::DecodeOptions;
use crate::runtime::tag::Tag;

/// The result of decoding a segment, apart from its items.
pub(super) struct Segment {
    /// How many bytes it has.
    pub(super) bytes: usize,
    /// How many items were started, including those before the segment.
    pub(super) items: usize,
    /// The paths in it that the schema does not know.
    pub(super) unknown: BTreeSet<String>,
    /// The error for a list without items, if its first child is not one.
    pub(super) other_child: Option<DecodeError>,
}

/// Reads an item from the element with this tag.
pub(super) type ReadItem<T> = for<'a> fn(&mut Decoder<'a>, Tag<'a>) -> Result<T, DecodeError>;

/// Decodes the segments of one list, each with a decoder that starts where the list is.
pub(super) struct SegmentDecoder<T> {
    pub(super) read: ReadItem<T>,
    pub(super) names: BodyNames,
    pub(super) item: Field,
    pub(super) options: DecodeOptions,
    /// How many items were started before the segment.
    pub(super) items: usize,
}

impl<T> SegmentDecoder<T> {
    /// Decodes everything up to the end of the root's start tag.
    pub(super) fn head(&self, text: &str) -> Result<Segment, DecodeError> {
        let mut xml = Decoder::new(text, &self.options);
        enter_root(&mut xml, self.names.root)?;
        Ok(segment(xml))
    }

    /// Decodes one child of the root, which must be complete.
    pub(super) fn child(&self, text: &str, items: &mut VecDeque<T>) -> Result<Segment, DecodeError> {
        let mut xml = self.inside_root(text);
        self.read_child(&mut xml, |item| items.push_back(item))?;
        Ok(segment(xml))
    }

    /// Decodes children of the root with one decoder, as long as `may_continue` returns `true` for the number of bytes
    /// so far.
    ///
    /// Returns whether it stopped at a child that it could not decode. That child may only be incomplete, or too long.
    pub(super) fn children(
        &self,
        text: &str,
        items: &mut VecDeque<T>,
        may_continue: impl Fn(usize) -> bool,
    ) -> (Segment, bool) {
        let mut xml = self.inside_root(text);
        let mut decoded = Segment {
            bytes: 0,
            items: self.items,
            unknown: BTreeSet::new(),
            other_child: None,
        };
        while may_continue(decoded.bytes) {
            let complete = items.len();
            let child = self.read_child(&mut xml, |item| items.push_back(item));
            if !matches!(child, Ok(true)) || xml.offset() - decoded.bytes > self.options.max_item_bytes {
                // The caller decodes this child again, once its boundary is known, and reports the error if it is one.
                items.truncate(complete);
                return (decoded, true);
            }
            (decoded.bytes, decoded.items) = (xml.offset(), xml.position.item);
            if xml.has_unknown() {
                decoded.unknown.append(&mut xml.take_unknown());
            }
            if decoded.other_child.is_none() {
                decoded.other_child.clone_from(&xml.position.other_child);
            }
        }
        (decoded, false)
    }

    /// Decodes a body that consists of the head and what follows the last item.
    ///
    /// All complete items were decoded before: this finds the end, or the error in what follows. The inner error is
    /// `other_child`, for a list without items whose first child is before this text.
    pub(super) fn rest(
        &self,
        text: &str,
        other_child: Option<DecodeError>,
    ) -> Result<Result<Segment, DecodeError>, DecodeError> {
        let mut xml = Decoder::new(text, &self.options);
        xml.position.item = self.items;
        enter_root(&mut xml, self.names.root)?;
        let start = xml.offset();
        while self.read_child(&mut xml, drop)? {}
        if let Some(other_child) = other_child.filter(|_| xml.position.item == 0) {
            return Ok(Err(other_child));
        }
        xml.expect_items(start, self.names.root, self.names.item)?;
        xml.expect_end()?;
        Ok(Ok(segment(xml)))
    }

    /// Reads the next child of the root, and keeps it if it is an item. Returns whether there was a child.
    fn read_child(&self, xml: &mut Decoder<'_>, keep: impl FnOnce(T)) -> Result<bool, DecodeError> {
        let child = if xml.take_name(&self.item) {
            xml.finish_tag(self.item.name())?
        } else {
            match xml.next_child()? {
                Some(child) if child.name() == self.item.name() => child,
                Some(child) => {
                    xml.note_other_child(&child, self.item.name());
                    xml.skip_unknown(&child)?;
                    return Ok(true);
                }
                None => return Ok(false),
            }
        };
        xml.position.count_items(1);
        if child.is_nil() {
            xml.skip_silently(&child)?;
        } else {
            keep((self.read)(xml, child)?);
        }
        Ok(true)
    }

    /// Creates a decoder that has entered the root already.
    fn inside_root<'a>(&self, text: &'a str) -> Decoder<'a> {
        let mut xml = Decoder::new(text, &self.options);
        // Without reading a tag: errors have the path in the whole body, but their offsets must be shifted.
        xml.position.enter(self.names.root);
        xml.position.item = self.items;
        xml.position.is_list = true;
        xml
    }
}

fn segment(mut xml: Decoder<'_>) -> Segment {
    Segment {
        bytes: xml.offset(),
        items: xml.position.item,
        unknown: xml.take_unknown(),
        other_child: xml.position.other_child.take(),
    }
}

fn enter_root(xml: &mut Decoder<'_>, name: &'static str) -> Result<(), DecodeError> {
    let root = xml.root(name)?;
    xml.expect_no_attributes(&root)?;
    xml.position.is_list = true;
    xml.enter(&root)
}
