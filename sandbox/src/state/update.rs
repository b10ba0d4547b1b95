//! Partial updates: an update changes the fields that were sent and no others. And the checks that updates share.

use spektrix_v2::Attributes;

use crate::api::Refusal;

/// Copies each field that was sent.
macro_rules! copy_sent {
    ($sent:expr => $kept:expr; $($field:ident),* $(,)?) => {{
        let (sent, kept) = ($sent, $kept);
        $(if sent.$field.is_some() {
            kept.$field.clone_from(&sent.$field);
        })*
    }};
}
pub(super) use copy_sent;

/// Sets the attributes that were sent. Attributes are identified by their names, and the others stay as they are.
pub(super) fn set_attributes(sent: &Attributes, kept: &mut Attributes) {
    for attribute in sent.iter() {
        kept.insert(attribute.name.unwrap_or_default(), attribute.value.unwrap_or_default());
    }
}

/// Replaces a list with the one that was sent. An empty list changes nothing, because it looks the same as no list.
pub(super) fn replace_list<T: Clone>(sent: &[T], kept: &mut Vec<T>) {
    if !sent.is_empty() {
        kept.clear();
        kept.extend_from_slice(sent);
    }
}

/// Returns whether a string is absent, empty, or only whitespace.
pub(super) fn is_blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// Returns an error if one of the lines is blank. `suffix` is added to the name of the line.
pub(super) fn require_lines(lines: &[(&str, &Option<String>)], suffix: &str) -> Result<(), String> {
    match lines.iter().find(|(_, line)| is_blank(line.as_deref())) {
        Some((name, _)) => Err(format!("{name}{suffix} must be set")),
        None => Ok(()),
    }
}

/// Returns a function that turns a problem into a refusal that names the element with the problem.
pub(super) fn refuse(element: impl std::fmt::Display) -> impl FnOnce(String) -> Refusal {
    move |problem| Refusal::invalid(format!("{element}: {problem}."))
}
