//! Puts a box around fields through which a type would hold itself.

use std::collections::BTreeMap;

use crate::model::{Field, Model, Place, TypeKind, Value};

/// Boxes what has to be boxed: what holds and what is held can reach each other.
pub(super) fn add(model: &mut Model) {
    let component = components(&held(model));
    for (owner, found) in &mut model.types {
        let fields: &mut [Field] = match &mut found.kind {
            TypeKind::Struct(fields) | TypeKind::Choice(fields) => fields,
            TypeKind::Enumeration(_) | TypeKind::Substitution(_) => &mut [],
        };
        for field in fields {
            if matches!(field.place, Place::Element | Place::Choice)
                && let Value::Named(child) = &field.value
                && component.get(owner) == component.get(child)
            {
                field.value = Value::Boxed(child.clone());
            }
        }
    }
}

type Held = BTreeMap<String, Vec<String>>;

/// What each type holds otherwise than in a list.
fn held(model: &Model) -> Held {
    let types = model.types.iter();
    types
        .map(|(name, found)| {
            let held = found.kind.held().into_iter().filter(|(in_list, _)| !in_list);
            (name.clone(), held.map(|(_, child)| child.to_owned()).collect())
        })
        .collect()
}

/// A number for each type, the same for types that reach each other. A type that does not reach itself has one of its
/// own, but then it does not hold itself either.
fn components(held: &Held) -> BTreeMap<String, usize> {
    let mut backwards: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (owner, children) in held {
        for child in children {
            backwards.entry(child).or_default().push(owner);
        }
    }
    let mut component = BTreeMap::new();
    for (number, start) in finished(held).into_iter().rev().enumerate() {
        let mut next = vec![start];
        while let Some(name) = next.pop() {
            if !component.contains_key(name) {
                component.insert(name.to_owned(), number);
                next.extend(backwards.get(name).into_iter().flatten());
            }
        }
    }
    component
}

/// The types in the order in which a walk over what they hold is done with them. It takes no stack.
fn finished(held: &Held) -> Vec<&str> {
    let (mut done, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
    for start in held.keys() {
        let mut open = vec![(start.as_str(), 0)];
        if !seen.insert(start.as_str()) {
            continue;
        }
        while let Some((name, at)) = open.pop() {
            match held.get(name).and_then(|children| children.get(at)) {
                Some(child) => {
                    open.push((name, at + 1));
                    if seen.insert(child) {
                        open.push((child, 0));
                    }
                }
                None => done.push(name),
            }
        }
    }
    done
}
