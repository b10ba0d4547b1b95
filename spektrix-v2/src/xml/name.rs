//! Names of elements and attributes: what is one, and which part of it counts.

/// The part of an element's name that counts, or `None` if it is no name.
///
/// Beyond ASCII every character is taken for one of a name: such names are unknown in any case.
pub(super) fn local_name(name: &str) -> Option<&str> {
    match name.bytes().position(|byte| !IS_NAME_BYTE[usize::from(byte)]) {
        None if begins_like_a_name(name) => Some(name),
        _ => unusual_local_name(name),
    }
}

/// A name with a prefix, with other letters than ASCII's, or none at all.
#[cold]
fn unusual_local_name(name: &str) -> Option<&str> {
    let (prefix, local) = name
        .split_once(':')
        .map_or((None, name), |(prefix, local)| (Some(prefix), local));
    (prefix.is_none_or(is_plain_name) && is_plain_name(local)).then_some(local)
}

fn is_plain_name(name: &str) -> bool {
    begins_like_a_name(name)
        && name
            .bytes()
            .all(|byte| IS_NAME_BYTE[usize::from(byte)] || !byte.is_ascii())
}

/// Of the bytes of names, only digits, `-` and `.` cannot come first, and they come before all letters.
fn begins_like_a_name(name: &str) -> bool {
    name.bytes().next().is_some_and(|first| first > b'9')
}

/// Whether an attribute's name is one. It may have any number of colons: only its whole counts.
pub(super) fn is_attribute_name(name: &str) -> bool {
    let belongs = |byte: u8| IS_NAME_BYTE[usize::from(byte)] || byte == b':' || !byte.is_ascii();
    !name.is_empty() && name.bytes().all(belongs)
}

/// Letters, digits, `_`, `-` and `.`, by a table: this is asked for every byte of every name.
pub(super) static IS_NAME_BYTE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        byte += 1;
    }
    table
};
