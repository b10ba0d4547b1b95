//! Names of elements and attributes: which ones are valid, and which part of a name identifies an element.

/// Returns the part of an element's name after the prefix, or `None` if the name is not valid.
///
/// Every character beyond ASCII counts as valid in a name. Such names are unknown to the schema in any case.
pub(super) fn local_name(name: &str) -> Option<&str> {
    // Nearly all names are plain ASCII without a prefix, so a single scan of the bytes decides.
    match name.bytes().position(|byte| !IS_NAME_BYTE[usize::from(byte)]) {
        None if starts_like_a_name(name) => Some(name),
        _ => unusual_local_name(name),
    }
}

/// Handles names with a prefix or with characters beyond ASCII, and invalid names.
#[cold]
fn unusual_local_name(name: &str) -> Option<&str> {
    // A second colon remains in the local part, and makes it invalid.
    let (prefix, local) = name
        .split_once(':')
        .map_or((None, name), |(prefix, local)| (Some(prefix), local));
    (prefix.is_none_or(is_unprefixed_name) && is_unprefixed_name(local)).then_some(local)
}

fn is_unprefixed_name(name: &str) -> bool {
    starts_like_a_name(name)
        && name
            .bytes()
            .all(|byte| IS_NAME_BYTE[usize::from(byte)] || !byte.is_ascii())
}

fn starts_like_a_name(name: &str) -> bool {
    // A name cannot start with a digit, `-` or `.`. In ASCII these precede all letters.
    name.bytes().next().is_some_and(|first| first > b'9')
}

/// Returns whether an attribute's name is valid. It may contain any number of colons: it is compared as a whole.
pub(super) fn is_attribute_name(name: &str) -> bool {
    let is_valid = |byte: u8| IS_NAME_BYTE[usize::from(byte)] || byte == b':' || !byte.is_ascii();
    !name.is_empty() && name.bytes().all(is_valid)
}

/// Letters, digits, `_`, `-` and `.`. A lookup table, because every byte of every name is tested.
pub(super) static IS_NAME_BYTE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        byte += 1;
    }
    table
};

/// Splits a name in Clark notation, `{urn:x}Event`, into its namespace, if there is one, and its local name.
///
/// Generated code uses this notation for types with a namespace. Only the encoder writes namespaces; the decoder
/// compares local names.
pub(super) fn split_clark(name: &'static str) -> (Option<&'static str>, &'static str) {
    let expanded = name.strip_prefix('{').and_then(|rest| rest.rsplit_once('}'));
    expanded.map_or((None, name), |(namespace, name)| (Some(namespace), name))
}

/// Returns the local part of a name in Clark notation.
pub(super) fn without_namespace(name: &'static str) -> &'static str {
    split_clark(name).1
}
