//! Request bodies: checks before anything is sent that they have the parts that the service's documentation requires.

use std::fmt;

use crate::runtime::Outline;

/// A part that a request body must contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Not `non_exhaustive`: code that is generated from other help pages creates it, too.
pub struct BodyRequirement {
    /// The elements that must contain the part, by their path below the root: `Ticket`. Empty for the root itself.
    pub of: &'static str,
    /// The children, or attributes (`@id`), of which at least one must have content.
    pub any_of: &'static [&'static str],
    /// If set, the part is required only if the element has this child with this value.
    pub when: Option<(&'static str, &'static str)>,
}

/// Checks the outline of a request body against what the service's documentation requires.
pub(super) fn check_outline(
    requirements: &[BodyRequirement],
    outline: impl FnOnce() -> Outline,
) -> Result<(), InvalidBody> {
    if requirements.is_empty() {
        return Ok(());
    }
    let missing = missing(&outline(), requirements);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(InvalidBody { missing })
    }
}

/// A request body without parts that the service requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidBody {
    missing: Vec<Missing>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Missing {
    path: String,
    when: Option<(&'static str, &'static str)>,
}

impl InvalidBody {
    /// Returns the paths of all missing parts, in the order of the body: `BasketItems/Ticket[2]/Plan`.
    pub fn missing(&self) -> impl ExactSizeIterator<Item = &str> {
        self.missing.iter().map(|missing| missing.path.as_str())
    }
}

/// The number of missing parts that a message names. A body may contain many tickets.
const MOST_SHOWN: usize = 20;

impl fmt::Display for InvalidBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, missing) in self.missing.iter().take(MOST_SHOWN).enumerate() {
            f.write_str(if at == 0 { "" } else { ", " })?;
            f.write_str(&missing.path)?;
            if let Some((name, value)) = missing.when {
                write!(f, " (because {name} is {value})")?;
            }
        }
        match self.missing.len().saturating_sub(MOST_SHOWN) {
            0 => f.write_str(" must be set"),
            more => write!(f, " and {more} more must be set"),
        }
    }
}

impl std::error::Error for InvalidBody {}

/// Returns everything that is missing, in the order of the body.
fn missing(outline: &Outline, requirements: &[BodyRequirement]) -> Vec<Missing> {
    let mut missing = Vec::new();
    let mut path = Vec::new();
    for (at, part) in outline.parts().iter().enumerate() {
        path.truncate(part.depth.saturating_sub(1));
        path.push(at);
        let asked = requirements.iter().filter(|asked| is_at(outline, &path, asked.of));
        let broken = asked.filter(|asked| applies(outline, at, asked) && !is_met(outline, at, asked));
        missing.extend(broken.map(|asked| Missing {
            path: format!("{}/{}", shown(outline, &path), asked.any_of.join(" or ")),
            when: asked.when,
        }));
    }
    missing
}

/// Whether an element has this path below the root.
fn is_at(outline: &Outline, path: &[usize], of: &str) -> bool {
    let names = path.iter().skip(1).map(|at| outline.parts()[*at].name);
    let is_element = path.last().is_some_and(|at| !outline.parts()[*at].is_attribute);
    is_element && names.eq(of.split('/').filter(|name| !name.is_empty()))
}

fn applies(outline: &Outline, at: usize, asked: &BodyRequirement) -> bool {
    asked.when.is_none_or(|(name, value)| {
        let mut inside = outline.inside(at);
        inside.any(|(child, part)| !part.is_attribute && part.name == name && outline.content(child) == value)
    })
}

fn is_met(outline: &Outline, at: usize, asked: &BodyRequirement) -> bool {
    outline.inside(at).any(|(child, part)| {
        let is_wanted = |wanted: &&str| match wanted.strip_prefix('@') {
            Some(wanted) => part.is_attribute && part.name == wanted,
            None => !part.is_attribute && part.name == *wanted,
        };
        asked.any_of.iter().any(is_wanted) && outline.has_content(child)
    })
}

fn shown(outline: &Outline, path: &[usize]) -> String {
    let parts = path.iter().map(|at| &outline.parts()[*at]);
    let shown = parts.map(|part| match part.number {
        0 => part.name.to_owned(),
        number => format!("{}[{number}]", part.name),
    });
    shown.collect::<Vec<_>>().join("/")
}
