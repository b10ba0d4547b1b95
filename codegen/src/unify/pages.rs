//! The schema pages of all operations, lowered, before they are joined.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::load::{Loaded, Side};
use crate::lower::{self, Twins, shape::PageModel};
use crate::model;

/// What the overlay calls types on their own page, before pages have to agree: by page, old name, new name.
pub type PageNames = BTreeMap<String, BTreeMap<String, String>>;

/// A schema page of one side of an operation.
#[derive(Debug)]
pub(super) struct LoweredPage {
    /// `GetEvents`
    pub(super) operation: String,
    /// `response`
    pub(super) side: &'static str,
    /// What it gives to the model.
    pub(super) model: PageModel,
}

impl LoweredPage {
    /// `GetEvents response`
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.operation, self.side)
    }
}

/// Lowers every schema page, operations by name, requests before responses.
pub(super) fn lower_all(loaded: &[Loaded]) -> Result<Vec<LoweredPage>> {
    let sides = loaded
        .iter()
        .flat_map(|operation| [&operation.request, &operation.response]);
    let twins = Twins::of(sides.filter_map(|side| match side {
        Side::Schemas(schemas, _) => Some(schemas.as_str()),
        _ => None,
    }));
    let mut pages = Vec::new();
    for operation in loaded {
        let name = &operation.operation.name;
        for (side, found) in [("request", &operation.request), ("response", &operation.response)] {
            if let Side::Schemas(schemas, example_root) = found {
                let model = lower::lower_among(&format!("{name} {side}"), schemas, example_root.as_deref(), &twins)
                    .map_err(|error| error.in_file(&format!("{name}/{side}.xsd")))?;
                pages.push(LoweredPage {
                    operation: name.clone(),
                    side,
                    model,
                });
            }
        }
    }
    Ok(pages)
}

/// Gives types the names that the overlay has for them. Answers what does not apply.
pub(super) fn rename(pages: &mut [LoweredPage], names: &PageNames) -> Vec<Error> {
    let mut left_out = Vec::new();
    for (page, names) in names {
        let mut refuse = |what: String| {
            left_out.push(Error::new(
                format!("overlay entry [page.\"{page}\".types]"),
                format!("{what}, so this entry no longer applies: remove it, or correct its name"),
            ));
        };
        let Some(found) = pages.iter_mut().find(|found| found.name() == *page) else {
            refuse("no operation has such a schema page".to_owned());
            continue;
        };
        let (known, unknown): (BTreeMap<_, _>, BTreeMap<_, _>) = names
            .clone()
            .into_iter()
            .partition(|(name, _)| found.model.types.contains_key(name));
        for name in unknown.keys() {
            refuse(format!("the page has no type {name}"));
        }
        renamed(&mut found.model, &known);
    }
    left_out
}

/// Gives types of a page other names, wherever it names them.
pub(super) fn renamed(page: &mut PageModel, names: &BTreeMap<String, String>) {
    page.body.rename_type(names);
    model::rename_types(&mut page.types, names);
    page.made = std::mem::take(&mut page.made)
        .into_iter()
        .map(|name| names.get(&name).cloned().unwrap_or(name))
        .collect();
}
