//! What an operation requires: as data, and in its documentation.

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
    let mut lines = Vec::new();
    for (what, names) in [("one of", &notes.require_any), ("at most one of", &notes.at_most_one)] {
        lines.extend((!names.is_empty()).then(|| format!("{what} the parameters {}", listed(names.iter().cloned()))));
    }
    lines.extend(notes.body_requires.iter().map(|required| {
        let paths = listed(required.paths());
        let when = required.when.as_ref();
        when.map_or(paths.clone(), |(name, value)| {
            format!("{paths}, when `{name}` is `{value}`")
        })
    }));
    match lines.is_empty() {
        true => String::new(),
        false => format!("\n\n# Required\nChecked before it is sent:\n- {}", lines.join("\n- ")),
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.join(" or ")
}
