//! Names in Rust, derived from names on the pages. The same pages always give the same names.

use std::borrow::Cow;

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use crate::printable::is_invisible;

/// Names that a generated type cannot have: those that its file uses, and those that the crate exports.
const RESERVED: &[&str] = &[
    "AsMut",
    "AsRef",
    "Attribute",
    "Attributes",
    "Base64",
    "BodyNames",
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
    "Identified",
    "Identity",
    "Into",
    "IntoIterator",
    "InvalidBody",
    "InvalidParameters",
    "Iterator",
    "Lifecycle",
    "Method",
    "MissingFields",
    "MissingParts",
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

/// Returns the name of a type: `InstancePlanStatus`. A reserved name gets a suffix.
pub fn type_name(name: &str) -> String {
    let name = with_legal_start(upper_camel(name));
    if RESERVED.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        name
    }
}

fn with_legal_start(name: String) -> String {
    match name.chars().next() {
        None => "Unnamed".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("N{name}"),
        Some(_) => name,
    }
}

/// Returns the name of an operation: `GetEvents`.
pub fn operation(name: &str) -> String {
    type_name(name)
}

/// Returns the name of an identifier: `EventId`.
pub fn id(subject: &str) -> String {
    format!("{}Id", with_legal_start(upper_camel(subject)))
}

/// Returns the name of an identifier that includes the type it wraps: `EventStringId`.
pub fn id_with_type(name: &str, xsd_name: &str) -> String {
    let wrapped = upper_camel(xsd_name.trim_start_matches("xs:"));
    format!("{}{wrapped}Id", name.trim_end_matches("Id"))
}

/// Returns the name of a field, a parameter or a method: `start_selling_at_utc`. A keyword becomes a raw identifier.
pub fn field(name: &str) -> String {
    let name = separated(name).to_snake_case();
    match name.as_str() {
        "" => "_unnamed".to_owned(),
        "self" | "super" | "crate" => format!("{name}_"),
        _ if syn::parse_str::<syn::Ident>(&name).is_ok() => name,
        _ if !name.starts_with(unicode_ident::is_xid_start) => format!("_{name}"),
        _ => format!("r#{name}"),
    }
}

/// Returns the name of the variant for a value of an enumeration: `3D Secure` → `N3dSecure`.
pub fn variant(value: &str) -> String {
    let name = upper_camel(value);
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(first) if !unicode_ident::is_xid_start(first) => format!("N{name}"),
        _ if matches!(name.as_str(), "Self" | "Unknown") => format!("{name}Value"),
        _ => name,
    }
}

/// Returns alternatives for the name of a type or variant: `Line2`, or `Line1No2` after a digit.
pub fn numbered_type(name: &str) -> impl Iterator<Item = String> + use<> {
    let separator = if name.ends_with(|last: char| last.is_ascii_digit()) {
        "No"
    } else {
        ""
    };
    let stem = format!("{name}{separator}");
    (2..).map(move |number: u32| format!("{stem}{number}"))
}

/// Returns alternatives for the name of a field or parameter: `line_2`.
pub fn numbered_field(name: &str) -> impl Iterator<Item = String> + use<> {
    let stem = name.to_owned();
    (2..).map(move |number: u32| format!("{stem}_{number}"))
}

/// Returns the plural of a name, for a field that holds a list.
pub fn plural(name: &str) -> String {
    let ends_with = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends_with(&["Series", "series", "Species", "species"]) {
        name.to_owned()
    } else if ends_with(&["s", "x", "ch", "sh"]) {
        format!("{name}es")
    } else if ends_with(&["Child", "child"]) {
        format!("{name}ren")
    } else if ends_with(&["y"]) && !ends_with(&["ay", "ey", "oy", "uy"]) {
        format!("{}ies", &name[..name.len() - 1])
    } else {
        format!("{name}s")
    }
}

/// Returns the indefinite article of a name: `an` Event, `a` User.
pub fn article(name: &str) -> &'static str {
    let vowels = ['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u'];
    // A vowel that is spoken as a consonant: "a user", "a European", "a one-time code".
    let consonant_sounds = ["Uni", "Use", "Uti", "Eu", "One"];
    if name.starts_with(vowels) && !consonant_sounds.iter().any(|sound| name.starts_with(sound)) {
        "an"
    } else {
        "a"
    }
}

/// Returns a name in upper camel case, which need not be a legal identifier: `price-list` → `PriceList`.
pub fn upper_camel(name: &str) -> String {
    separated(name).to_upper_camel_case()
}

/// Replaces each character that cannot be part of an identifier with a space, which ends a word.
fn separated(name: &str) -> String {
    let is_part = |character: &char| unicode_ident::is_xid_continue(*character) && !is_invisible(*character);
    let name = without_xml_escapes(name);
    let characters = name.chars();
    characters
        .map(|character| Some(character).filter(is_part).unwrap_or(' '))
        .collect()
}

/// Decodes the escapes that .NET writes for characters that XML names cannot contain: `_x0033_d` → `3d`.
fn without_xml_escapes(name: &str) -> Cow<'_, str> {
    let escape = |text: &str| {
        let code = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
        char::from_u32(u32::from_str_radix(code, 16).ok()?)
    };
    let mut rest = name;
    let mut plain = String::new();
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let length = if let Some(character) = escape(&rest[at..]) {
            plain.push(character);
            "_x0000_".len()
        } else {
            plain.push('_');
            1
        };
        rest = &rest[at + length..];
    }
    if plain.is_empty() {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(plain + rest)
    }
}

#[cfg(test)]
mod tests {
    use super::{field, type_name, variant};

    #[test]
    fn names_become_legal_identifiers() {
        // On the page, as a field, as a type, as a variant.
        let rows = [
            (
                "StartSellingAtUtc",
                "start_selling_at_utc",
                "StartSellingAtUtc",
                "StartSellingAtUtc",
            ),
            ("Line1", "line1", "Line1", "Line1"),
            ("line-1", "line_1", "Line1", "Line1"),
            ("HTMLText", "html_text", "HtmlText", "HtmlText"),
            ("3D Secure", "_3d_secure", "N3dSecure", "N3dSecure"),
            ("_x0033_d", "_3d", "N3d", "N3d"),
            ("a_x0020_b_x0020_c", "a_b_c", "ABC", "ABC"),
            ("_x", "x", "X", "X"),
            ("x_x00zz_", "x_x00zz", "XX00zz", "XX00zz"),
            ("type", "r#type", "Type", "Type"),
            ("Self", "self_", "SelfType", "SelfValue"),
            ("Größe", "größe", "Größe", "Größe"),
            ("日本", "日本", "日本", "日本"),
            ("x²", "x", "X", "X"),
            ("", "_unnamed", "Unnamed", "Empty"),
            ("Vec", "vec", "VecType", "Vec"),
        ];
        for (name, as_field, as_type, as_variant) in rows {
            let found = (field(name), type_name(name), variant(name));
            let expected = (as_field.to_owned(), as_type.to_owned(), as_variant.to_owned());
            assert_eq!(found, expected, "{name}");
        }
    }
}
