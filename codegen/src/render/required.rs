//! What an operation requires: as data, and in its documentation.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{BodyRequirement, Operation};

pub(super) fn render(required: &BodyRequirement) -> TokenStream {
    let (of, any_of) = (required.of.join("/"), &required.any_of);
    let when = match &required.when {
        Some((name, value)) => quote!(Some((#name, #value))),
        None => quote!(None),
    };
    quote!(BodyRequirement { of: #of, any_of: &[#(#any_of),*], when: #when })
}

/// What is checked before the operation is sent, as a section of its own; nothing where nothing is.
pub(super) fn documentation(operation: &Operation) -> String {
    let notes = &operation.notes;
    let mut lines = String::new();
    if !notes.require_any.is_empty() {
        push(
            &mut lines,
            &format!("one of the parameters {}", listed(&notes.require_any, "")),
        );
    }
    if !notes.at_most_one.is_empty() {
        push(
            &mut lines,
            &format!("at most one of the parameters {}", listed(&notes.at_most_one, "")),
        );
    }
    for required in &notes.body_requires {
        let of: String = required.of.iter().map(|name| format!("{name}/")).collect();
        let when = required.when.as_ref();
        let when = when.map_or(String::new(), |(name, value)| format!(", when `{name}` is `{value}`"));
        push(&mut lines, &format!("{}{when}", listed(&required.any_of, &of)));
    }
    match lines.as_str() {
        "" => lines,
        _ => format!("\n\n# Required\nChecked before it is sent:{lines}"),
    }
}

fn push(lines: &mut String, line: &str) {
    // Writing to a `String` cannot fail.
    let _ = write!(lines, "\n- {line}");
}

fn listed(names: &[String], of: &str) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{of}{name}`")).collect();
    names.join(" or ")
}
