//! What stands in a complex type: elements in order, and choices between them.

use xsd_parser::models::schema::MaxOccurs;
use xsd_parser::models::schema::xs::{
    AttributeType, AttributeUseType, ElementType, FormChoiceType, GroupType, GroupTypeContent,
};

use super::interpret::{PageReader, expanded};
use super::page_types::{PageAttribute, PageChoice, PageElement, Particle, TypeRef};
use super::schema::{Space, name_of};
use crate::error::Result;
use crate::model::Primitive;

/// A sequence, or a choice.
#[derive(Clone, Copy)]
pub(super) struct Group<'a> {
    group: &'a GroupType,
    is_choice: bool,
}

impl<'a> Group<'a> {
    pub(super) fn all(group: &'a GroupType) -> Self {
        Self {
            group,
            is_choice: false,
        }
    }

    pub(super) fn one_of(group: &'a GroupType) -> Self {
        Self { group, is_choice: true }
    }

    fn is_repeated(self) -> bool {
        is_repeated(self.group.max_occurs)
    }
}

fn is_repeated(max: MaxOccurs) -> bool {
    !matches!(max, MaxOccurs::Bounded(0 | 1))
}

/// Adds a group to the content of a type.
pub(super) fn add<'a>(
    reader: &mut PageReader<'a>,
    owner: &str,
    space: Space<'a>,
    group: Group<'a>,
    content: &mut Vec<Particle>,
) -> Result<()> {
    if !group.is_choice && !group.is_repeated() {
        return add_sequence(reader, owner, space, group.group, content);
    }
    let mut branches = Vec::new();
    let mixes = gather(reader, owner, space, group, &mut branches)?;
    let repeated = group.is_repeated() || mixes || branches.iter().any(|branch| branch.repeated);
    match branches.as_mut_slice() {
        [] => {}
        [only] => {
            only.repeated = repeated;
            only.required &= group.group.min_occurs > 0 && !repeated;
            content.push(Particle::Element(only.clone()));
        }
        _ => content.push(Particle::Choice(PageChoice {
            required: group.group.min_occurs > 0 && !repeated && branches.iter().all(|branch| branch.required),
            branches,
            repeated,
        })),
    }
    Ok(())
}

fn add_sequence<'a>(
    reader: &mut PageReader<'a>,
    owner: &str,
    space: Space<'a>,
    group: &'a GroupType,
    content: &mut Vec<Particle>,
) -> Result<()> {
    let begins = content.len();
    for part in &group.content {
        match part {
            GroupTypeContent::Annotation(_) => {}
            GroupTypeContent::Element(found) => {
                content.extend(element(reader, owner, space, found)?.map(Particle::Element));
            }
            GroupTypeContent::Sequence(inner) | GroupTypeContent::All(inner) => {
                add(reader, owner, space, Group::all(inner), content)?;
            }
            GroupTypeContent::Choice(inner) => add(reader, owner, space, Group::one_of(inner), content)?,
            GroupTypeContent::Any(_) => reader.pass_over(&format!("{owner}/*"), "any element"),
            GroupTypeContent::Group(_) => return Err(named_group(reader, owner)),
        }
    }
    if group.min_occurs == 0 {
        content[begins..].iter_mut().for_each(make_optional);
    }
    Ok(())
}

fn make_optional(particle: &mut Particle) {
    match particle {
        Particle::Element(element) => element.required = false,
        Particle::Choice(choice) => choice.required = false,
    }
}

/// Gathers the elements of a choice, or of a sequence that may repeat. It answers whether more than one of them may
/// stand at a time: then the order is only kept in a list of them.
fn gather<'a>(
    reader: &mut PageReader<'a>,
    owner: &str,
    space: Space<'a>,
    group: Group<'a>,
    branches: &mut Vec<PageElement>,
) -> Result<bool> {
    let begins = branches.len();
    let mut mixes = false;
    for part in &group.group.content {
        match part {
            GroupTypeContent::Annotation(_) => {}
            GroupTypeContent::Element(found) => branches.extend(element(reader, owner, space, found)?),
            GroupTypeContent::Sequence(inner) | GroupTypeContent::All(inner) => {
                mixes |= gather(reader, owner, space, Group::all(inner), branches)?;
            }
            GroupTypeContent::Choice(inner) => mixes |= gather(reader, owner, space, Group::one_of(inner), branches)?,
            GroupTypeContent::Any(_) => reader.pass_over(&format!("{owner}/*"), "any element"),
            GroupTypeContent::Group(_) => return Err(named_group(reader, owner)),
        }
    }
    Ok(mixes || group.is_repeated() || !group.is_choice && branches.len() > begins + 1)
}

fn named_group(reader: &PageReader<'_>, owner: &str) -> crate::Error {
    reader.error(format!(
        "`{owner}` uses a named group, which neither of .NET's exporters writes, and for which codegen has no rule: add \
         one in codegen/src/lower"
    ))
}

fn element<'a>(
    reader: &mut PageReader<'a>,
    owner: &str,
    space: Space<'a>,
    found: &'a ElementType,
) -> Result<Option<PageElement>> {
    let (name, declared, space) = match &found.ref_ {
        None => {
            let local = found.name.clone().unwrap_or_default();
            let qualified = found
                .form
                .as_ref()
                .map_or(space.qualified, |form| *form == FormChoiceType::Qualified);
            let namespace = if qualified { space.namespace } else { "" };
            (expanded(namespace, &local), found, space)
        }
        Some(name) => {
            let name = name_of(name);
            match reader.declarations.elements.get(&name) {
                Some((space, global)) => (expanded(&name.0, &name.1), *global, *space),
                None => {
                    reader.pass_over(
                        &format!("{owner}/{}", name.1),
                        "an element that the page does not declare",
                    );
                    return Ok(None);
                }
            }
        }
    };
    let place = format!("{owner}/{}", crate::model::local_name(&name));
    let type_ref = reader.element_type(&place, space, declared)?;
    if type_ref == TypeRef::Anything {
        reader.pass_over(&place, "of no type, so it may hold anything");
        return Ok(None);
    }
    let nillable = declared.nillable == Some(true);
    Ok(Some(PageElement {
        type_ref: local_or_utc(type_ref, &name),
        required: found.min_occurs > 0 && !nillable,
        nillable,
        repeated: is_repeated(found.max_occurs),
        default: declared.default.clone().or_else(|| declared.fixed.clone()),
        name,
    }))
}

/// Adds an attribute.
pub(super) fn add_attribute<'a>(
    reader: &mut PageReader<'a>,
    owner: &str,
    found: &'a AttributeType,
    attributes: &mut Vec<PageAttribute>,
) -> Result<()> {
    if found.use_ == AttributeUseType::Prohibited {
        return Ok(());
    }
    let Some(name) = &found.name else {
        let name = found.ref_.as_ref().map(name_of).unwrap_or_default();
        let place = format!("{owner}/@{}", name.1);
        let why = match name.1.as_str() {
            "Id" | "Ref" if name.0 == super::schema::SERIALIZATION => {
                "the mark of an object that is written once and referred to elsewhere"
            }
            _ => "an attribute of another namespace",
        };
        reader.pass_over(&place, why);
        return Ok(());
    };
    let place = format!("{owner}/{name}");
    let type_ref = match (&found.type_, &found.simple_type) {
        (Some(type_name), _) => reader.type_ref(&place, &name_of(type_name))?,
        (None, Some(declared)) => reader.simple_in_place(&place, declared)?,
        (None, None) => TypeRef::Primitive(Primitive::String),
    };
    attributes.push(PageAttribute {
        type_ref: local_or_utc(type_ref, name),
        name: name.clone(),
        required: found.use_ == AttributeUseType::Required,
        default: found.default.clone().or_else(|| found.fixed.clone()),
    });
    Ok(())
}

/// The service writes a local time, and its twin in UTC under the same name with `Utc` behind it (recorded).
fn local_or_utc(type_ref: TypeRef, name: &str) -> TypeRef {
    match type_ref {
        TypeRef::Primitive(Primitive::LocalTime) if name.ends_with("Utc") => TypeRef::Primitive(Primitive::UtcTime),
        other => other,
    }
}
