//! Predicts user-defined attributes: elements with a name and a value, of which more than half of a list consists.

use std::borrow::Cow;

use super::values::resolved;
use crate::runtime::field::Field;
use crate::runtime::scan::{split_plain_text, split_text, trim_start};

/// Takes the rest of `<Attribute><Name>…</Name><Value>…</Value></Attribute>` after its first name, and the elements after it
/// with the same name. Returns what follows them, or `None` if the first one is written in another way.
pub(crate) fn predicted_pairs<'a>(
    mut rest: &'a str,
    field: &Field,
    mut append: impl FnMut(&str, &str),
) -> Option<&'a str> {
    let mut end = None;
    loop {
        let after = if let Some((name, value, after)) = usual_pair(rest) {
            append(name, value);
            after
        } else if let Some((name, value, after)) = unusual_pair(rest) {
            append(&name, &value);
            after
        } else {
            return end;
        };
        end = Some(after);
        match field.after_name(trim_start(after)) {
            Some(next) => rest = next,
            None => return end,
        }
    }
}

/// Splits the rest of an attribute as the service writes it: the name, the value, and what follows.
#[inline]
fn usual_pair(rest: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = split_plain_text(rest.strip_prefix("><Name>")?)?;
    let rest = rest.strip_prefix("</Name><Value")?;
    if let Some(rest) = rest.strip_prefix("/></Attribute>") {
        return Some((name, "", rest));
    }
    let (value, rest) = split_plain_text(rest.strip_prefix(">")?)?;
    Some((name, value, rest.strip_prefix("</Value></Attribute>")?))
}

/// The same, with whitespace and references.
fn unusual_pair(rest: &str) -> Option<(Cow<'_, str>, Cow<'_, str>, &str)> {
    let (name, rest) = text(after(after(rest, ">")?, "<Name>")?)?;
    let rest = after(after(rest, "</Name>")?, "<Value")?;
    let (value, rest) = match after(rest, "/>") {
        Some(rest) => (Cow::Borrowed(""), rest),
        None => {
            let (value, rest) = text(after(rest, ">")?)?;
            (value, after(rest, "</Value>")?)
        }
    };
    Some((name, value, after(rest, "</Attribute>")?))
}

fn after<'a>(text: &'a str, tag: &str) -> Option<&'a str> {
    trim_start(text).strip_prefix(tag)
}

fn text(rest: &str) -> Option<(Cow<'_, str>, &str)> {
    let span = split_text(rest)?;
    Some((resolved(span)?, span.rest))
}
