//! Documentation of generated items.

use proc_macro2::TokenStream;
use quote::quote;

use super::Target;
use crate::model::{Grade, Model};
use crate::names;
use crate::printable::{code_span, visible};

/// A doc comment, wrapped. Invisible characters, which only a page can have brought here, are escaped.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = text.split('\n').flat_map(|paragraph| wrap(&visible(paragraph)));
    let lines = lines.map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// A doc comment where types are only reached through the module `types`: its links are made to go there.
pub(super) fn doc_outside_types(text: &str, model: &Model) -> TokenStream {
    doc(&link_types(text, model))
}

/// The text with its links to types made to go through the module `types`.
pub(super) fn link_types(text: &str, model: &Model) -> String {
    let mut linked = text.to_owned();
    for name in model.types.keys().map(|name| names::type_name(name)) {
        linked = linked.replace(&format!("[`{name}`]"), &format!("[`{name}`](types::{name})"));
    }
    linked
}

/// A doc comment that ends with how sure we are.
pub(super) fn graded(text: &str, wire: &str, grade: Option<Grade>, target: Target) -> TokenStream {
    let text = match text {
        "" => undocumented(wire, target),
        text => text.trim_end().to_owned(),
    };
    match (grade, target) {
        (Some(grade), _) => doc(&format!("{text} *({})*", word(grade))),
        (None, Target::Crate) => doc(&format!("{text} *(from the page alone)*")),
        // In a preview everything is.
        (None, Target::Preview) => doc(&text),
    }
}

/// What is said of a part that the overlay says nothing of.
pub(super) fn undocumented(wire: &str, target: Target) -> String {
    let wire = code_span(wire);
    match target {
        Target::Crate => format!("{wire} in XML. What it means is not documented."),
        Target::Preview => format!("{wire} in XML."),
    }
}

fn word(grade: Grade) -> &'static str {
    match grade {
        Grade::Recorded => "recorded",
        Grade::Client => "read by clients",
        Grade::Documented => "documented",
        Grade::Inferred => "inferred",
    }
}

/// Breaks a paragraph into lines of at most a hundred characters.
fn wrap(paragraph: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        let line = lines
            .last_mut()
            .filter(|line| line.is_empty() || line.len() + word.len() < WIDTH);
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) => {
                line.push(' ');
                line.push_str(word);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}
