//! Interprets the content of complex types: sequences, choices, elements, and named groups of them.

use std::collections::BTreeMap;

use xsd_parser::models::schema::xs::{ElementType, FormChoiceType, GroupType, GroupTypeContent};

use super::annotations;
use super::group::{Group, is_repeated};
use super::interpreter::{Interpreter, expanded, local_or_utc};
use super::page_types::{Complex, PageChoice, PageElement, Particle, TypeRef};
use super::schema::{Name, Scope, name_of};
use crate::error::Result;
use crate::model::{Primitive, local_name};

/// The namespace of .NET's `DateTimeOffset`, which holds a time that is always in UTC, and the offset beside it.
const DOTNET_SYSTEM: &str = "http://schemas.datacontract.org/2004/07/System";

/// What a declaration of an element means.
enum Found {
    Nothing,
    Element(PageElement),
    /// The elements of a substitution group.
    Substitutes(PageChoice),
}

/// Merges branches that are the same element: `A, B` or `A, C` has three branches.
fn merge_equal(branches: &mut Vec<PageElement>) {
    let mut merged: Vec<PageElement> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for branch in branches.drain(..) {
        match at.get(&branch.name).and_then(|at| merged.get_mut(*at)) {
            Some(known) if known.type_ref == branch.type_ref => {
                known.required &= branch.required;
                known.nillable |= branch.nillable;
            }
            _ => {
                at.insert(branch.name.clone(), merged.len());
                merged.push(branch);
            }
        }
    }
    *branches = merged;
}

/// The elements of a choice, or of a sequence that repeats.
#[derive(Default)]
struct Branches {
    elements: Vec<PageElement>,
    /// Whether more than one of them may occur at a time. Then only a list of them keeps their order.
    several_occur: bool,
    /// Whether a body may have none of them.
    can_be_absent: bool,
}

impl<'a> Interpreter<'a> {
    /// Adds a sequence or a choice to the content of a type.
    pub(super) fn add_group(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        group: Group<'a>,
        complex: &mut Complex,
    ) -> Result<()> {
        if !group.is_choice && !group.is_repeated {
            return self.add_sequence(owner, scope, group, complex);
        }
        let mut branches = Branches::default();
        self.collect_branches(owner, scope, group, &mut branches, complex)?;
        let repeated =
            group.is_repeated || branches.several_occur || branches.elements.iter().any(|branch| branch.repeated);
        let can_be_absent = group.can_be_absent || branches.can_be_absent || repeated;
        merge_equal(&mut branches.elements);
        match branches.elements.as_mut_slice() {
            [] => {}
            // A choice of a single element is that element.
            [only] => {
                only.repeated = repeated;
                only.required &= !can_be_absent;
                complex.content.push(Particle::Element(only.clone()));
            }
            elements => complex.content.push(Particle::Choice(PageChoice {
                required: !can_be_absent && elements.iter().all(|branch| branch.required),
                branches: branches.elements,
                repeated,
            })),
        }
        Ok(())
    }

    /// Adds the group that a reference names: `<xs:group ref="Parts"/>`.
    pub(super) fn add_named_group(
        &mut self,
        owner: &str,
        reference: &'a GroupType,
        complex: &mut Complex,
    ) -> Result<()> {
        let name = reference.ref_.as_ref().map(name_of).unwrap_or_default();
        self.in_named_group(&name, reference, |this, scope, group| {
            this.add_group(owner, scope, group, complex)
        })
    }

    fn in_named_group(
        &mut self,
        name: &Name,
        reference: &'a GroupType,
        add: impl FnOnce(&mut Self, Scope<'a>, Group<'a>) -> Result<()>,
    ) -> Result<()> {
        self.count_part()?;
        let found = self.declarations.groups.get(name).copied();
        let found = found.and_then(|(scope, definition)| Some((scope, Group::named(reference, definition)?)));
        let Some((scope, group)) = found else {
            return Err(self.undeclared("group", name));
        };
        self.in_chain(&format!("group {}", expanded(&name.0, &name.1)), |this| {
            add(this, scope, group)
        })
    }

    fn add_sequence(&mut self, owner: &str, scope: Scope<'a>, group: Group<'a>, complex: &mut Complex) -> Result<()> {
        let start = complex.content.len();
        for part in group.parts {
            match part {
                GroupTypeContent::Annotation(_) => {}
                GroupTypeContent::Element(found) => match self.element(owner, scope, found)? {
                    Found::Nothing => {}
                    Found::Element(element) => complex.content.push(Particle::Element(element)),
                    Found::Substitutes(choice) => complex.content.push(Particle::Choice(choice)),
                },
                GroupTypeContent::Sequence(inner) | GroupTypeContent::All(inner) => {
                    self.add_group(owner, scope, Group::sequence(inner), complex)?;
                }
                GroupTypeContent::Choice(inner) => self.add_group(owner, scope, Group::choice(inner), complex)?,
                GroupTypeContent::Any(_) => self.skip_any(owner, complex),
                GroupTypeContent::Group(reference) => self.add_named_group(owner, reference, complex)?,
            }
        }
        if group.can_be_absent {
            for particle in &mut complex.content[start..] {
                match particle {
                    Particle::Element(element) => element.required = false,
                    Particle::Choice(choice) => choice.required = false,
                }
            }
        }
        Ok(())
    }

    pub(super) fn skip_any(&mut self, owner: &str, complex: &mut Complex) {
        complex.has_any = true;
        self.skip(&format!("{owner}/*"), "any element");
    }

    fn collect_branches(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        group: Group<'a>,
        branches: &mut Branches,
        complex: &mut Complex,
    ) -> Result<()> {
        let start = branches.elements.len();
        for part in group.parts {
            let before = branches.elements.len();
            match part {
                GroupTypeContent::Annotation(_) => continue,
                GroupTypeContent::Element(found) => match self.element(owner, scope, found)? {
                    Found::Nothing => {}
                    Found::Element(element) => branches.elements.push(element),
                    Found::Substitutes(choice) => {
                        branches.several_occur |= choice.repeated;
                        branches.can_be_absent |= !choice.required;
                        branches.elements.extend(choice.branches);
                    }
                },
                GroupTypeContent::Any(_) => self.skip_any(owner, complex),
                GroupTypeContent::Sequence(inner) | GroupTypeContent::All(inner) => {
                    self.collect_branches(owner, scope, Group::sequence(inner), branches, complex)?;
                }
                GroupTypeContent::Choice(inner) => {
                    self.collect_branches(owner, scope, Group::choice(inner), branches, complex)?;
                }
                GroupTypeContent::Group(reference) => {
                    let name = reference.ref_.as_ref().map(name_of).unwrap_or_default();
                    self.in_named_group(&name, reference, |this, scope, group| {
                        this.collect_branches(owner, scope, group, branches, complex)
                    })?;
                }
            }
            // A branch without an element that is read, such as any element, may be the one that occurs.
            branches.can_be_absent |= group.is_choice && branches.elements.len() == before;
        }
        let is_sequence_of_several = !group.is_choice && branches.elements.len() > start + 1;
        branches.several_occur |= group.is_repeated || is_sequence_of_several;
        branches.can_be_absent |= group.can_be_absent;
        Ok(())
    }

    fn element(&mut self, owner: &str, scope: Scope<'a>, found: &'a ElementType) -> Result<Found> {
        let Some(reference) = &found.ref_ else {
            let form = found.form.as_ref();
            let qualified = form.map_or(scope.qualified, |form| *form == FormChoiceType::Qualified);
            let namespace = if qualified { scope.namespace } else { "" };
            let name = expanded(namespace, found.name.as_deref().unwrap_or_default());
            return Ok(Found::Element(self.page_element(owner, scope, name, found, found)?));
        };
        let name = name_of(reference);
        let location = format!("{owner}/{}", name.1);
        let Some((head_scope, global)) = self.declarations.elements.get(&name).copied() else {
            self.skip(&location, "an element that the page does not declare");
            return Ok(Found::Nothing);
        };
        self.referenced.insert(name.clone());
        let members = self.declarations.substitutes(&name);
        if members.is_empty() {
            if global.abstract_ {
                self.skip(&location, "an abstract element without others that can replace it");
                return Ok(Found::Nothing);
            }
            let name = expanded(&name.0, &name.1);
            return Ok(Found::Element(
                self.page_element(owner, head_scope, name, found, global)?,
            ));
        }
        let head = (!global.abstract_).then(|| (name.clone(), head_scope, global));
        let mut branches = Vec::new();
        for (name, scope, member) in head.into_iter().chain(members) {
            // A member without a type has that of the head.
            let is_untyped = member.type_.is_none() && annotations::inner_types(member).next().is_none();
            let (scope, typed) = if is_untyped {
                (head_scope, global)
            } else {
                (scope, member)
            };
            self.referenced.insert(name.clone());
            let name = expanded(&name.0, &name.1);
            branches.push(PageElement {
                repeated: false,
                ..self.page_element(owner, scope, name, found, typed)?
            });
        }
        Ok(Found::Substitutes(PageChoice {
            required: branches.iter().all(|branch| branch.required) && !is_repeated(found.max_occurs),
            branches,
            repeated: is_repeated(found.max_occurs),
        }))
    }

    /// Returns an element. `occurs` has the number of its occurrences, `declared` its type.
    fn page_element(
        &mut self,
        owner: &str,
        scope: Scope<'a>,
        name: String,
        occurs: &'a ElementType,
        declared: &'a ElementType,
    ) -> Result<PageElement> {
        self.count_part()?;
        let location = format!("{owner}/{}", local_name(&name));
        let type_ref = if std::ptr::eq(occurs, declared) {
            self.element_type(&location, scope, declared)?
        } else {
            self.global_element_type(scope, declared)?
        };
        let nillable = declared.nillable == Some(true);
        let is_utc = scope.namespace == DOTNET_SYSTEM && owner == "DateTimeOffset";
        Ok(PageElement {
            type_ref: match local_or_utc(type_ref, &name) {
                TypeRef::Primitive(Primitive::LocalTime) if is_utc => TypeRef::Primitive(Primitive::UtcTime),
                other => other,
            },
            required: occurs.min_occurs > 0 && !nillable,
            nillable,
            repeated: is_repeated(occurs.max_occurs),
            default: declared.default.clone().or_else(|| declared.fixed.clone()),
            origin: self.origin(declared.type_.as_ref(), annotations::inner_types(declared).next()),
            doc: annotations::of_element(occurs, declared),
            name,
        })
    }

    pub(super) fn undeclared(&self, kind: &str, (namespace, name): &Name) -> crate::error::Error {
        self.error(format!(
            "the named {kind} {} is not on the page. Fetch the page again",
            expanded(namespace, name)
        ))
    }
}
