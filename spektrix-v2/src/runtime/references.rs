//! Character and entity references, such as `&#233;` and `&amp;`.

use quick_xml::events::BytesRef;

/// Describes an `&` without a `;`.
pub(super) const UNTERMINATED: &str = "an `&` is not escaped as `&amp;`";

/// Describes a reference to no known entity or to no character, by its name, without `&` and `;`.
pub(super) fn describe_unknown(name: &str) -> String {
    if is_plausible(name) {
        format!("unknown reference `&{name};`")
    } else {
        // Probably an `&` that was not escaped. What follows may be part of a password, so it is not quoted.
        "unknown reference".to_owned()
    }
}

/// Resolves every reference in raw text and normalizes its line breaks. Returns `None` if a reference cannot be resolved.
pub(super) fn resolve_all(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'\r' {
            // XML 1.0 section 2.11: `\r\n` and a lone `\r` are read as `\n`.
            text.push('\n');
            let after = &rest[at + 1..];
            rest = after.strip_prefix('\n').unwrap_or(after);
        } else {
            let (character, after) = split_reference(&rest[at + 1..])?;
            text.push(character);
            rest = after;
        }
    }
    text.push_str(rest);
    Some(text)
}

/// Splits a reference from the front of the text after an `&`.
fn split_reference(text: &str) -> Option<(char, &str)> {
    // Those that occur most in texts of this service: paragraphs of HTML.
    const COMMON: [(&str, char); 4] = [("#xD;", '\r'), ("lt;", '<'), ("gt;", '>'), ("amp;", '&')];
    for (reference, character) in COMMON {
        if let Some(rest) = text.strip_prefix(reference) {
            return Some((character, rest));
        }
    }
    let (reference, rest) = split_name(text)?;
    if let Some(character) = resolve(reference) {
        return Some((character, rest));
    }
    let character = surrogate_pair(reference, rest)?;
    let (_, rest) = split_name(&rest[1..])?;
    Some((character, rest))
}

/// Returns the character that a reference and the one that directly follows it represent as two halves of UTF-16. Old
/// software writes an emoji like this: `&#xD83C;&#xDFAD;`. XML forbids it, but it cannot mean anything else.
pub(super) fn surrogate_pair(reference: &str, rest: &str) -> Option<char> {
    let (next, _) = split_name(rest.strip_prefix('&')?)?;
    let mut characters = char::decode_utf16([code_unit(reference)?, code_unit(next)?]);
    let character = characters.next()?.ok()?;
    // Two characters of one unit each are no pair.
    characters.next().is_none().then_some(character)
}

/// Returns the number of a reference, if it is a half of a pair.
fn code_unit(reference: &str) -> Option<u16> {
    let number = reference.strip_prefix('#')?;
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let unit = digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digits)?;
    let unit = u16::from_str_radix(unit, radix).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}

/// Returns whether each reference in raw text ends with a `;`.
///
/// The tokenizer rejects others even in text that is skipped.
pub(super) fn are_terminated(raw: &str) -> bool {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        match split_name(&rest[at + 1..]) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

/// Splits the text after an `&` into the name of the reference and what follows its `;`.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let end = memchr::memchr2(b';', b'&', text.as_bytes())?;
    (text.as_bytes()[end] == b';').then(|| (&text[..end], &text[end + 1..]))
}

/// Returns the character of a numeric or predefined reference.
///
/// It may be one that XML 1.0 forbids: .NET writes a vertical tab that someone pasted as `&#xB;`, and that must not make
/// the whole body unreadable. Only U+0000 and numbers that are not characters are rejected.
pub(super) fn resolve(reference: &str) -> Option<char> {
    if reference.starts_with('#') {
        BytesRef::new(reference).resolve_char_ref().ok()?
    } else {
        quick_xml::escape::resolve_xml_entity(reference)?.chars().next()
    }
}

/// Returns whether a name looks like that of a reference: `eacute`, `LT`, `#233`, `#xE9`.
fn is_plausible(name: &str) -> bool {
    let is_short_and = |name: &str, is_part: fn(&u8) -> bool| name.len() <= 8 && name.as_bytes().iter().all(is_part);
    match name.strip_prefix('#') {
        Some(number) => is_short_and(number, |byte| byte.is_ascii_hexdigit() || b"xX".contains(byte)),
        None => is_short_and(name, u8::is_ascii_lowercase) || is_short_and(name, u8::is_ascii_uppercase),
    }
}
