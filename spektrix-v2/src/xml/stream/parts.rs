//! Decodes a part of a list: its head, items, or what follows the last of them.

use std::collections::{BTreeSet, VecDeque};

use super::ListDecoder;
use crate::xml::{BodyNames, DecodeError, DecodeOptions, Decoder, Element};

/// What was read from the beginning of the text, apart from items.
pub(super) struct Taken {
    /// How many bytes it took.
    pub(super) bytes: usize,
    /// How many items were begun, with those before it.
    pub(super) items: usize,
    /// Whether the next item could not be read.
    pub(super) is_cut_short: bool,
    /// The paths in it that the schema does not know.
    pub(super) unknown: BTreeSet<String>,
}

/// When so many bytes were read together, their items are handed out first.
const ENOUGH: usize = 16 * 1024;

impl<T: Element> ListDecoder<T> {
    /// Reads what stands before the root and the root's start tag.
    pub(super) fn take_head(&mut self) -> Result<Taken, DecodeError> {
        self.head.push_str(&self.input.unread()[..self.searched]);
        let mut xml = Decoder::new(&self.head, &self.options);
        enter_root(&mut xml, self.names.root).map_err(|error| error.moved(self.input.offset()))?;
        Ok(Taken {
            bytes: self.searched,
            items: 0,
            is_cut_short: false,
            unknown: xml.into_unknown(),
        })
    }

    /// Reads the next child of the root, which ends where the search has come to.
    pub(super) fn take_item(&self, ready: &mut VecDeque<T>) -> Result<Taken, DecodeError> {
        let mut xml = inside_root(&self.input.unread()[..self.searched], self.names, &self.options);
        xml.items = self.items;
        let child = read_child(&mut xml, self.names.item, |item| ready.push_back(item));
        child.map_err(|error| error.moved(self.input.offset()))?;
        Ok(Taken {
            bytes: xml.offset(),
            items: xml.items,
            is_cut_short: false,
            unknown: xml.into_unknown(),
        })
    }

    /// Reads on as long as another item seems to have arrived whole, but not on and on.
    pub(super) fn take_items(&self, ready: &mut VecDeque<T>) -> Taken {
        let mut xml = inside_root(self.input.unread(), self.names, &self.options);
        xml.items = self.items;
        let mut taken = Taken {
            bytes: 0,
            items: self.items,
            is_cut_short: false,
            unknown: BTreeSet::new(),
        };
        while taken.bytes < ENOUGH && self.ends.is_behind(self.input.offset() + taken.bytes) {
            let before = ready.len();
            let child = read_child(&mut xml, self.names.item, |item| ready.push_back(item));
            if !matches!(child, Ok(true)) || xml.offset() - taken.bytes > self.options.max_item_bytes {
                ready.truncate(before);
                taken.is_cut_short = true;
                break;
            }
            (taken.bytes, taken.items) = (xml.offset(), xml.items);
            taken.unknown.append(&mut xml.take_unknown());
        }
        taken
    }

    /// Reads what follows the last item, as the end of a body that has only the head before it. Every whole item was
    /// read before: what is left to find is the end, or what is wrong.
    pub(super) fn read_rest(&self) -> Result<BTreeSet<String>, DecodeError> {
        let text = format!("{}{}", self.head, self.input.unread());
        let mut xml = Decoder::new(&text, &self.options);
        xml.items = self.items;
        let end = read_list::<T>(&mut xml, self.names);
        end.map_err(|error| error.moved(self.input.offset() - self.head.len()))?;
        Ok(xml.into_unknown())
    }
}

fn enter_root(xml: &mut Decoder<'_>, name: &'static str) -> Result<(), DecodeError> {
    let root = xml.root(name)?;
    xml.expect_no_attributes(&root)?;
    xml.enter(&root)
}

fn inside_root<'a>(text: &'a str, names: BodyNames, options: &DecodeOptions) -> Decoder<'a> {
    let mut xml = Decoder::new(text, options);
    xml.path.push(names.root);
    xml
}

/// Reads the next child of the root and keeps it if it is an item; answers whether there was one.
fn read_child<T: Element>(xml: &mut Decoder<'_>, item: &str, keep: impl FnOnce(T)) -> Result<bool, DecodeError> {
    let Some(child) = xml.child()? else {
        return Ok(false);
    };
    if child.name() != item {
        xml.skip(child)?;
        return Ok(true);
    }
    xml.items += 1;
    if child.is_nil() {
        xml.pass(&child)?;
    } else {
        keep(T::read(xml, child)?);
    }
    Ok(true)
}

fn read_list<T: Element>(xml: &mut Decoder<'_>, names: BodyNames) -> Result<(), DecodeError> {
    enter_root(xml, names.root)?;
    while read_child(xml, names.item, |_: T| ())? {}
    xml.expect_end()
}
