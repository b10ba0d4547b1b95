//! What a body says, against what it says once it was read and written again.

use std::collections::BTreeSet;

use super::infoset::parts;

const NIL: &str = "/@{http://www.w3.org/2001/XMLSchema-instance}nil = \"true\"";
const TYPE: &str = "/@{http://www.w3.org/2001/XMLSchema-instance}type = \"";

/// The first place where a body says something else once it was read and written again.
///
/// What says that it has no value need not be written, nor a list of nothing else, and neither need what was passed
/// over: those are paths of local names. Which prefix the name of a type has says nothing.
pub fn difference_when_written_again(body: &str, again: &str, passed_over: &BTreeSet<String>) -> Option<String> {
    let (was, is) = match (parts(body), parts(again)) {
        (Ok(was), Ok(is)) => (was, is),
        (Err(what), _) | (_, Err(what)) => return Some(format!("broken XML ({what})")),
    };
    let passed_over = passed_over.iter().map(|path| without_prefix(path)).collect();
    let (was, is) = (essential(&was, &passed_over), essential(&is, &passed_over));
    let mut again = is.iter().peekable();
    for Part { text, may_be_missing } in &was {
        match again.peek() {
            Some(is) if say_the_same(text, &is.text) => drop(again.next()),
            _ if *may_be_missing => {}
            Some(is) => return Some(format!("it said {text}, and says {}", is.text)),
            None => return Some(format!("it said {text}, and says its end")),
        }
    }
    again.next().map(|is| format!("it said its end, and says {}", is.text))
}

/// An element, an attribute or a text.
struct Part {
    text: String,
    /// Whether it is an element that holds only what says that it has no value: a list of nothing.
    may_be_missing: bool,
}

fn essential(parts: &[String], passed_over: &BTreeSet<String>) -> Vec<Part> {
    let (mut kept, mut below): (Vec<Part>, Option<String>) = (Vec::new(), None);
    for part in parts {
        if below.as_ref().is_some_and(|below| part.starts_with(below.as_str())) {
            continue;
        }
        below = None;
        let path = local_path(part);
        if part.contains(" = ") && !path.contains("/@") && passed_over.contains(&format!("{path}/text()")) {
            continue;
        }
        if passed_over.contains(&path) {
            if !path.contains("/@") {
                below = Some(format!("{}/", part.split(" = ").next().unwrap_or(part)));
            }
        } else if let Some(element) = part.strip_suffix(NIL) {
            // Without its root a document would not be one.
            if kept.len() > 1 && kept.last().is_some_and(|last| last.text == element) {
                kept.pop();
                mark_parent(&mut kept, element);
                below = Some(format!("{element}/"));
            }
        } else {
            kept.push(Part {
                text: without_type_prefix(part),
                may_be_missing: false,
            });
        }
    }
    kept
}

/// If the element began what its parent holds, the parent holds nothing so far. Should anything follow, that is compared.
fn mark_parent(kept: &mut [Part], element: &str) {
    let at_root = kept.len() == 1;
    if let Some(last) = kept.last_mut()
        && !at_root
        && element
            .strip_prefix(last.text.as_str())
            .is_some_and(|rest| rest.starts_with('/'))
    {
        last.may_be_missing = true;
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

/// Whether two parts are equal, or numbers with an exponent of which both round to one `f32`: the constant that help
/// pages write for one has more digits than it holds.
fn say_the_same(was: &str, is: &str) -> bool {
    let number = |part: &str| {
        let (path, text) = part.split_once(" = ")?;
        let number = text.trim_matches('"');
        let number: f32 = number.contains('E').then(|| number.parse().ok())??;
        Some((path.to_owned(), number.to_bits()))
    };
    was == is || number(was).is_some_and(|was| Some(was) == number(is))
}

/// `A/@z:Id` → `A/@Id`
fn without_prefix(path: &str) -> String {
    match path.split_once("/@") {
        Some((element, name)) => format!("{element}/@{}", name.rsplit(':').next().unwrap_or(name)),
        None => path.to_owned(),
    }
}

/// `{urn:x}A/{urn:x}B = "t"` → `A/B`
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
