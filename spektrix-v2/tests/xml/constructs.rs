//! Tests constructs that no vendored page has, but another may: choices, derived types, namespaces, text with attributes,
//! lists in one text. The types are written as codegen would write them.

use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;
use spektrix_v2::runtime::{Body, Children, Choice, Decoder, Element, Encoder, Field, Style, Tag};
use spektrix_v2::{Base64, DecodeError, DecodeOptions, Guid, Tokens};

use crate::support::{check, one, read};

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Everything {
    shown: Option<bool>,
    contact: Option<Contact>,
    steps: Vec<Contact>,
    shape: Option<Shape>,
    shapes: Vec<Shape>,
    amount: Option<Amount>,
    numbers: Option<Tokens<i32>>,
    key: Option<Guid>,
    picture: Option<Base64>,
    inner: Option<Box<Everything>>,
}

impl Element for Everything {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        const FIELDS: &[Field] = &Field::all([
            "Email", "Phone", "Steps", "Shape", "Other", "Amount", "Numbers", "Key", "Picture", "Inner",
        ]);
        let mut all = Self::default();
        let mut steps = Vec::<Steps>::new();
        let mut xml_attributes = xml.attributes(&tag);
        while let Some(attribute) = xml.next_attribute(&mut xml_attributes)? {
            match attribute.name() {
                "shown" => xml.attribute(&attribute, &mut all.shown)?,
                _ => xml.unknown_attribute(&attribute),
            }
        }
        xml.enter(&tag)?;
        let mut children = Children::new(FIELDS);
        while let Some(child) = xml.child(&mut children)? {
            match child {
                0 | 1 => xml.choice(&mut all.contact)?,
                2 => xml.item(&mut steps)?,
                3 => xml.field(&mut all.shape)?,
                4 => xml.item(&mut all.shapes)?,
                5 => xml.field(&mut all.amount)?,
                6 => xml.field(&mut all.numbers)?,
                7 => xml.field(&mut all.key)?,
                8 => xml.field(&mut all.picture)?,
                9 => xml.field(&mut all.inner)?,
                _ => xml.skip()?,
            }
        }
        all.steps = steps.into_iter().flat_map(|Steps(steps)| steps).collect();
        Ok(all)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.optional_attribute("shown", self.shown.as_ref());
        xml.choice(&self.contact);
        xml.field("Steps", &Steps(self.steps.clone()));
        xml.optional("{urn:shapes}Shape", self.shape.as_ref());
        xml.list("Other", &self.shapes);
        xml.optional("Amount", self.amount.as_ref());
        xml.optional("Numbers", self.numbers.as_ref());
        xml.optional("Key", self.key.as_ref());
        xml.optional("Picture", self.picture.as_ref());
        xml.optional("{urn:all}Inner", self.inner.as_ref());
        xml.end();
    }
}

/// A wrapper of choices.
struct Steps(Vec<Contact>);

impl Element for Steps {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut steps = Vec::new();
        xml.enter(&tag)?;
        let mut children = Children::new(const { &Field::all(["Email", "Phone"]) });
        while xml.child(&mut children)?.is_some() {
            xml.choices(&mut steps)?;
        }
        Ok(Self(steps))
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.choice(&self.0);
        xml.end();
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
enum Contact {
    Email(String),
    Phone(i64),
}

impl Choice for Contact {
    fn read_branch<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Option<Self>, DecodeError> {
        match tag.name() {
            "Email" => Element::read(xml, tag).map(Self::Email).map(Some),
            "Phone" => Element::read(xml, tag).map(Self::Phone).map(Some),
            _ => xml.skip_unknown(&tag).map(|()| None),
        }
    }

    fn write_branch(&self, xml: &mut Encoder) {
        match self {
            Self::Email(value) => xml.field("Email", value),
            Self::Phone(value) => xml.field("Phone", value),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
enum Shape {
    Plain(Amount),
    Round(Amount),
    UnknownType(String),
}

impl Element for Shape {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        match tag.type_name() {
            None | Some("Plain") => Element::read(xml, tag).map(Self::Plain),
            Some("Round") => Element::read(xml, tag).map(Self::Round),
            _ => xml.unknown_type(tag).map(Self::UnknownType),
        }
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        match self {
            Self::Plain(value) => xml.field(name, value),
            Self::Round(value) => xml.typed(name, "{urn:shapes}Round", value),
            Self::UnknownType(_) => {}
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Amount {
    unit: Option<String>,
    value: Option<i32>,
}

impl Element for Amount {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut unit = None;
        let mut xml_attributes = xml.attributes(&tag);
        while let Some(attribute) = xml.next_attribute(&mut xml_attributes)? {
            match attribute.name() {
                "unit" => xml.attribute(&attribute, &mut unit)?,
                _ => xml.unknown_attribute(&attribute),
            }
        }
        let value = xml.content(&tag)?;
        Ok(Self { unit, value })
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.optional_attribute("unit", self.unit.as_ref());
        xml.content(self.value.as_ref());
        xml.end();
    }
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof!["[ -~]{0,6}", Just("\r\n".to_owned()), Just("ä🎭]]>".to_owned())],
        0..4,
    )
    .prop_map(|fragments| fragments.concat())
}

fn contact() -> impl Strategy<Value = Contact> {
    prop_oneof![text().prop_map(Contact::Email), any::<i64>().prop_map(Contact::Phone)]
}

fn amount() -> impl Strategy<Value = Amount> {
    (proptest::option::of(text()), any::<Option<i32>>()).prop_map(|(unit, value)| Amount { unit, value })
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![amount().prop_map(Shape::Plain), amount().prop_map(Shape::Round)]
}

fn everything() -> impl Strategy<Value = Everything> {
    let flat = (
        any::<Option<bool>>(),
        proptest::option::of(contact()),
        proptest::collection::vec(contact(), 0..4),
        proptest::option::of(shape()),
        proptest::collection::vec(shape(), 0..3),
        proptest::option::of(amount()),
        any::<(Vec<i32>, u128, Vec<u8>)>(),
    );
    let flat = flat.prop_map(
        |(shown, contact, steps, shape, shapes, amount, (numbers, key, picture))| Everything {
            shown,
            contact,
            steps,
            shape,
            shapes,
            amount,
            numbers: (!numbers.is_empty()).then_some(Tokens(numbers)),
            key: Some(Guid::new(key)),
            picture: Some(Base64(picture)),
            inner: None,
        },
    );
    flat.prop_recursive(3, 6, 1, |inner| {
        (inner.clone(), inner).prop_map(|(outer, inner)| Everything {
            inner: Some(Box::new(inner)),
            ..outer
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn encoded_values_are_decoded_as_the_same(value in everything()) {
        for style in [Style::Request, Style::Response] {
            let body = value.encode(one("All"), style).unwrap().unwrap();
            for fast_path in [true, false] {
                let options = DecodeOptions::default().fast_path(fast_path).report_unknown(true);
                let decoded = Everything::decode(body.as_bytes(), one("All"), &options).unwrap();
                prop_assert_eq!(&decoded.value, &value, "{}", body);
                prop_assert!(decoded.unknown.is_empty(), "{:?}", decoded.unknown);
            }
        }
    }
}

/// Decodes a body, and shows the fields that are not empty.
fn set_fields(body: &str) -> String {
    let text = read::<Everything>(body, one("All"));
    let (json, rest) = text.split_at(text.rfind('}').map_or(0, |end| end + 1));
    let Ok(mut value) = serde_json::from_str::<serde_json::Value>(json) else {
        return text;
    };
    // Other crates of the workspace let serde_json keep the order of fields.
    value.sort_all_objects();
    let Some(fields) = value.as_object() else {
        return text;
    };
    let filled = fields
        .iter()
        .filter(|(_, value)| !value.is_null() && **value != serde_json::json!([]));
    let filled: Vec<_> = filled.map(|(name, value)| format!("{name}={value}")).collect();
    filled.join(" ") + rest
}

#[test]
fn choices_and_derived_types_are_decoded() {
    check(
        &[
            ("<All/>", ""),
            ("<All><Phone>1</Phone><Email>a</Email></All>", r#"contact={"Phone":1}"#),
            ("<All><Fax>1</Fax><Email/></All>", r#"contact={"Email":""} ?All/Fax"#),
            (
                "<All><Steps><Phone>1</Phone><Fax/><Email>a</Email><Phone>2</Phone></Steps></All>",
                r#"steps=[{"Phone":1},{"Email":"a"},{"Phone":2}] ?All/Steps/Fax"#,
            ),
            (
                "<All xmlns:i='u' ><Shape i:type='t:Round' unit='m'>3</Shape></All>",
                r#"shape={"Round":{"unit":"m","value":3}}"#,
            ),
            (
                "<All xmlns:i='u'><Shape i:type='Square'><Side>3</Side></Shape><Amount>4</Amount></All>",
                r#"amount={"unit":null,"value":4} shape={"UnknownType":"Square"} ?All/Shape"#,
            ),
            (
                "<All xmlns:i='u'><Other/><Other i:type='Square'/><Other i:type='Round'/></All>",
                r#"shapes=[{"Plain":{"unit":null,"value":null}},{"UnknownType":"Square"},{"Round":{"unit":null,"value":null}}] ?All/Other"#,
            ),
            ("<All><Amount unit='m'/></All>", r#"amount={"unit":"m","value":null}"#),
            (
                "<All><Amount unit='m'><New/> 3 </Amount></All>",
                r#"amount={"unit":"m","value":3} ?All/Amount/New"#,
            ),
        ],
        set_fields,
    );
}
