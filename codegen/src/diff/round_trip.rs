//! Compares a body with the body that is written after reading it.

use std::collections::BTreeSet;

use super::infoset::parts;

const NIL: &str = "/@{http://www.w3.org/2001/XMLSchema-instance}nil = \"true\"";
const TYPE: &str = "/@{http://www.w3.org/2001/XMLSchema-instance}type = \"";

/// Returns the first difference between a body and the body that was written after reading it.
///
/// Some differences are expected and ignored: nil elements and lists of them are not written, skipped parts (given as
/// paths of local names) are not written, an empty element with a default is written with it, and the prefix of a type name
/// has no meaning.
pub fn round_trip_difference(body: &str, written: &str, skipped: &BTreeSet<String>) -> Option<String> {
    let (original, written) = match (parts(body), parts(written)) {
        (Ok(original), Ok(written)) => (original, written),
        (Err(problem), _) | (_, Err(problem)) => return Some(format!("malformed XML ({problem})")),
    };
    let skipped: BTreeSet<String> = skipped.iter().map(|path| without_prefix(path)).collect();
    let original = essential_parts(&original, &skipped);
    let written = essential_parts(&written, &skipped);
    let is_default =
        |part: &Part| part.text.contains(" = ") && is_skipped(&skipped, &local_path(&part.text), "default()");
    let mut written = written.iter().peekable();
    for Part { text, is_optional } in &original {
        while written
            .next_if(|part| is_default(part) && !are_equal(text, &part.text))
            .is_some()
        {}
        match written.peek() {
            Some(part) if are_equal(text, &part.text) => drop(written.next()),
            _ if *is_optional => {}
            Some(part) => return Some(format!("expected {text}, found {}", part.text)),
            None => return Some(format!("expected {text}, found the end")),
        }
    }
    let rest = written.find(|part| !is_default(part));
    rest.map(|part| format!("expected the end, found {}", part.text))
}

/// Returns whether a detail of a part is skipped.
fn is_skipped(skipped: &BTreeSet<String>, path: &str, detail: &str) -> bool {
    skipped.contains(&format!("{path}/{detail}"))
}

/// An element, an attribute or a text.
struct Part {
    text: String,
    /// Whether the part is an element that contains only nil elements, or nothing. Such a list has no items and is not
    /// written.
    is_optional: bool,
}

/// Returns the parts that must be written.
fn essential_parts(parts: &[String], skipped: &BTreeSet<String>) -> Vec<Part> {
    // While `skipped_below` is set, parts that start with it are skipped.
    let (mut kept, mut skipped_below): (Vec<Part>, Option<String>) = (Vec::new(), None);
    for part in parts {
        if skipped_below
            .as_ref()
            .is_some_and(|prefix| part.starts_with(prefix.as_str()))
        {
            continue;
        }
        skipped_below = None;
        let path = local_path(part);
        let is_attribute = path.contains("/@");
        if is_skipped(skipped, &path, "offset()") && part.contains(" = ") {
            kept.push(Part {
                text: without_offset(part),
                is_optional: false,
            });
            continue;
        }
        if part.contains(" = ") && !is_attribute && is_skipped(skipped, &path, "text()") {
            continue;
        }
        if skipped.contains(&path) {
            if !is_attribute {
                skipped_below = Some(format!("{}/", part.split(" = ").next().unwrap_or(part)));
            }
        } else if let Some(element) = part.strip_suffix(NIL) {
            // The root is always written.
            if kept.len() > 1 && kept.last().is_some_and(|last| last.text == element) {
                kept.pop();
                mark_parent(&mut kept, element);
                skipped_below = Some(format!("{element}/"));
            }
        } else {
            kept.push(Part {
                text: without_type_prefix(part),
                is_optional: !part.contains(" = ") && is_skipped(skipped, &path, "items()"),
            });
        }
    }
    kept
}

/// Marks the parent of a nil element as optional, if the nil element is its first child.
///
/// If other children follow, the parent is written, and they are compared.
fn mark_parent(kept: &mut [Part], element: &str) {
    let is_root = kept.len() == 1;
    if let Some(last) = kept.last_mut()
        && !is_root
        && let Some(rest) = element.strip_prefix(last.text.as_str())
        && rest.starts_with('/')
    {
        last.is_optional = true;
    }
}

fn without_type_prefix(part: &str) -> String {
    match part.split_once(TYPE) {
        Some((element, name)) => {
            let name = name.rsplit(':').next().unwrap_or(name);
            format!("{element}{TYPE}{name}")
        }
        None => part.to_owned(),
    }
}

/// Removes the offset of a time, which is not read: `A = "08:15:30.0Z"` → `A = "08:15:30"`.
fn without_offset(part: &str) -> String {
    let (path, text) = part.split_once(" = ").unwrap_or((part, ""));
    let text = text.trim_matches('"').trim_end_matches('Z');
    let offset = text
        .rfind(['+', '-'])
        .filter(|at| text.len() - at == "+00:00".len() && text[*at..].contains(':'));
    let text = text.get(..offset.unwrap_or(text.len())).unwrap_or(text);
    let text = match text.split_once('.') {
        Some((_, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.trim_end_matches('0').trim_end_matches('.')
        }
        _ => text,
    };
    format!("{path} = {text:?}")
}

/// Returns whether two parts are equal, or the same moment, or numbers with an exponent that are equal as `f32`.
///
/// The constant that help pages write for an `xs:float` has more digits than the type holds.
fn are_equal(original: &str, written: &str) -> bool {
    let number = |part: &str| {
        let (path, text) = part.split_once(" = ")?;
        let number = text.trim_matches('"');
        let number: f32 = number.contains('E').then(|| number.parse().ok())??;
        Some((path.to_owned(), number.to_bits()))
    };
    original == written
        || is_same_moment(original, written)
        || number(original).is_some_and(|original| Some(original) == number(written))
}

/// Returns whether a time is written as it was read, but in UTC. A time that the page says is in UTC may lack its offset.
fn is_same_moment(original: &str, written: &str) -> bool {
    let original = original.strip_suffix('"').filter(|original| original.contains(" = \""));
    let is_time = |text: &str| {
        let date = text
            .rsplit_once(" = \"")
            .and_then(|(_, text)| text.split_once('T'))
            .map(|(date, _)| date);
        date.is_some_and(|date| date.len() == "2000-01-01".len())
    };
    original.is_some_and(|original| is_time(original) && written.strip_suffix("Z\"") == Some(original))
}

/// Removes the prefix of an attribute: `A/@z:Id` → `A/@Id`.
fn without_prefix(path: &str) -> String {
    match path.split_once("/@") {
        Some((element, name)) => format!("{element}/@{}", name.rsplit(':').next().unwrap_or(name)),
        None => path.to_owned(),
    }
}

/// Returns the path without namespaces and value: `{urn:x}A/{urn:x}B = "t"` → `A/B`.
fn local_path(part: &str) -> String {
    let mut path = String::new();
    let mut in_braces = false;
    for character in part.split(" = ").next().unwrap_or(part).chars() {
        match character {
            '{' => in_braces = true,
            '}' => in_braces = false,
            _ if in_braces => {}
            _ => path.push(character),
        }
    }
    path
}
