//! Compares facets of simple types: `maxLength`, `pattern` and others. The crate does not check them, the service may.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Breaks, Comparison};
use crate::model::Field;

type Facets = BTreeMap<String, BTreeSet<String>>;

/// Compares the facets of two fields.
pub(super) fn compare(comparison: &mut Comparison<'_>, place: &str, rust: &str, old: &Field, new: &Field) {
    let place = match old.origin.flattened.last() {
        Some(name) if new.origin.flattened.last() == Some(name) => name,
        _ => place,
    };
    let (was, is): (&Facets, &Facets) = (&old.origin.facets, &new.origin.facets);
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for name in names {
        let (before, after) = (was.get(name), is.get(name));
        if before == after {
            continue;
        }
        let what = format!("the facet {name} was {} and is {}", shown(before), shown(after));
        let wire = comparison.in_direction(is_narrower(name, before, after), false);
        comparison.add(place, what, Breaks::new(false, wire), rust);
    }
}

fn shown(values: Option<&BTreeSet<String>>) -> String {
    let Some(values) = values else {
        return "missing".to_owned();
    };
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    values.join(" or ")
}

/// Returns whether the service may refuse what it accepted before.
fn is_narrower(name: &str, before: Option<&BTreeSet<String>>, after: Option<&BTreeSet<String>>) -> bool {
    let number = |values: Option<&BTreeSet<String>>| -> Option<f64> { values?.iter().next()?.parse().ok() };
    let (Some(was), Some(is)) = (before, after) else {
        // Without a facet, everything is accepted.
        return after.is_some() && name != "whiteSpace";
    };
    match (name, number(Some(was)), number(Some(is))) {
        ("maxLength" | "maxInclusive" | "maxExclusive" | "totalDigits" | "fractionDigits", Some(was), Some(is)) => {
            is < was
        }
        ("minLength" | "minInclusive" | "minExclusive", Some(was), Some(is)) => is > was,
        ("whiteSpace", ..) => false,
        // A length, or a pattern: no order is known.
        _ => true,
    }
}
