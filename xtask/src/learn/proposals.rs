//! What reports prove: grades that can rise, fields to add, types to correct.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use spektrix_v2_codegen::model::{Grade, Model, Operation, Value};

use super::evidence::{FieldOf, field_at, field_in_xml, unknown_part};
use super::patch;
use super::report::{ListFailure, ListReport, Report, Seen};

/// What reports prove about the schemas.
#[derive(Debug, Default)]
pub struct Proposals {
    /// By type and field; without a field for the type itself.
    seen: BTreeMap<(String, Option<String>), Counted>,
    /// Parts that the schema does not have, with the operations that return them.
    additions: BTreeMap<(String, String), BTreeSet<String>>,
    corrections: BTreeSet<String>,
    /// What could not be read or found.
    remarks: BTreeSet<String>,
}

/// How often a part was seen, in all reports, and its present grade.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    grade: Option<Grade>,
    seen: Seen,
}

impl Counted {
    /// A response that contains a part with a value proves it. An empty one may be written for every object.
    fn can_rise(self) -> bool {
        self.seen.set > 0 && self.grade.is_some_and(|grade| grade != Grade::Recorded)
    }
}

impl Proposals {
    pub(super) fn new(reports: &[Report], model: &Model) -> Self {
        let mut proposals = Self::default();
        for list in reports.iter().flat_map(|report| &report.lists) {
            match model.operations.get(&list.operation) {
                Some(operation) => proposals.add(list, operation, model),
                None => drop(
                    proposals
                        .remarks
                        .insert(format!("{} is not on the help feed", list.operation)),
                ),
            }
        }
        proposals
    }

    /// Returns a patch that raises the grades in the overlay. Empty if none can rise.
    pub fn patch(&self, overlay: &str) -> String {
        patch::unified(overlay, &self.raised(overlay))
    }

    /// Returns the overlay with the grades that can rise.
    pub fn raised(&self, overlay: &str) -> String {
        let rising = self.seen.iter().filter(|(_, counted)| counted.can_rise());
        let parts = rising.map(|((type_name, field), _)| (type_name.as_str(), field.as_deref()));
        patch::raise(overlay, &parts.collect())
    }

    fn add(&mut self, list: &ListReport, operation: &Operation, model: &Model) {
        if let Some(type_name) = operation.response.value().and_then(Value::type_name) {
            let seen = Seen {
                objects: list.objects,
                set: list.objects,
            };
            self.count_type(type_name, seen, model);
        }
        for (path, seen) in &list.fields {
            match field_at(model, operation, path) {
                Some(found) => self.count_field(found, *seen, model),
                None => {
                    let remark = format!(
                        "{} has no field `{path}`: the report is of another version",
                        operation.name
                    );
                    self.remarks.insert(remark);
                }
            }
        }
        for path in &list.unknown {
            let part = unknown_part(model, operation, path);
            let key = part.map_or_else(
                || (String::new(), path.clone()),
                |part| (part.type_name.to_owned(), part.path),
            );
            self.additions.entry(key).or_default().insert(operation.name.clone());
        }
        if let Some(failure) = &list.failure {
            self.add_failure(failure, operation, model);
        }
    }

    fn count_type(&mut self, name: &str, seen: Seen, model: &Model) {
        let grade = model.types.get(name).and_then(|found| found.grade);
        self.count((name.to_owned(), None), grade, seen);
    }

    fn count_field(&mut self, found: FieldOf<'_>, seen: Seen, model: &Model) {
        let key = (found.type_name.to_owned(), Some(found.field.key()));
        self.count(key, found.field.grade, seen);
        // An object in another one is seen with its fields.
        if let Some(name) = found.field.value.type_name() {
            self.count_type(name, seen, model);
        }
    }

    fn count(&mut self, key: (String, Option<String>), grade: Option<Grade>, seen: Seen) {
        let counted = self.seen.entry(key).or_default();
        counted.grade = grade;
        counted.seen.objects += seen.objects;
        counted.seen.set += seen.set;
    }

    fn add_failure(&mut self, failure: &ListFailure, operation: &Operation, model: &Model) {
        let found = failure
            .path
            .as_deref()
            .and_then(|path| field_in_xml(model, operation, path));
        match (found, &failure.expected) {
            (Some(found), Some(expected)) => {
                let declared = declared(&found.field.value);
                let (type_name, field) = (found.type_name, found.field.key());
                self.corrections.insert(format!(
                    "{type_name} {field}: a value of {} is not {expected}, and the schema has {declared}",
                    operation.name
                ));
            }
            _ => drop(self.remarks.insert(format!("{}: {}", operation.name, failure.message))),
        }
    }

    fn rises(&self) -> Vec<String> {
        let rising = self.seen.iter().filter(|(_, counted)| counted.can_rise());
        let line = |((type_name, field), counted): (&(String, Option<String>), &Counted)| {
            let grade = counted.grade.map_or("", grade_name);
            let Seen { objects, set } = counted.seen;
            match field {
                Some(field) => format!("{type_name} {field}: {grade}, set in {set} of {objects} objects"),
                None => format!("{type_name}: {grade}"),
            }
        };
        rising.map(line).collect()
    }

    fn additions(&self) -> Vec<String> {
        let line = |((type_name, path), operations): (&(String, String), &BTreeSet<String>)| {
            let operations: Vec<_> = operations.iter().map(String::as_str).collect();
            format!("{type_name} {path}: in {}", operations.join(", "))
        };
        self.additions.iter().map(line).collect()
    }

    fn never_seen(&self) -> Vec<String> {
        let never = self
            .seen
            .iter()
            .filter(|(_, counted)| counted.seen.objects > 0 && counted.seen.set == 0);
        let line = |((type_name, field), counted): (&(String, Option<String>), &Counted)| {
            let field = field.as_deref().unwrap_or_default();
            format!("{type_name} {field}: in none of {} objects", counted.seen.objects)
        };
        never.map(line).collect()
    }
}

/// A section for each kind of proposal, without values of the venue.
impl fmt::Display for Proposals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sections = [
            ("Grades that can rise to recorded", self.rises()),
            (
                "Fields to add: fetch the pages of the service (cargo xtask fetch), and document them in the overlay",
                self.additions(),
            ),
            (
                "Types to correct: fetch the pages, and compare them (cargo xtask drift)",
                self.corrections.iter().cloned().collect(),
            ),
            ("Never seen, which proves nothing", self.never_seen()),
            ("Not used", self.remarks.iter().cloned().collect()),
        ];
        for (title, lines) in sections {
            writeln!(f, "{title}: {}", lines.len())?;
            lines.iter().try_for_each(|line| writeln!(f, "  {line}"))?;
        }
        Ok(())
    }
}

fn declared(value: &Value) -> String {
    match value {
        Value::Primitive(primitive) => primitive.xsd_name().to_owned(),
        Value::Id(name) => format!("the identifier {name}"),
        Value::Named(name) | Value::Boxed(name) => name.clone(),
        _ => "another type".to_owned(),
    }
}

fn grade_name(grade: Grade) -> &'static str {
    match grade {
        Grade::Recorded => "recorded",
        Grade::Client => "client",
        Grade::Documented => "documented",
        Grade::Inferred => "inferred",
    }
}
