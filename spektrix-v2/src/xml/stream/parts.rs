//! Decodes a part of a list: its head, an item, or what follows the last of them.

use std::collections::BTreeSet;

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

    /// Reads the next child of the root from the first of the bytes that are unread.
    pub(super) fn take_item(&self, bytes: usize) -> Result<Taken<T>, DecodeError> {
        let text = &self.input.unread()[..bytes];
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
