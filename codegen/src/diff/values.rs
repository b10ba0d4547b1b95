//! Compares what fields, items and bodies hold: whether the text of one type is read as another, and which type of a page
//! is the cause of a difference.

use super::comparison::{Breaks, Comparison};
use super::labels;
use crate::model::{Field, FieldKind, Model, Origin, Primitive, Substitute, TypeKind, Value, local_name};

/// How two values differ.
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) breaks_wire: bool,
}

/// Compares two values. Two types of the same kind are scheduled for comparison.
///
/// `is_text` is true for attributes and texts, where an identifier is written as its value.
pub(super) fn difference(
    comparison: &mut Comparison<'_>,
    old: &Value,
    new: &Value,
    is_text: bool,
) -> Option<Difference> {
    if let (Value::Named(a) | Value::Boxed(a), Value::Named(b) | Value::Boxed(b)) = (old, new)
        && compare_types(comparison, a, b)
    {
        return None;
    }
    match (old, new) {
        (Value::Tokens(a), Value::Tokens(b)) => return difference(comparison, a, b, true),
        (Value::Id(a), Value::Id(b)) => {
            let inner = |model: &Model, name: &str| model.ids.get(name).map(|id| id.inner);
            let (was, is) = (inner(comparison.old, a)?, inner(comparison.new, b)?);
            return (was != is).then(|| Difference {
                what: format!("held {} and holds {}", was.xsd_name(), is.xsd_name()),
                breaks_wire: texts_break_wire(comparison, Text::Primitive(was), Text::Primitive(is)),
            });
        }
        // Types of one name may be of different kinds.
        _ if old == new && old.type_name().is_none() => return None,
        _ => {}
    }
    let texts = (
        text_of(comparison.old, old, is_text),
        text_of(comparison.new, new, is_text),
    );
    let breaks_wire = match texts {
        (Some(was), Some(is)) => texts_break_wire(comparison, was, is),
        _ => match (old, new) {
            // Whatever the element holds is kept.
            (Value::AnyXml, _) => comparison.in_direction(true, false),
            (_, Value::AnyXml) => comparison.in_direction(false, true),
            _ => true,
        },
    };
    let (was, is) = (labels::value(old, comparison.old), labels::value(new, comparison.new));
    Some(Difference {
        what: format!("held {was} and holds {is}"),
        breaks_wire,
    })
}

/// Returns whether two types are of the same kind, and schedules them. A type that got derived types, or lost them, is a
/// separate difference.
fn compare_types(comparison: &mut Comparison<'_>, a: &str, b: &str) -> bool {
    let (old, new) = (comparison.old, comparison.new);
    let (Some(was), Some(is)) = (old.types.get(a), new.types.get(b)) else {
        return false;
    };
    match (&was.kind, &is.kind) {
        (TypeKind::Struct(_), TypeKind::Substitution(types)) => {
            let declared = declared(types);
            let (what, wire) = if declared.is_some() {
                (format!("other types extend it now: {}", others(types)), false)
            } else {
                let wire = comparison.in_direction(true, false);
                (
                    format!("it is abstract now, and other types extend it: {}", others(types)),
                    wire,
                )
            };
            comparison.add(a, what, Breaks::new(true, wire), comparison.names.type_path(a));
            if let Some(name) = declared.and_then(|declared| declared.value.type_name()) {
                comparison.add_pair(a, name);
            }
            true
        }
        (TypeKind::Substitution(types), TypeKind::Struct(_)) => {
            let declared = declared(types);
            let what = format!("no other types extend it any more: {}", others(types));
            let wire = comparison.in_direction(true, declared.is_none());
            let owner = declared.and_then(|declared| declared.value.type_name()).unwrap_or(a);
            comparison.add(owner, what, Breaks::new(true, wire), comparison.names.type_path(a));
            comparison.add_pair(owner, b);
            true
        }
        (was, is) => {
            let same = std::mem::discriminant(was) == std::mem::discriminant(is);
            if same {
                comparison.add_pair(a, b);
            }
            same
        }
    }
}

fn declared(types: &[Substitute]) -> Option<&Substitute> {
    types.iter().find(|substitute| substitute.is_declared)
}

fn others(types: &[Substitute]) -> String {
    let others = types.iter().filter(|substitute| !substitute.is_declared);
    let names: Vec<&str> = others.filter_map(|substitute| substitute.value.type_name()).collect();
    names.join(", ")
}

/// What the text of a value may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Text {
    Primitive(Primitive),
    /// A value of an enumeration.
    Enumeration,
    /// Values that whitespace separates.
    Tokens,
}

fn text_of(model: &Model, value: &Value, is_text: bool) -> Option<Text> {
    match value {
        Value::Primitive(primitive) => Some(Text::Primitive(*primitive)),
        Value::Id(name) if is_text => Some(Text::Primitive(model.ids.get(name)?.inner)),
        Value::Named(name) => match model.types.get(name)?.kind {
            TypeKind::Enumeration(_) => Some(Text::Enumeration),
            _ => None,
        },
        Value::Tokens(_) => Some(Text::Tokens),
        _ => None,
    }
}

fn texts_break_wire(comparison: &Comparison<'_>, was: Text, is: Text) -> bool {
    // In Rust, an enumeration is open: a value that it does not have is kept as text.
    let reads_any_text = was == Text::Enumeration;
    comparison.in_direction(!includes(is, was), !(includes(was, is) || reads_any_text))
}

/// Returns whether every text of the narrower type is one of the wider type, with the same meaning.
pub(super) fn includes(wider: Text, narrower: Text) -> bool {
    use Primitive::{
        Byte, Decimal, Double, Float, Int, Long, Short, String, UnsignedByte, UnsignedInt, UnsignedLong, UnsignedShort,
    };
    let (Text::Primitive(wider), Text::Primitive(narrower)) = (wider, narrower) else {
        return wider == narrower || wider == Text::Primitive(String);
    };
    wider == narrower
        || match wider {
            String => true,
            Short => matches!(narrower, Byte | UnsignedByte),
            Int => matches!(narrower, Byte | UnsignedByte | Short | UnsignedShort),
            Long => matches!(
                narrower,
                Byte | UnsignedByte | Short | UnsignedShort | Int | UnsignedInt
            ),
            UnsignedShort => matches!(narrower, UnsignedByte),
            UnsignedInt => matches!(narrower, UnsignedByte | UnsignedShort),
            UnsignedLong => matches!(narrower, UnsignedByte | UnsignedShort | UnsignedInt),
            Decimal => matches!(
                narrower,
                Byte | UnsignedByte | Short | UnsignedShort | Int | UnsignedInt | Long | UnsignedLong
            ),
            Float => matches!(narrower, Byte | UnsignedByte | Short | UnsignedShort),
            Double => matches!(
                narrower,
                Byte | UnsignedByte | Short | UnsignedShort | Int | UnsignedInt | Float
            ),
            _ => false,
        }
}

/// Returns the place of a difference between the values of two fields: the type of the page that caused it, if it was
/// flattened into both, or the field.
pub(super) fn cause(place: &str, old: &Field, new: &Field) -> String {
    let (was, is) = (&old.origin.flattened, &new.origin.flattened);
    if let Some(name) = was.last().filter(|name| is.last() == Some(name)) {
        let is_reference = matches!((&old.value, &new.value), (Value::Id(_), Value::Id(_)));
        if is_reference && old.kind != FieldKind::Attribute {
            return format!("{name}/@id");
        }
        if !(matches!(old.kind, FieldKind::WrappedList(_)) && was.len() == 1) {
            return name.clone();
        }
    }
    match (&old.kind, was.first()) {
        // The wrapper is the same, but its items hold something else.
        (FieldKind::WrappedList(item), Some(wrapper)) if is.first() == Some(wrapper) => {
            format!("{wrapper}/{}", local_name(item))
        }
        _ => place.to_owned(),
    }
}

/// Returns the place of a difference between what two bodies hold: the type of their references, or the body.
pub(super) fn cause_in_body(body: &str, old: (&Value, &Origin), new: (&Value, &Origin)) -> String {
    match (old.0, new.0, old.1.flattened.last()) {
        (Value::Id(_), Value::Id(_), Some(name)) if new.1.flattened.last() == Some(name) => format!("{name}/@id"),
        _ => body.to_owned(),
    }
}
