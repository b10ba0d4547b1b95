//! Names in Rust: always the same ones for the same pages.

use crate::error::{Error, Result};

/// Names that a generated type may not have: what its own file uses, and what the crate exports beside it.
const TAKEN: &[&str] = &[
    "Attribute",
    "Attributes",
    "BodyStream",
    "Box",
    "Call",
    "Client",
    "ClientBuilder",
    "DateTime",
    "Decimal",
    "Effect",
    "Err",
    "Error",
    "Identity",
    "InvalidParameters",
    "Lifecycle",
    "Method",
    "None",
    "Ok",
    "Operation",
    "OperationInfo",
    "OperationVisitor",
    "Option",
    "Page",
    "Paged",
    "Paging",
    "Parameters",
    "QueryDate",
    "Requirement",
    "Result",
    "Secret",
    "Self",
    "Session",
    "SessionId",
    "SessionUse",
    "Some",
    "String",
    "Timestamp",
    "Transport",
    "TransportError",
    "TransportFault",
    "TransportFuture",
    "TransportResponse",
    "Vec",
];

/// The name of a type: `InstancePlanStatus`. A name that Rust has taken gets a suffix.
pub fn type_name(name: &str) -> String {
    let name = camel(name);
    match TAKEN.contains(&name.as_str()) {
        true => format!("{name}Type"),
        false => name,
    }
}

/// The name of an identifier: `EventId`.
pub fn id(subject: &str) -> String {
    format!("{}Id", camel(subject))
}

/// The name of a field, a parameter or a method: `start_selling_at_utc`. A keyword becomes a raw identifier.
pub fn field(name: &str) -> String {
    let name = snake(name);
    match name.as_str() {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if syn::parse_str::<syn::Ident>(&name).is_ok() => name,
        _ if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() => format!("_{name}"),
        _ => format!("r#{name}"),
    }
}

/// The plural of a name, for a field that holds a list.
pub fn plural(name: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&["s", "x", "ch", "sh"]) {
        format!("{name}es")
    } else if ends(&["y"]) && !ends(&["ay", "ey", "oy", "uy"]) {
        format!("{}ies", &name[..name.len() - 1])
    } else {
        format!("{name}s")
    }
}

/// Whether names in Rust are distinct; where not, an error that names the place.
pub fn check_distinct<'a>(page: &str, owner: &str, names: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            let what = format!("two parts of `{owner}` would both be called {name} in Rust: rename one in the overlay");
            return Err(Error::new(page, what));
        }
    }
    Ok(())
}

/// `startSellingAtUTC` → `start_selling_at_utc`
fn snake(name: &str) -> String {
    let mut snake = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (at, character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
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

/// `price-list` → `PriceList`
fn camel(name: &str) -> String {
    let words = name.split(|character: char| !character.is_alphanumeric());
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
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        _ if name == "Self" || name == "Unknown" => format!("{name}Value"),
        _ => name,
    }
}
