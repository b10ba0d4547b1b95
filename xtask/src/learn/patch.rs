//! Raises grades in the text of the overlay, line by line, so that comments and order stay.

use std::collections::BTreeSet;

use similar::TextDiff;

const FILE: &str = "codegen/overlay.toml";
const RECORDED: &str = "grade = \"recorded\"";

/// Returns the overlay with these parts as recorded: types, or a type and one of its fields.
pub(super) fn raise(overlay: &str, parts: &BTreeSet<(&str, Option<&str>)>) -> String {
    let mut section = "";
    let lines = overlay.split_inclusive('\n').map(|line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            section = name.0;
        }
        if parts.contains(&part_of(section, line)) {
            with_grade(line)
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// Returns the type, and the field if there is one, whose grade a line has.
fn part_of<'a>(section: &'a str, line: &'a str) -> (&'a str, Option<&'a str>) {
    let section = section.strip_prefix("type.").unwrap_or_default();
    match section.strip_suffix(".fields") {
        Some(type_name) => {
            let key = line.split_once(" = {").map(|(key, _)| key.trim_matches('"'));
            (type_name, Some(key.unwrap_or_default()))
        }
        None if line.starts_with("grade = ") => (section, None),
        None => ("", None),
    }
}

fn with_grade(line: &str) -> String {
    let replaced = line.split_once("grade = \"").and_then(|(before, rest)| {
        let (_, after) = rest.split_once('"')?;
        Some(format!("{before}{RECORDED}{after}"))
    });
    replaced.unwrap_or_else(|| line.to_owned())
}

/// Returns the changes as a patch for `git apply`. Empty if there are none.
pub(super) fn unified(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut unified = diff.unified_diff();
    unified.header(&format!("a/{FILE}"), &format!("b/{FILE}")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVERLAY: &str = "\
# Types
[type.Band]
doc = \"A class of seats. grade = \\\"none\\\"\"
grade = \"client\"

[type.Band.fields]
\"@id\" = { grade = \"client\", doc = \"Identifies it.\" }
Name = { required = true, grade = \"inferred\", doc = \"A name.\" }

[type.Tag.fields]
Name = { grade = \"inferred\", doc = \"A name.\" }
";

    #[test]
    fn only_the_grades_of_these_parts_change() {
        let parts = BTreeSet::from([("Band", None), ("Band", Some("@id")), ("Band", Some("Name"))]);
        let raised = raise(OVERLAY, &parts);
        let expected = OVERLAY
            .replacen("grade = \"client\"\n", "grade = \"recorded\"\n", 1)
            .replacen("{ grade = \"client\"", "{ grade = \"recorded\"", 1)
            .replacen("true, grade = \"inferred\"", "true, grade = \"recorded\"", 1);
        assert_eq!(raised, expected);
        assert_eq!(raise(OVERLAY, &BTreeSet::new()), OVERLAY);
        let patch = unified(OVERLAY, &raised);
        assert!(
            patch.starts_with("--- a/codegen/overlay.toml\n+++ b/codegen/overlay.toml\n@@ -1,"),
            "{patch}"
        );
        assert_eq!(patch.lines().filter(|line| line.starts_with('-')).count(), 4, "{patch}");
        assert_eq!(unified(OVERLAY, OVERLAY), "");
    }
}
