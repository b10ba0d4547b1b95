//! Renders documentation comments.

use proc_macro2::TokenStream;
use quote::quote;

use super::target::Target;
use crate::model::{Grade, Model};
use crate::names;
use crate::printable::{code_span, visible};

/// The width of a documentation comment, without its indentation.
const WIDTH: usize = 100;

/// Renders a documentation comment. Lines are wrapped, and invisible characters, which can come from a page, escaped.
pub(super) fn doc(text: &str) -> TokenStream {
    let lines = text.split('\n').flat_map(|paragraph| wrap(&visible(paragraph)));
    let lines = lines.map(|line| if line.is_empty() { line } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// Renders a documentation comment for a module where types are only reachable as `types::…`.
pub(super) fn doc_outside_types(text: &str, model: &Model) -> TokenStream {
    doc(&link_types(text, model))
}

/// Changes links to types into links to the module `types`.
pub(super) fn link_types(text: &str, model: &Model) -> String {
    let mut linked = text.to_owned();
    for name in model.types.keys().map(|name| names::type_name(name)) {
        linked = linked.replace(&format!("[`{name}`]"), &format!("[`{name}`](types::{name})"));
    }
    linked
}

/// Renders a documentation comment that ends with the grade of the evidence.
pub(super) fn graded(text: &str, wire_name: &str, grade: Option<Grade>, target: Target) -> TokenStream {
    let text = if text.is_empty() {
        undocumented(wire_name, target)
    } else {
        text.trim_end().to_owned()
    };
    match (grade, target) {
        (Some(grade), _) => doc(&format!("{text} *({})*", label(grade))),
        (None, Target::Crate) => doc(&format!("{text} *(schema only)*")),
        // In a preview, nothing has a grade.
        (None, Target::Preview) => doc(&text),
    }
}

/// Returns the documentation of a part that the overlay does not document.
pub(super) fn undocumented(wire_name: &str, target: Target) -> String {
    let wire_name = code_span(wire_name);
    match target {
        Target::Crate => format!("{wire_name} in XML. Its meaning is not documented."),
        Target::Preview => format!("{wire_name} in XML."),
    }
}

fn label(grade: Grade) -> &'static str {
    match grade {
        Grade::Recorded => "recorded",
        Grade::Client => "read by clients",
        Grade::Documented => "documented",
        Grade::Inferred => "inferred",
    }
}

fn wrap(paragraph: &str) -> Vec<String> {
    let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    // Breaking a word would break a link or an identifier.
    let options = textwrap::Options::new(WIDTH).break_words(false);
    let lines = textwrap::wrap(&text, options).into_iter();
    lines.map(std::borrow::Cow::into_owned).collect()
}
