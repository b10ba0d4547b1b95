//! Decodes a part of a list: its head, an item, or what follows the last of them.

use std::collections::{BTreeSet, VecDeque};

use super::ListDecoder;
use crate::xml::{BodyNames, DecodeError, DecodeOptions, Decoder, Element};

/// What was read from the beginning of the text.
pub(super) struct Taken<T> {
    /// How many bytes it took.
    pub(super) bytes: usize,
    /// How many items were begun, with those before it.
    pub(super) items: usize,
    /// The item, if that was one.
    pub(super) item: Option<T>,
    /// The paths in it that the schema does not know.
    pub(super) unknown: BTreeSet<String>,
}

/// How far several items at a time were read.
pub(super) struct TakenItems {
    pub(super) bytes: usize,
    pub(super) items: usize,
    /// Whether the next one could not be read.
    pub(super) is_cut_short: bool,
    pub(super) unknown: BTreeSet<String>,
}

/// When so many bytes were read together, their items are handed out first.
const ENOUGH: usize = 16 * 1024;

impl<T: Element> ListDecoder<T> {
    /// Reads what stands before the root and the root's start tag.
    pub(super) fn take_head(&mut self) -> Result<Taken<T>, DecodeError> {
        self.head.push_str(&self.input.unread()[..self.searched]);
        let mut xml = Decoder::new(&self.head, &self.options);
        enter_root(&mut xml, self.names.root).map_err(|error| error.moved(self.input.offset()))?;
        Ok(Taken {
            bytes: self.searched,
            items: 0,
            item: None,
            unknown: xml.into_unknown(),
        })
    }

    /// Reads the next child of the root, which ends where the search has come to.
    pub(super) fn take_item(&self) -> Result<Taken<T>, DecodeError> {
        let text = &self.input.unread()[..self.searched];
        let mut xml = inside_root(text, self.names, &self.options);
        xml.items = self.items;
        let child = next_child(&mut xml, self.names.item);
        let child = child.map_err(|error| error.moved(self.input.offset()))?;
        Ok(Taken {
            bytes: xml.offset(),
            items: xml.items,
            item: match child {
                Child::Item(item) => Some(item),
                Child::Other | Child::End => None,
            },
            unknown: xml.into_unknown(),
        })
    }

    /// Reads on as long as another item seems to have arrived whole, but not on and on.
    pub(super) fn take_items(&self, ready: &mut VecDeque<T>) -> TakenItems {
        let mut xml = inside_root(self.input.unread(), self.names, &self.options);
        xml.items = self.items;
        let (mut bytes, mut items, mut is_cut_short) = (0, self.items, false);
        let mut unknown = BTreeSet::new();
        while bytes < ENOUGH && self.ends.is_behind(self.input.offset() + bytes) {
            let child = next_child(&mut xml, self.names.item);
            let is_small = xml.offset() - bytes <= self.options.max_item_bytes;
            match child.ok().filter(|child| is_small && !matches!(child, Child::End)) {
                Some(Child::Item(item)) => ready.push_back(item),
                Some(_) => {}
                None => {
                    is_cut_short = true;
                    break;
                }
            }
            (bytes, items) = (xml.offset(), xml.items);
            unknown.append(&mut xml.take_unknown());
        }
        TakenItems {
            bytes,
            items,
            is_cut_short,
            unknown,
        }
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

/// The next child of the root.
enum Child<T> {
    Item(T),
    /// An element of another name, or one that says it is nil.
    Other,
    /// The root ends.
    End,
}

fn next_child<T: Element>(xml: &mut Decoder<'_>, item: &str) -> Result<Child<T>, DecodeError> {
    let Some(child) = xml.child()? else {
        return Ok(Child::End);
    };
    let mut value = None;
    if child.name() == item {
        xml.items += 1;
        xml.field(child, &mut value)?;
    } else {
        xml.skip(child)?;
    }
    Ok(value.map_or(Child::Other, Child::Item))
}

fn read_list<T: Element>(xml: &mut Decoder<'_>, names: BodyNames) -> Result<(), DecodeError> {
    enter_root(xml, names.root)?;
    while !matches!(next_child::<T>(xml, names.item)?, Child::End) {}
    xml.expect_end()
}
