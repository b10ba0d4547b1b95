//! Names in Rust: always the same ones for the same pages.

use std::borrow::Cow;

use crate::model::Primitive;
use crate::printable::is_invisible;

/// Names that a generated type may not have: what its own file uses, and what the crate exports beside it.
const TAKEN: &[&str] = &[
    "AsMut",
    "AsRef",
    "Attribute",
    "Attributes",
    "Base64",
    "BodyNames",
    "BodyRequirement",
    "BodyStream",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Date",
    "DateTime",
    "Debug",
    "Decimal",
    "Default",
    "Deserialize",
    "DoubleEndedIterator",
    "Drop",
    "Effect",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Guid",
    "Hash",
    "Identity",
    "Into",
    "IntoIterator",
    "InvalidParameters",
    "Iterator",
    "Lifecycle",
    "Method",
    "None",
    "Ok",
    "Operation",
    "OperationInfo",
    "OperationVisitor",
    "Option",
    "Ord",
    "Page",
    "Paged",
    "Paging",
    "Parameters",
    "PartialEq",
    "PartialOrd",
    "QueryDate",
    "RangeBounds",
    "RawBody",
    "Requirement",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Serialize",
    "Session",
    "SessionId",
    "SessionUse",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Time",
    "Timestamp",
    "ToOwned",
    "ToString",
    "Tokens",
    "Transport",
    "TransportError",
    "TransportErrorKind",
    "TransportFuture",
    "TransportResponse",
    "TryFrom",
    "TryInto",
    "UnknownType",
    "Unpin",
    "Vec",
];

/// The name of a type: `InstancePlanStatus`. A name that Rust has taken gets a suffix.
pub fn type_name(name: &str) -> String {
    let name = legal(camel(name));
    match TAKEN.contains(&name.as_str()) {
        true => format!("{name}Type"),
        false => name,
    }
}

/// A name that may begin one in Rust.
fn legal(name: String) -> String {
    match name.chars().next() {
        None => "Unnamed".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("N{name}"),
        Some(_) => name,
    }
}

/// Whether a character may stand in a name in Rust. What may not, ends a word.
fn is_of_word(character: char) -> bool {
    character != '_' && unicode_ident::is_xid_continue(character) && !is_invisible(character)
}

/// The name of an operation: `GetEvents`.
pub fn operation(name: &str) -> String {
    type_name(name)
}

/// The names that are left for a type or a value whose name is taken: `Line2`, or `Line1No2` behind a digit.
pub(crate) fn numbered_type(name: &str) -> impl Iterator<Item = String> + use<> {
    let stem = match name.ends_with(|last: char| last.is_ascii_digit()) {
        true => format!("{name}No"),
        false => name.to_owned(),
    };
    (2..).map(move |number: u32| format!("{stem}{number}"))
}

/// The names that are left for a field or a parameter whose name is taken: `line_2`.
pub(crate) fn numbered_field(name: &str) -> impl Iterator<Item = String> + use<> {
    let stem = name.to_owned();
    (2..).map(move |number: u32| format!("{stem}_{number}"))
}

/// The name of an identifier that says what it is made of: `EventStringId`.
pub(crate) fn id_made_of(name: &str, inner: Primitive) -> String {
    let made_of = inner.xsd_name().trim_start_matches("xs:");
    format!("{}{}Id", name.trim_end_matches("Id"), camel(made_of))
}

/// The name of an identifier: `EventId`.
pub fn id(subject: &str) -> String {
    format!("{}Id", legal(camel(subject)))
}

/// The name of a field, a parameter or a method: `start_selling_at_utc`. A keyword becomes a raw identifier.
pub fn field(name: &str) -> String {
    let name = snake(&unescaped(name));
    match name.as_str() {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if syn::parse_str::<syn::Ident>(&name).is_ok() => name,
        _ if !name.starts_with(unicode_ident::is_xid_start) => format!("_{name}"),
        _ => format!("r#{name}"),
    }
}

/// The plural of a name, for a field that holds a list.
pub fn plural(name: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&["Series", "series", "Species", "species"]) {
        name.to_owned()
    } else if ends(&["s", "x", "ch", "sh"]) {
        format!("{name}es")
    } else if ends(&["Child", "child"]) {
        format!("{name}ren")
    } else if ends(&["y"]) && !ends(&["ay", "ey", "oy", "uy"]) {
        format!("{}ies", &name[..name.len() - 1])
    } else {
        format!("{name}s")
    }
}

/// What stands before a name in English: `an` Event, `a` User.
pub fn article(name: &str) -> &'static str {
    let is_spoken_with_a_consonant = ["Uni", "Use", "Uti", "Eu", "One"]
        .iter()
        .any(|start| name.starts_with(start));
    match name.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']) && !is_spoken_with_a_consonant {
        true => "an",
        false => "a",
    }
}

/// `startSellingAtUTC` → `start_selling_at_utc`
fn snake(name: &str) -> String {
    let mut snake = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (at, character) in characters.iter().enumerate() {
        if !is_of_word(*character) {
            if !snake.ends_with('_') {
                snake.push('_');
            }
            continue;
        }
        if at > 0 && character.is_uppercase() && begins_word(&characters, at) && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    snake
}

fn begins_word(characters: &[char], at: usize) -> bool {
    let before_is_lower = !characters[at - 1].is_uppercase();
    let next_is_lower = characters.get(at + 1).is_some_and(|next| next.is_lowercase());
    before_is_lower || next_is_lower
}

/// A name without .NET's way of writing what no name in XML may hold: `_x0033_d` → `3d`.
fn unescaped(name: &str) -> Cow<'_, str> {
    let escape = |text: &str| {
        let code = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
        char::from_u32(u32::from_str_radix(code, 16).ok()?)
    };
    let mut at = 0;
    let mut plain = String::new();
    while let Some(found) = name[at..].find("_x").map(|found| at + found) {
        plain.push_str(&name[at..found]);
        at = match escape(&name[found..]) {
            Some(character) => {
                plain.push(character);
                found + "_x0000_".len()
            }
            None => {
                plain.push('_');
                found + 1
            }
        };
    }
    match plain.is_empty() {
        true => Cow::Borrowed(name),
        false => Cow::Owned(plain + &name[at..]),
    }
}

/// `price-list` → `PriceList`
pub(crate) fn camel(name: &str) -> String {
    let name = unescaped(name);
    let words = name.split(|character: char| !is_of_word(character));
    words
        .flat_map(|word| {
            let mut characters = word.chars();
            let first = characters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(characters.collect::<Vec<_>>()).collect::<Vec<_>>()
        })
        .collect()
}

/// The name of an enumeration's value: `3D Secure` → `N3dSecure`.
pub fn variant(value: &str) -> String {
    let name = camel(value);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("N{name}"),
        _ if matches!(name.as_str(), "Self" | "Unknown") => format!("{name}Value"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{field, type_name, variant};

    #[test]
    fn names_become_ones_that_rust_allows() {
        let rows = [
            (
                "StartSellingAtUtc",
                "start_selling_at_utc",
                "StartSellingAtUtc",
                "StartSellingAtUtc",
            ),
            ("_x0033_d", "_3d", "N3d", "N3d"),
            ("a_x0020_b_x0020_c", "a_b_c", "ABC", "ABC"),
            ("_x", "_x", "X", "X"),
            ("x_x00zz_", "x_x00zz_", "XX00zz", "XX00zz"),
            ("type", "r#type", "Type", "Type"),
            ("Self", "self_", "SelfType", "SelfValue"),
            ("line-1", "line_1", "Line1", "Line1"),
            ("Größe", "größe", "Größe", "Größe"),
            ("日本", "日本", "日本", "日本"),
            ("x²", "x_", "X", "X"),
            ("", "_", "Unnamed", "Empty"),
            ("Vec", "vec", "VecType", "Vec"),
        ];
        for (name, as_field, as_type, as_value) in rows {
            assert_eq!(
                (field(name).as_str(), type_name(name).as_str(), variant(name).as_str()),
                (as_field, as_type, as_value),
                "{name}"
            );
        }
    }
}
