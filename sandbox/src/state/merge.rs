//! An update changes what was sent, and nothing else.

/// Takes over each field that was sent.
macro_rules! take_over {
    ($sent:expr => $kept:expr; $($field:ident),* $(,)?) => {{
        let (sent, kept) = ($sent, $kept);
        $(if sent.$field.is_some() {
            kept.$field.clone_from(&sent.$field);
        })*
    }};
}
pub(super) use take_over;

use spektrix_v2::Attributes;

/// Attributes are told apart by their names: those that were not sent stay.
pub(super) fn attributes(sent: &Attributes, kept: &mut Attributes) {
    for attribute in sent.iter() {
        kept.insert(attribute.name.unwrap_or_default(), attribute.value.unwrap_or_default());
    }
}

/// A list that was sent stands in the place of the one before. None at all cannot be told from one that was not sent.
pub(super) fn list<T: Clone>(sent: &[T], kept: &mut Vec<T>) {
    if !sent.is_empty() {
        kept.clear();
        kept.extend_from_slice(sent);
    }
}
