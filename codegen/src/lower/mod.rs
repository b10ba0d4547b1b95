//! Lowers each schema page into model types.
//!
//! The interpreter turns XML Schema into plain page types. `page_model` applies the conventions of .NET's two exporters:
//! wrappers of lists and references are flattened.

mod ambiguous_names;
mod annotations;
mod attributes;
mod content;
mod derivation;
mod group;
mod interpreter;
mod origin;
mod page_model;
mod page_types;
mod root_element;
mod schema;
mod simple_types;
mod split_schemas;

use interpreter::Interpreter;
use schema::{Declarations, NamespaceNames};

use crate::error::Result;
use crate::load::{LoadedBody, LoadedOperation, Unreadable};

pub use page_model::{IdCollision, PageModel};

/// A schema page, lowered on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoweredPage {
    /// The operation: `GetEvents`.
    pub operation: String,
    /// `request` or `response`.
    pub side: &'static str,
    /// What the page adds to the model.
    pub model: PageModel,
}

impl LoweredPage {
    /// Returns the name of the page: `GetEvents response`.
    pub fn name(&self) -> String {
        format!("{} {}", self.operation, self.side)
    }
}

/// Lowers the schema pages of all operations: operations in the given order, requests before responses.
pub fn lower_all(loaded: &[LoadedOperation]) -> Result<Vec<LoweredPage>> {
    lower_each(loaded).into_iter().map(|(_, lowered)| lowered).collect()
}

/// Lowers the schema pages that can be read. The bodies of the others become bytes, and their errors are returned.
pub fn lower_readable(loaded: &mut [LoadedOperation]) -> (Vec<LoweredPage>, Vec<Unreadable>) {
    let (mut pages, mut unreadable) = (Vec::new(), Vec::new());
    for ((operation, side), lowered) in lower_each(loaded) {
        match lowered {
            Ok(page) => pages.push(page),
            Err(error) => unreadable.push(Unreadable::new(&operation, side, error)),
        }
    }
    for page in &unreadable {
        page.make_bytes(loaded);
    }
    (pages, unreadable)
}

/// A page, by operation and side.
type PageKey = (String, &'static str);

fn lower_each(loaded: &[LoadedOperation]) -> Vec<(PageKey, Result<LoweredPage>)> {
    let bodies = loaded
        .iter()
        .flat_map(|operation| [&operation.request, &operation.response]);
    // The names of types in namespaces depend on all pages, so that a type has the same name on each.
    let names = NamespaceNames::of_pages(bodies.filter_map(|body| match body {
        LoadedBody::Schemas { text, .. } => Some(text.as_str()),
        LoadedBody::Empty(_) | LoadedBody::Bytes { .. } => None,
    }));
    let mut pages = Vec::new();
    for operation in loaded {
        let name = &operation.operation.name;
        for (side, body) in [("request", &operation.request), ("response", &operation.response)] {
            if let LoadedBody::Schemas { text, example_root } = body {
                let model = lower_with_names(&format!("{name} {side}"), text, example_root.as_deref(), &names)
                    .map_err(|error| error.in_file(&format!("{name}/{side}.xsd")));
                let lowered = model.map(|model| LoweredPage {
                    operation: name.clone(),
                    side,
                    model,
                });
                pages.push(((name.clone(), side), lowered));
            }
        }
    }
    pages
}

/// Checks the limits that apply to a schema page before it is parsed: its size, its depth, and that it has no document type.
pub fn check_limits(page: &str, schemas: &str) -> Result<()> {
    split_schemas::check_page(page, schemas)
}

/// Lowers a single schema page. If the page has several root elements, the root of its example is used.
pub fn lower(page: &str, schemas: &str, example_root: Option<&str>) -> Result<PageModel> {
    let names = NamespaceNames::of_pages(std::iter::once(schemas));
    lower_with_names(page, schemas, example_root, &names)
}

fn lower_with_names(
    page: &str,
    schemas: &str,
    example_root: Option<&str>,
    names: &NamespaceNames,
) -> Result<PageModel> {
    let schemas = schema::parse(page, schemas)?;
    let declarations = Declarations::of_schemas(page, &schemas, names)?;
    let mut interpreter = Interpreter::new(page, &declarations);
    interpreter.add_named_types()?;
    let root = root_element::find(&interpreter, example_root)?;
    let model = page_model::build(page, &interpreter.finish(root)?)?;
    ambiguous_names::refuse(page, &model.types)?;
    Ok(model)
}
