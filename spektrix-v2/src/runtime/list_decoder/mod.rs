//! Decodes a list item by item, while its chunks arrive.

mod end_tag_scan;
mod input_buffer;
mod item_boundaries;
mod segment;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;

use quick_xml::parser::{ElementParser, Parser as _};

use super::body::BodyNames;
use super::element::Element;
use super::error::{DecodeError, DecodeErrorKind};
use super::field::Field;
use super::names::without_namespace;
use super::options::DecodeOptions;
use super::position::UnknownParts;
use end_tag_scan::EndTagScan;
use input_buffer::InputBuffer;
use item_boundaries::{Boundary, BoundaryScanner};
use segment::{Segment, SegmentDecoder};

/// Decodes the items of a list from chunks that may be cut anywhere.
///
/// It yields the same as decoding the whole body: the same items in the same order, and then the same error, with the
/// path and the byte offset in the whole body. It holds one item and one chunk of the body at a time, and the items
/// that the first 16 KiB of that chunk contained.
///
/// Iterating yields the items that have arrived. `None` means that more bytes are needed or, after
/// [`finish`](Self::finish) or an error, that there are no more items.
///
/// ```
/// use spektrix_v2::runtime::ListDecoder;
/// use spektrix_v2::{Band, BodyNames, DecodeOptions};
///
/// let names = BodyNames { root: "Bands", item: "Band" };
/// let mut bands = ListDecoder::<Band>::new(names, &DecodeOptions::default());
/// let mut found = Vec::new();
/// for chunk in [r#"<Bands><Band id="1"><Na"#, r#"me>Stalls</Name></Band><Band id="2""#, "><Name>Circle</Name></Band></Bands>"] {
///     bands.push(chunk.as_bytes());
///     for band in &mut bands {
///         found.push(band?.name);
///     }
/// }
/// bands.finish();
/// assert!(bands.next().transpose()?.is_none(), "the body ends as it should");
/// assert_eq!(found, ["Stalls", "Circle"]);
/// # Ok::<(), spektrix_v2::DecodeError>(())
/// ```
///
/// # Limits
///
/// [`max_item_bytes`](DecodeOptions::max_item_bytes) and [`max_depth`](DecodeOptions::max_depth) apply to each item.
/// [`max_bytes`](DecodeOptions::max_bytes) does not apply. An error is reported when the decoder reaches the wrong
/// bytes, so items may precede it, for example if a body is cut short.
///
/// # How it works
///
/// The complete items of a chunk share one decoder: the end tag scan finds the last end tag in the chunk, and items are
/// decoded up to there. An incomplete item waits for its end tag. If this guess fails, the boundary scanner finds the
/// end of the item.
pub struct ListDecoder<T> {
    segments: SegmentDecoder<T>,
    input: InputBuffer,
    boundaries: BoundaryScanner,
    /// How many bytes of the remaining input were scanned for a boundary.
    scanned: usize,
    /// Everything up to the end of the root's start tag, once that was decoded.
    head: String,
    end_tags: EndTagScan,
    /// Items that were decoded together with the one before them.
    ready: VecDeque<T>,
    /// The next item could not be decoded. Its boundary tells whether it is incomplete or wrong.
    needs_boundary: bool,
    unknown: UnknownParts,
    /// The error for a list without items, if its first child is not one.
    other_child: Option<DecodeError>,
    /// No more chunks will come.
    is_finished: bool,
    /// No more items will come.
    is_done: bool,
}

impl<T> ListDecoder<T> {
    /// Starts a list with these element names.
    pub fn new(names: BodyNames, options: &DecodeOptions) -> Self
    where
        T: Element,
    {
        let names = BodyNames {
            root: without_namespace(names.root),
            item: without_namespace(names.item),
        };
        Self {
            segments: SegmentDecoder {
                read: T::read,
                names,
                item: Field::new(names.item),
                options: options.clone(),
                items: 0,
            },
            input: InputBuffer::default(),
            boundaries: BoundaryScanner::new(),
            scanned: 0,
            head: String::new(),
            end_tags: EndTagScan::new(names.item),
            ready: VecDeque::new(),
            needs_boundary: false,
            // Only decoders that report unknown parts add any.
            unknown: UnknownParts::new(true),
            other_child: None,
            is_finished: false,
            is_done: false,
        }
    }

    /// Adds a chunk. It is copied: read the items after each chunk, or all chunks are kept.
    pub fn push(&mut self, chunk: &[u8]) {
        if !self.is_done {
            self.input.push(chunk);
        }
    }

    /// Marks the end of the body. Continue to read: the last items or an error may follow.
    pub fn finish(&mut self) {
        self.is_finished = true;
        self.input.finish();
    }

    /// Returns the paths so far of the elements and attributes that the schema does not know, if
    /// [`DecodeOptions::report_unknown`] is set. At most 256 different ones.
    pub fn unknown(&self) -> &BTreeSet<String> {
        self.unknown.paths()
    }

    /// Returns how many bytes of memory the input takes that has arrived and was not decoded.
    pub fn buffer_capacity(&self) -> usize {
        self.input.capacity()
    }

    /// Returns the input that has arrived and was not decoded. After an error, it starts with the item in question.
    pub(crate) fn remaining(&self) -> &str {
        self.input.remaining()
    }

    fn advance(&mut self) -> Result<Option<T>, DecodeError> {
        loop {
            // One item per call. The others of the chunk wait here.
            if let Some(item) = self.ready.pop_front() {
                return Ok(Some(item));
            }
            if self.is_at_item() {
                if self.decode_complete_items() {
                    continue;
                }
                if self.waits_for_end_tag() {
                    return Ok(None);
                }
            }
            let segment = match self.find_boundary() {
                Some(Boundary::Head) => self.decode_head()?,
                Some(Boundary::Item) => self.decode_item()?,
                Some(Boundary::Broken) => return self.decode_rest(),
                None => return self.without_boundary(),
            };
            // Checked after decoding: an error in the item itself says more than its size.
            self.check_limit(segment.bytes)?;
            self.consume(segment);
        }
    }

    /// Returns whether an item may start at the start of the remaining input, and none of that input was scanned.
    fn is_at_item(&self) -> bool {
        self.scanned == 0 && !self.needs_boundary && self.boundaries.is_between_items()
    }

    /// Decodes items up to the last end tag, without searching for their boundaries. Returns whether there were any.
    fn decode_complete_items(&mut self) -> bool {
        // Hands out the items of so many bytes before it decodes more, to hold few of them.
        const ENOUGH: usize = 16 * 1024;
        let offset = self.input.offset();
        self.end_tags.scan(self.input.remaining().as_bytes(), offset);
        if !self.end_tags.is_ahead(offset) {
            return false;
        }
        let may_continue = |bytes| bytes < ENOUGH && self.end_tags.is_ahead(offset + bytes);
        let (segment, stopped) = self
            .segments
            .children(self.input.remaining(), &mut self.ready, may_continue);
        let has_progressed = segment.bytes > 0;
        self.consume(segment);
        self.needs_boundary = stopped;
        has_progressed
    }

    /// Returns whether an item has started that only an end tag can end, which has not arrived. Returns `false` if that
    /// is uncertain.
    fn waits_for_end_tag(&self) -> bool {
        // A start tag that is longer is not worth scanning again for each chunk.
        const MAX_TAG: usize = 4096;
        let remaining = self.input.remaining();
        let is_open = || {
            let tag = remaining
                .trim_ascii_start()
                .strip_prefix('<')?
                .strip_prefix(self.segments.names.item)?;
            let tag = &tag.as_bytes()[..tag.len().min(MAX_TAG)];
            tag.first()
                .filter(|byte| byte.is_ascii_whitespace() || **byte == b'>')?;
            let end = ElementParser::default().feed(tag)?;
            (!tag[..end].ends_with(b"/")).then_some(())
        };
        let may_grow = !self.is_finished
            && remaining.len() <= self.segments.options.max_item_bytes
            && self.input.fault().is_none();
        may_grow && is_open().is_some()
    }

    fn find_boundary(&mut self) -> Option<Boundary> {
        let new = &self.input.remaining().as_bytes()[self.scanned..];
        let (bytes, boundary) = self.boundaries.scan(new);
        self.scanned += bytes;
        boundary
    }

    /// Decodes everything up to the end of the root's start tag, where the scan stopped.
    fn decode_head(&mut self) -> Result<Segment, DecodeError> {
        self.head.push_str(&self.input.remaining()[..self.scanned]);
        let head = self.segments.head(&self.head);
        head.map_err(|error| error.shifted_by(self.input.offset()))
    }

    /// Decodes the child of the root that ends where the scan stopped.
    fn decode_item(&mut self) -> Result<Segment, DecodeError> {
        let text = &self.input.remaining()[..self.scanned];
        let child = self.segments.child(text, &mut self.ready);
        child.map_err(|error| error.shifted_by(self.input.offset()))
    }

    /// Decodes what follows the last item: the end of the list, or the error in it.
    fn decode_rest(&mut self) -> Result<Option<T>, DecodeError> {
        // After the head, so that the root is open and the end tag matches it.
        let text = format!("{}{}", self.head, self.input.remaining());
        let rest = self.segments.rest(&text, self.other_child.take());
        let rest = rest.map_err(|error| error.shifted_by(self.input.offset() - self.head.len()))?;
        self.report(rest?.unknown);
        Ok(None)
    }

    /// Handles input without another boundary: it may grow, be at its end, or be too long already.
    fn without_boundary(&mut self) -> Result<Option<T>, DecodeError> {
        self.check_limit(self.input.remaining().len())?;
        match self.input.fault() {
            Some(fault) => Err(fault),
            None if self.is_finished => self.decode_rest(),
            None => Ok(None),
        }
    }

    /// Moves past a segment that was decoded.
    fn consume(&mut self, segment: Segment) {
        if self.other_child.is_none() {
            let offset = self.input.offset();
            self.other_child = segment.other_child.map(|error| error.shifted_by(offset));
        }
        self.input.advance(segment.bytes);
        self.scanned = 0;
        self.segments.items = segment.items;
        self.needs_boundary = false;
        self.report(segment.unknown);
    }

    fn check_limit(&self, bytes: usize) -> Result<(), DecodeError> {
        let SegmentDecoder {
            names, options, items, ..
        } = &self.segments;
        if bytes <= options.max_item_bytes {
            return Ok(());
        }
        let limit = format!("an item has more than {} bytes", options.max_item_bytes);
        // The item that is too long was not decoded, so it is not counted yet.
        let path = format!("{}/{}[{}]", names.root, names.item, items + 1);
        Err(DecodeError::new(
            DecodeErrorKind::Limit(limit),
            path,
            self.input.offset(),
        ))
    }

    fn report(&mut self, unknown: BTreeSet<String>) {
        for path in unknown {
            self.unknown.insert(path);
        }
    }
}

impl<T> Iterator for ListDecoder<T> {
    type Item = Result<T, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let next = self.advance();
        self.is_done = next.is_err() || (self.is_finished && matches!(next, Ok(None)));
        next.transpose()
    }
}

/// Shows the progress, not the input or the items.
impl<T> fmt::Debug for ListDecoder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListDecoder")
            .field("names", &self.segments.names)
            .field("items", &self.segments.items)
            .field("offset", &self.input.offset())
            .finish_non_exhaustive()
    }
}
