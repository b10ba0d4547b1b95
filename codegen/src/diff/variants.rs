//! What is one of several: branches of a choice, types that stand for another, values of an enumeration.

use super::fields::{self, Owner};
use super::{Breaks, Found, types, words};
use crate::model::{EnumValue, Field, Substitute};

/// The branches of a choice: one more is harmless, since an enumeration of them may grow.
pub(super) fn branches(found: &mut Found<'_>, name: &str, sent: bool, old: &[Field], new: &[Field]) {
    let owner = Owner {
        name,
        new_name: name,
        sent,
    };
    let counterpart = |field: &Field, fields: &[Field]| fields.iter().find(|other| other.name == field.name).cloned();
    for field in old {
        match counterpart(field, new) {
            Some(other) => fields::both(found, &owner, field, &other),
            None => fields::add(found, &owner, field, "the branch is gone", Breaks::new(true, sent)),
        }
    }
    for field in new.iter().filter(|field| counterpart(field, old).is_none()) {
        let what = format!("the branch is new: {}", words::held(field));
        fields::add(found, &owner, field, what, Breaks::NOTHING);
    }
}

/// What may stand for a type.
pub(super) fn substitutes(found: &mut Found<'_>, name: &str, old: &[Substitute], new: &[Substitute]) {
    for was in old {
        match new.iter().find(|is| is.wire_name == was.wire_name) {
            Some(is) => drop(types::meet(found, &was.value, &is.value)),
            None => {
                let what = format!("{} no longer stands for it", was.wire_name);
                found.add(name, what, Breaks::USERS, words::rust_type(name));
            }
        }
    }
    for is in new
        .iter()
        .filter(|is| !old.iter().any(|was| was.wire_name == is.wire_name))
    {
        let what = format!("{} may stand for it now", is.wire_name);
        found.add(name, what, Breaks::NOTHING, words::rust_type(name));
    }
}

/// The values of an enumeration.
pub(super) fn values(found: &mut Found<'_>, name: &str, sent: bool, old: &[EnumValue], new: &[EnumValue]) {
    let has = |values: &[EnumValue], wanted: &EnumValue| values.iter().any(|value| value.value == wanted.value);
    let rust = |value: &EnumValue| format!("{}::{}", words::rust_type(name), value.rust_name);
    for value in old.iter().filter(|value| !has(new, value)) {
        let what = format!("the value {:?} is gone", value.value);
        found.add(name, what, Breaks::new(true, sent), rust(value));
    }
    for value in new.iter().filter(|value| !has(old, value)) {
        let what = format!("the value {:?} is new", value.value);
        found.add(name, what, Breaks::NOTHING, rust(value));
    }
}
