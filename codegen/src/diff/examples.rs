//! Examples: compared by what they say.

use std::collections::BTreeMap;

use super::{Breaks, Found, infoset, words};

/// Compares the examples of operations that both sets have, by path in the folder.
pub(super) fn compare(found: &mut Found<'_>, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) {
    let (was, is) = (found.old, found.new);
    let in_both = |path: &str| {
        let operation = operation(path);
        was.operations.contains_key(operation) && is.operations.contains_key(operation)
    };
    let paths: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for path in paths.into_iter().filter(|path| in_both(path)) {
        let what = match (old.get(path), new.get(path)) {
            (Some(old), Some(new)) => match infoset::difference(old, new) {
                Some(what) => format!("the example differs: {what}"),
                None => continue,
            },
            (Some(_), None) => "there is no example any more".to_owned(),
            _ => "there is an example now".to_owned(),
        };
        let place = path.split_once('.').map_or(path.as_str(), |(place, _)| place);
        let rust = words::rust_operation(operation(path));
        found.add(place.replace('/', " "), what, Breaks::NOTHING, rust);
    }
}

fn operation(path: &str) -> &str {
    path.split_once('/').map_or(path, |(operation, _)| operation)
}
