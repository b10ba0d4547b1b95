//! Reads a list item by item, while its bytes arrive.

mod borders;
mod input;
mod parts;

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use memchr::memmem::Finder;

use super::namespaces::local;
use super::place::MAX_UNKNOWN;
use super::{BodyNames, DecodeError, DecodeErrorKind, DecodeOptions, Element};
use borders::{Border, Borders};
use input::Input;
use parts::Taken;

/// Reads the items of a list from bytes that arrive in pieces, cut anywhere.
///
/// What it yields is what decoding the whole body would: the same items in the same order, and then the same error,
/// with the path and the byte offset in the whole body. It holds one item and one piece of the body at a time.
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
    /// How long the last part was.
    last_taken: usize,
    end_of_item: Finder<'static>,
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
            last_taken: 0,
            end_of_item: Finder::new(&format!("</{}", names.item)).into_owned(),
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
            let taken = match self.take_without_search() {
                Some(taken) => taken,
                None => match self.find_border() {
                    Some(Border::Head) => self.take_head()?,
                    Some(Border::Item) => self.take_item(self.searched)?,
                    Some(Border::Broken) => return self.end(),
                    None => return self.read_end(),
                },
            };
            if let Some(item) = self.settle(taken)? {
                return Ok(Some(item));
            }
        }
    }

    /// Most items have arrived whole: they need not be searched for their border. If one cannot be read, that search
    /// will tell whether it only has not arrived yet.
    fn take_without_search(&self) -> Option<Taken<T>> {
        let is_at_item = self.searched == 0 && self.borders.is_between_items();
        (is_at_item && self.is_likely_whole()).then(|| self.take_item(self.input.unread().len()).ok())?
    }

    /// Items of a list are much alike: where there is room for two, there is one.
    fn is_likely_whole(&self) -> bool {
        let unread = self.input.unread().as_bytes();
        unread.len() > 2 * self.last_taken || self.end_of_item.find(unread).is_some()
    }

    fn find_border(&mut self) -> Option<Border> {
        let new = &self.input.unread().as_bytes()[self.searched..];
        let (bytes, border) = self.borders.find(new);
        self.searched += bytes;
        border
    }

    /// Goes behind what was taken, if that is within the limit.
    fn settle(&mut self, taken: Taken<T>) -> Result<Option<T>, DecodeError> {
        self.check_limit(taken.bytes)?;
        self.input.advance(taken.bytes);
        self.searched = 0;
        self.last_taken = taken.bytes;
        self.items = taken.items;
        self.note(taken.unknown);
        Ok(taken.item)
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
