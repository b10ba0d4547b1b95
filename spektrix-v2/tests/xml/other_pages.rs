//! Tests of the calls that the code of this service's pages does not need, but that of other pages does: defaults, references
//! that may lack their identifier, attributes in a namespace, and required wrappers.

use spektrix_v2::runtime::{Body, Children, Decoder, Element, Encoder, Field, Style, Tag};
use spektrix_v2::{BodyNames, DecodeError, DecodeOptions, PlanId};

const NAMES: BodyNames = BodyNames { root: "Cup", item: "" };

/// A type as codegen renders it.
#[derive(Debug, Default, PartialEq)]
struct Cup {
    size: Option<i32>,
    legs: Option<i32>,
    colours: Vec<String>,
    plan: Option<PlanId>,
    plans: Vec<PlanId>,
    more: Vec<PlanId>,
}

impl Element for Cup {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut cup = Self::default();
        let mut attributes = xml.attributes(&tag);
        while let Some(attribute) = xml.next_attribute(&mut attributes)? {
            match attribute.name() {
                _ if attribute.is_qualified("size") => xml.attribute(&attribute, &mut cup.size)?,
                _ => xml.unknown_attribute(&attribute),
            }
        }
        xml.enter(&tag)?;
        let fields = const { &Field::all(["Legs", "Colour", "Plan", "Other", "More"]) };
        let mut children = Children::new(fields);
        while let Some(child) = xml.child(&mut children)? {
            match child {
                0 => xml.field_or_default(&mut cup.legs, "4"),
                1 => xml.item_or_default(&mut cup.colours, "red"),
                2 => xml.optional_reference(&mut cup.plan),
                3 => xml.optional_references(&mut cup.plans),
                4 => xml.wrapped_optional_references(const { &Field::new("Plan") }, &mut cup.more),
                _ => xml.skip(),
            }?;
        }
        Ok(cup)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.optional_attribute("{urn:a}size", self.size.as_ref());
        xml.optional_attribute("{urn:b&c}legs", self.legs.as_ref());
        xml.required_wrapper("More", "Plan", &self.more);
        xml.end();
    }
}

fn decoded(body: &str) -> Result<(Cup, String), DecodeError> {
    let mut results = Vec::new();
    for fast_path in [true, false] {
        let options = DecodeOptions::default().report_unknown(true).fast_path(fast_path);
        let decoded = Cup::decode(body.as_bytes(), NAMES, &options)?;
        let unknown: Vec<String> = decoded.unknown.into_iter().collect();
        results.push((decoded.value, unknown.join(" ")));
    }
    let plain = results.pop().unwrap();
    assert_eq!(results, [plain]);
    Ok(results.remove(0))
}

#[test]
fn an_empty_element_has_its_default() {
    let rows: [(&str, Option<i32>, &[&str]); 6] = [
        ("<Cup/>", None, &[]),
        ("<Cup><Legs/></Cup>", Some(4), &[]),
        ("<Cup><Legs></Legs><Legs>5</Legs></Cup>", Some(4), &[]),
        ("<Cup><Legs>3</Legs></Cup>", Some(3), &[]),
        (r#"<Cup><Legs i:nil="true"/></Cup>"#, None, &[]),
        ("<Cup><Colour/><Colour>blue</Colour></Cup>", None, &["red", "blue"]),
    ];
    for (body, legs, colours) in rows {
        let (cup, _) = decoded(body).unwrap();
        assert_eq!(
            (cup.legs, cup.colours),
            (legs, colours.iter().map(ToString::to_string).collect()),
            "{body}"
        );
    }
    assert!(decoded("<Cup><Legs> </Legs></Cup>").is_err());
}

#[test]
fn a_reference_without_its_identifier_is_absent() {
    let rows: [(&str, Option<i32>, &[i32], &str); 6] = [
        (r#"<Cup><Plan id="7"/></Cup>"#, Some(7), &[], ""),
        ("<Cup><Plan/></Cup>", None, &[], "Cup/Plan"),
        (r#"<Cup><Plan/><Plan id="7"/></Cup>"#, Some(7), &[], "Cup/Plan"),
        (r#"<Cup><Plan i:nil="true"/></Cup>"#, None, &[], ""),
        (
            r#"<Cup><Other id="1"/><Other/><Other id="2"/></Cup>"#,
            None,
            &[1, 2],
            "Cup/Other",
        ),
        ("<Cup><More><Plan/></More></Cup>", None, &[], "Cup/More/Plan"),
    ];
    for (body, plan, plans, unknown) in rows {
        let (cup, found) = decoded(body).unwrap();
        let plans: Vec<PlanId> = plans.iter().map(|id| PlanId::new(*id)).collect();
        assert_eq!(
            (cup.plan, cup.plans, found.as_str()),
            (plan.map(PlanId::new), plans, unknown),
            "{body}"
        );
    }
    assert!(decoded(r#"<Cup><Plan id=""/></Cup>"#).is_err());
}

#[test]
fn attributes_in_a_namespace_have_any_prefix() {
    let rows = [
        (r#"<Cup xmlns:a="urn:a" a:size="3"/>"#, Some(3), ""),
        (r#"<Cup size="3"/>"#, None, "Cup/@size"),
        (r#"<Cup size="4" q:size="3"/>"#, Some(3), "Cup/@size"),
    ];
    for (body, size, unknown) in rows {
        let (cup, found) = decoded(body).unwrap();
        assert_eq!((cup.size, found.as_str()), (size, unknown), "{body}");
    }
    let cup = Cup {
        size: Some(3),
        legs: Some(4),
        ..Cup::default()
    };
    let written = cup.encode(NAMES, Style::Request).unwrap().unwrap();
    let expected = r#"<Cup xmlns:q1="urn:a" q1:size="3" xmlns:q2="urn:b&amp;c" q2:legs="4"><More/></Cup>"#;
    assert!(written.ends_with(expected), "{written}");
}
