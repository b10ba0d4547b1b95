//! Reads a list item by item, while its bytes arrive.

mod borders;
mod ends;
mod input;
mod parts;

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::marker::PhantomData;

use quick_xml::parser::{ElementParser, Parser as _};

use super::namespaces::local;
use super::place::MAX_UNKNOWN;
use super::{BodyNames, DecodeError, DecodeErrorKind, DecodeOptions, Element};
use borders::{Border, Borders};
use ends::Ends;
use input::Input;
use parts::Taken;

/// Reads the items of a list from bytes that arrive in pieces, cut anywhere.
///
/// What it yields is what decoding the whole body would: the same items in the same order, and then the same error,
/// with the path and the byte offset in the whole body. It holds one item and one piece of the body at a time, and the
/// items that the first 16 KiB of that piece held.
///
/// Iterating yields the items that have arrived. `None` says that more bytes are needed, or, behind
/// [`finish`](Self::finish) or an error, that there are no more items.
///
/// ```
/// use spektrix_v2::xml::{BodyNames, DecodeOptions, ListDecoder};
/// use spektrix_v2::Band;
///
/// let names = BodyNames { root: "Bands", item: "Band" };
/// let mut bands = ListDecoder::<Band>::new(names, &DecodeOptions::default());
/// let mut found = Vec::new();
/// for piece in [r#"<Bands><Band id="1"><Na"#, r#"me>Stalls</Name></Band><Band id="2""#, "><Name>Circle</Name></Band></Bands>"] {
///     bands.push(piece.as_bytes());
///     for band in &mut bands {
///         found.push(band?.name);
///     }
/// }
/// bands.finish();
/// assert!(bands.next().transpose()?.is_none(), "the body ends as it should");
/// assert_eq!(found, ["Stalls", "Circle"]);
/// # Ok::<(), spektrix_v2::xml::DecodeError>(())
/// ```
///
/// # Limits
///
/// [`max_item_bytes`](DecodeOptions::max_item_bytes) and [`max_depth`](DecodeOptions::max_depth) hold for each item.
/// [`max_bytes`](DecodeOptions::max_bytes) does not count. An error shows when the bytes that it is about are reached,
/// so that items may come before it: those of a body that is cut short, for example.
pub struct ListDecoder<T> {
    names: BodyNames,
    options: DecodeOptions,
    input: Input,
    borders: Borders,
    /// So many bytes of what is unread were searched for a border.
    searched: usize,
    /// The text to the end of the root's start tag, once it is read.
    head: String,
    items: usize,
    ends: Ends,
    /// Items that were read together with the one before them.
    ready: VecDeque<T>,
    /// The next item cannot be read: a search for its border will tell whether it only has not arrived yet.
    must_search: bool,
    unknown: BTreeSet<String>,
    is_finished: bool,
    is_over: bool,
    item: PhantomData<fn() -> T>,
}

impl<T: Element> ListDecoder<T> {
    /// Begins a list with these element names.
    pub fn new(names: BodyNames, options: &DecodeOptions) -> Self {
        let names = BodyNames {
            root: local(names.root),
            item: local(names.item),
        };
        Self {
            names,
            options: options.clone(),
            input: Input::default(),
            borders: Borders::new(),
            searched: 0,
            head: String::new(),
            items: 0,
            ends: Ends::new(local(names.item)),
            ready: VecDeque::new(),
            must_search: false,
            unknown: BTreeSet::new(),
            is_finished: false,
            is_over: false,
            item: PhantomData,
        }
    }

    /// Adds the bytes that arrived. They are copied: read the items after each piece, or all pieces are kept.
    pub fn push(&mut self, bytes: &[u8]) {
        if !self.is_over {
            self.input.push(bytes);
        }
    }

    /// Says that the body has ended. Read on: the last items or an error may follow.
    pub fn finish(&mut self) {
        self.is_finished = true;
        self.input.finish();
    }

    /// The paths of the elements and attributes so far that the schema does not know, if they were
    /// [asked for](DecodeOptions::report_unknown); at most 256 different ones.
    pub fn unknown(&self) -> &BTreeSet<String> {
        &self.unknown
    }

    /// How many bytes of memory the text takes that has arrived and is not read yet.
    pub fn buffer_capacity(&self) -> usize {
        self.input.capacity()
    }

    /// The text that has arrived and is not read yet: behind an error, from the item on that it is about.
    pub(crate) fn unread(&self) -> &str {
        self.input.unread()
    }

    fn advance(&mut self) -> Result<Option<T>, DecodeError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Ok(Some(item));
            }
            if self.is_at_item() {
                if self.take_whole_items() {
                    continue;
                }
                if self.waits_for_end_tag() {
                    return Ok(None);
                }
            }
            let taken = match self.find_border() {
                Some(Border::Head) => self.take_head()?,
                Some(Border::Item) => self.filling_ready(Self::take_item)?,
                Some(Border::Broken) => return self.end(),
                None => return self.read_end(),
            };
            self.check_limit(taken.bytes)?;
            self.go_behind(taken);
        }
    }

    /// Lends out the items that are ready, and the rest of itself to read.
    fn filling_ready<R>(&mut self, take: impl FnOnce(&Self, &mut VecDeque<T>) -> R) -> R {
        let mut ready = std::mem::take(&mut self.ready);
        let taken = take(self, &mut ready);
        self.ready = ready;
        taken
    }

    /// Whether what is unread begins where an item may, of which nothing was searched yet.
    fn is_at_item(&self) -> bool {
        self.searched == 0 && !self.must_search && self.borders.is_between_items()
    }

    /// Most items have arrived whole: they need not be searched for their borders, and several share one decoder.
    /// Answers whether there were any.
    fn take_whole_items(&mut self) -> bool {
        self.ends.look(self.input.unread().as_bytes(), self.input.offset());
        if !self.ends.is_behind(self.input.offset()) {
            return false;
        }
        let taken = self.filling_ready(Self::take_items);
        let progress = taken.bytes > 0;
        self.go_behind(taken);
        progress
    }

    /// Whether an item has begun that only an end tag can end, which has not arrived. When in doubt, it has.
    fn waits_for_end_tag(&self) -> bool {
        const LONG: usize = 4096;
        let unread = self.input.unread();
        let is_open = || {
            let tag = unread
                .trim_ascii_start()
                .strip_prefix('<')?
                .strip_prefix(self.names.item)?;
            let tag = &tag.as_bytes()[..tag.len().min(LONG)];
            tag.first()
                .filter(|byte| byte.is_ascii_whitespace() || **byte == b'>')?;
            let end = ElementParser::default().feed(tag)?;
            (!tag[..end].ends_with(b"/")).then_some(())
        };
        let may_grow = !self.is_finished && unread.len() <= self.options.max_item_bytes && self.input.fault().is_none();
        may_grow && is_open().is_some()
    }

    fn find_border(&mut self) -> Option<Border> {
        let new = &self.input.unread().as_bytes()[self.searched..];
        let (bytes, border) = self.borders.find(new);
        self.searched += bytes;
        border
    }

    fn go_behind(&mut self, taken: Taken) {
        self.input.advance(taken.bytes);
        self.searched = 0;
        self.items = taken.items;
        self.must_search = taken.is_cut_short;
        self.note(taken.unknown);
    }

    fn check_limit(&self, bytes: usize) -> Result<(), DecodeError> {
        if bytes <= self.options.max_item_bytes {
            return Ok(());
        }
        let limit = format!("an item has more than {} bytes", self.options.max_item_bytes);
        let path = format!("{}/{}[{}]", self.names.root, self.names.item, self.items + 1);
        Err(DecodeError::new(
            DecodeErrorKind::Limit(limit),
            path,
            self.input.offset(),
        ))
    }

    /// No border is left in what has arrived.
    fn read_end(&mut self) -> Result<Option<T>, DecodeError> {
        self.check_limit(self.input.unread().len())?;
        match self.input.fault() {
            Some(fault) => Err(fault),
            None if self.is_finished => self.end(),
            None => Ok(None),
        }
    }

    fn end(&mut self) -> Result<Option<T>, DecodeError> {
        let unknown = self.read_rest()?;
        self.note(unknown);
        Ok(None)
    }

    fn note(&mut self, unknown: BTreeSet<String>) {
        for path in unknown {
            if self.unknown.len() < MAX_UNKNOWN {
                self.unknown.insert(path);
            }
        }
    }
}

impl<T: Element> Iterator for ListDecoder<T> {
    type Item = Result<T, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let next = self.advance();
        self.is_over = next.is_err() || (self.is_finished && matches!(next, Ok(None)));
        next.transpose()
    }
}

/// Shows how far it has come, not what was read.
impl<T> fmt::Debug for ListDecoder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListDecoder")
            .field("names", &self.names)
            .field("items", &self.items)
            .field("offset", &self.input.offset())
            .finish_non_exhaustive()
    }
}
