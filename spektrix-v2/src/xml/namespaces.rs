//! Names with a namespace before them, in braces: `{urn:x}Event`. Reading goes by the name alone.

/// The namespace, if there is one, and the name.
pub(super) fn split(name: &'static str) -> (Option<&'static str>, &'static str) {
    let expanded = name.strip_prefix('{').and_then(|rest| rest.rsplit_once('}'));
    expanded.map_or((None, name), |(namespace, name)| (Some(namespace), name))
}

/// The name alone.
pub(super) fn local(name: &'static str) -> &'static str {
    split(name).1
}
