//! Elements of which one stands, or any number in any order.

use super::{DecodeError, Decoder, Encoder, Tag};

/// One of several elements, told apart by their names.
pub trait Choice: Sized {
    /// Reads the element whose tag was just taken. It has the name of one of the branches.
    fn read_branch<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Option<Self>, DecodeError>;

    /// Writes the element.
    fn write_branch(&self, xml: &mut Encoder);
}

impl<'a> Decoder<'a> {
    /// Reads a child that may stand once. An element that says it has no value chooses nothing.
    pub fn choice<T: Choice>(&mut self, tag: Tag<'a>, field: &mut Option<T>) -> Result<(), DecodeError> {
        if field.is_some() || tag.is_nil() {
            return self.pass(&tag);
        }
        *field = T::read_branch(self, tag)?;
        Ok(())
    }

    /// Reads one of any number of children.
    pub fn choices<T: Choice>(&mut self, tag: Tag<'a>, list: &mut Vec<T>) -> Result<(), DecodeError> {
        if tag.is_nil() {
            return self.pass(&tag);
        }
        list.extend(T::read_branch(self, tag)?);
        Ok(())
    }

    /// The value of an element that holds text and has attributes; `None` where it holds none.
    pub fn content<T: super::Text>(&mut self, tag: &Tag<'a>) -> Result<Option<T>, DecodeError> {
        if tag.is_nil() {
            self.pass(tag)?;
            return Ok(None);
        }
        let text = self.content_text(tag)?;
        if text.is_empty() || !T::KEEPS_BLANKS && text.trim_ascii().is_empty() {
            return Ok(None);
        }
        T::parse(T::trim(&text))
            .map(Some)
            .map_err(|super::InvalidText(expected)| self.bad_value(tag, &text, expected))
    }
}

impl Encoder {
    /// Writes the element of a choice, if one was made.
    pub fn choice<'c, T: Choice + 'c>(&mut self, choices: impl IntoIterator<Item = &'c T>) {
        for choice in choices {
            choice.write_branch(self);
        }
    }

    /// Writes text into the element begun last, if there is any.
    pub fn content<T: super::Text>(&mut self, value: Option<&T>) {
        if let Some(value) = value {
            self.text(value);
        }
    }
}
