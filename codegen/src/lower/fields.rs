//! The parts of a complex type → fields.

use super::page_types::{Complex, PageChoice, PageElement, Particle};
use super::shape::{Shaper, id_of, place_of};
use crate::error::Result;
use crate::model::{Field, Place, TypeKind, Value, local_name};
use crate::names;

/// The fields of a type: attributes first, then its text or its elements in order.
pub(super) fn of(shaper: &mut Shaper<'_>, owner: &str, complex: &Complex) -> Result<Vec<Field>> {
    let mut fields = Vec::new();
    for attribute in &complex.attributes {
        let value = match id_of(attribute) {
            Some(inner) => shaper.id(local_name(&complex.wire_name), inner),
            None => shaper.value(&attribute.name, &attribute.type_ref)?,
        };
        fields.push(Field {
            required: attribute.required,
            default: attribute.default.clone(),
            ..field(&attribute.name, names::field(&attribute.name), Place::Attribute, value)
        });
    }
    if let Some(text) = &complex.text {
        let value = shaper.value(owner, text)?;
        fields.push(field("text()", "value".to_owned(), Place::Text, value));
    }
    let mut choices = 0;
    for particle in &complex.content {
        fields.push(match particle {
            Particle::Element(element) => element_field(shaper, element)?,
            Particle::Choice(choice) => {
                choices += 1;
                choice_field(shaper, owner, choice, choices)?
            }
        });
    }
    Ok(fields)
}

fn element_field(shaper: &mut Shaper<'_>, element: &PageElement) -> Result<Field> {
    let local = local_name(&element.name);
    let described = |field: Field| Field {
        nillable: element.nillable,
        default: element.default.clone(),
        ..field
    };
    if element.repeated {
        let value = shaper.value(&element.name, &element.type_ref)?;
        let rust_name = names::field(&names::plural(local));
        return Ok(described(field(&element.name, rust_name, Place::List, value)));
    }
    let rust_name = names::field(local);
    if let Some(item) = shaper.list_of(&element.type_ref)? {
        let value = shaper.value(&item.name, &item.type_ref)?;
        let place = Place::Wrapped(item.name.clone());
        return Ok(described(field(&element.name, rust_name, place, value)));
    }
    let value = shaper.value(&element.name, &element.type_ref)?;
    let place = place_of(&value);
    Ok(described(Field {
        required: element.required && place == Place::Element,
        ..field(&element.name, rust_name, place, value)
    }))
}

/// A choice is a type of its own, named after the type that it stands in.
fn choice_field(shaper: &mut Shaper<'_>, owner: &str, choice: &PageChoice, number: usize) -> Result<Field> {
    let mut branches = Vec::new();
    for branch in &choice.branches {
        let value = shaper.standing_alone(&branch.name, &branch.type_ref)?;
        let rust_name = names::variant(local_name(&branch.name));
        branches.push(Field {
            required: true,
            nillable: branch.nillable,
            ..field(&branch.name, rust_name, Place::Element, value)
        });
    }
    let name = shaper.make(
        &format!("{}Choice", names::type_name(owner)),
        TypeKind::Choice(branches),
    );
    let (place, rust_name) = match choice.repeated {
        true => (Place::Choices, "choices"),
        false => (Place::Choice, "choice"),
    };
    let suffix = if number > 1 {
        format!("_{number}")
    } else {
        String::new()
    };
    Ok(Field {
        required: choice.required,
        ..field(
            &format!("choice(){suffix}"),
            format!("{rust_name}{suffix}"),
            place,
            Value::Named(name),
        )
    })
}

fn field(name: &str, rust_name: String, place: Place, value: Value) -> Field {
    Field {
        name: name.to_owned(),
        rust_name,
        place,
        value,
        required: false,
        nillable: false,
        default: None,
        doc: String::new(),
        grade: None,
    }
}
