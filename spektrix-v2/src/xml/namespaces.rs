//! Names with a namespace before them, in braces: `{urn:x}Event`. Reading goes by the name alone.

/// The namespace, empty if there is none, and the name.
pub(super) fn split(name: &'static str) -> (&'static str, &'static str) {
    let expanded = name.strip_prefix('{').and_then(|rest| rest.rsplit_once('}'));
    expanded.unwrap_or(("", name))
}

/// The name alone.
pub(super) fn local(name: &'static str) -> &'static str {
    split(name).1
}
