//! Tests of attributes: lookups by name, numbered attributes, JSON, and reading them into a struct.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;
use spektrix_v2::jiff::civil::{Date, date};
use spektrix_v2::operations::GetEvents;
use spektrix_v2::rust_decimal::Decimal;
use spektrix_v2::{Attributes, DecodeOptions, InvalidAttribute, Operation};

fn attributes(pairs: &[(&str, &str)]) -> Attributes {
    pairs.iter().copied().collect()
}

#[test]
fn names_are_found_in_any_case_and_trimmed() {
    let attributes = attributes(&[("Age", "first"), (" ÉCOLE ", "x"), ("AGE", " second ")]);
    let table = [
        ("AGE", Some(" second "), Some("first")),
        ("age", None, Some("first")),
        ("école", None, Some("x")),
        (" Age ", None, Some("first")),
        ("Ag", None, None),
        ("", None, None),
    ];
    for (name, exact, ignoring_case) in table {
        assert_eq!(attributes.get(name), exact, "{name:?}");
        assert_eq!(attributes.get_ignore_case(name), ignoring_case, "{name:?}");
    }
    assert_eq!(attributes.get_trimmed("AGE"), Some("second"));
}

#[test]
fn numbered_attributes_are_sorted_by_number() {
    let attributes = attributes(&[
        ("Genre10", "ten"),
        ("Genre 2", " two "),
        ("genre_1", "one"),
        ("Genre", "none"),
        ("Genre3", "  "),
        ("Genre99999999999", "too large"),
        ("Genres1", "another name"),
        ("Subgenre1", "another name"),
        ("Genre1a", "another name"),
        ("2", "no name"),
    ]);
    assert_eq!(attributes.many("Genre"), ["none", "one", "two", "ten"]);
    assert_eq!(attributes.many("Genres"), ["another name"]);
    assert_eq!(attributes.many(""), ["no name"]);
    assert!(attributes.many("Venue").is_empty());
}

#[test]
fn a_map_has_the_first_of_equal_names() {
    let attributes = attributes(&[("B", "1"), ("A", ""), ("B", "2")]);
    let map = attributes.to_map();
    assert_eq!(map.into_iter().collect::<Vec<_>>(), [("A", ""), ("B", "1")]);
}

#[test]
fn json_is_read_as_a_list_or_as_a_map() {
    let expected = attributes(&[("Family", "1"), ("Age", "8"), ("Venue", "Main House")]);
    let list = json!([{"name": "Family", "value": "1"}, {"name": "Age", "value": "8"}, {"name": "Venue", "value": "Main House"}]);
    assert_eq!(
        serde_json::to_value(&expected).unwrap(),
        list,
        "they are written as a list"
    );
    let map = r#"{"Family": true, "Age": 8, "Venue": "Main House"}"#;
    for json in [list.to_string(), map.to_owned()] {
        assert_eq!(serde_json::from_str::<Attributes>(&json).unwrap(), expected, "{json}");
    }
    let read: Attributes = serde_json::from_str(r#"{"No": false, "Half": 0.5, "Null": null}"#).unwrap();
    let read: Vec<_> = read.iter().map(|attribute| (attribute.name, attribute.value)).collect();
    assert_eq!(
        read,
        [
            (Some("No"), Some("0")),
            (Some("Half"), Some("0.5")),
            (Some("Null"), None)
        ]
    );
    for json in ["3", r#""Family""#, r#"{"Family": []}"#, r#"[["Family", "1"], 3]"#] {
        serde_json::from_str::<Attributes>(json).unwrap_err();
    }
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tier {
    Peak,
    OffPeak,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Price(Decimal);

#[derive(Debug, PartialEq, Deserialize)]
struct Typed<'a> {
    venue: &'a str,
    age_guidance: Option<u8>,
    relaxed: bool,
    captioned: bool,
    #[serde(rename = "Price Tier")]
    tier: Tier,
    supplement: Price,
    press_night: Option<Date>,
    #[serde(default, rename = "Genre")]
    genres: Vec<String>,
    #[serde(default, rename = "Sponsor")]
    sponsors: Vec<String>,
    #[serde(default)]
    absent: i32,
    also_absent: Option<String>,
}

const ALL: [(&str, &str); 9] = [
    ("Venue", " Main House\n"),
    ("AGE GUIDANCE", ""),
    ("Relaxed", "1"),
    ("Captioned", ""),
    ("Price Tier", "peak"),
    ("Supplement", "1.50"),
    ("Press-night", "2027-01-09"),
    ("Genre1", "Drama"),
    ("Genre2", "Comedy"),
];

#[test]
fn attributes_are_read_into_a_struct() {
    let attributes = attributes(&ALL);
    let typed: Typed<'_> = attributes.deserialize().unwrap();
    let expected = Typed {
        venue: "Main House",
        age_guidance: None,
        relaxed: true,
        captioned: false,
        tier: Tier::Peak,
        supplement: Price(Decimal::new(150, 2)),
        press_night: Some(date(2027, 1, 9)),
        genres: vec!["Drama".to_owned(), "Comedy".to_owned()],
        sponsors: Vec::new(),
        absent: 0,
        also_absent: None,
    };
    assert_eq!(typed, expected);
}

#[test]
fn errors_name_the_attribute_and_the_value() {
    let table = [
        (
            "AGE GUIDANCE",
            "8+",
            r#"attribute "AGE GUIDANCE": "8+" is not a number, or it is out of range"#,
        ),
        (
            "AGE GUIDANCE",
            "256",
            r#"attribute "AGE GUIDANCE": "256" is not a number, or it is out of range"#,
        ),
        ("Relaxed", "maybe", r#"attribute "Relaxed": "maybe" is not 1 or 0"#),
        (
            "Price Tier",
            "cheap",
            r#"attribute "Price Tier": unknown variant `cheap`, expected `peak` or `offpeak`"#,
        ),
    ];
    for (name, value, expected) in table {
        let mut attributes = attributes(&ALL);
        attributes.insert(name, value);
        let error = attributes.deserialize::<Typed<'_>>().unwrap_err();
        assert_eq!((error.to_string().as_str(), error.name()), (expected, Some(name)));
    }
    let error: InvalidAttribute = attributes(&ALL[1..]).deserialize::<Typed<'_>>().unwrap_err();
    assert_eq!(error.to_string(), "there is no attribute for the field `venue`");
    assert_eq!(error.name(), None);
}

#[test]
fn exact_names_precede_similar_ones() {
    #[derive(Deserialize)]
    struct One {
        #[serde(rename = "Off Peak")]
        off_peak: String,
    }
    let attributes = attributes(&[("OffPeak", "similar"), ("Off Peak", "exact"), ("Off Peak", "later")]);
    assert_eq!(attributes.deserialize::<One>().unwrap().off_peak, "exact");
}

#[test]
fn a_map_takes_all_attributes() {
    let attributes = attributes(&[("B", " 1 "), ("A", ""), ("B", "2")]);
    let map: BTreeMap<String, String> = attributes.deserialize().unwrap();
    let expected = [("A", ""), ("B", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(map, BTreeMap::from(expected));
    let numbers: BTreeMap<&str, Option<i32>> = attributes.deserialize().unwrap();
    assert_eq!(numbers, BTreeMap::from([("A", None), ("B", Some(1))]));
}

#[test]
fn recorded_attributes_are_read_into_a_struct() {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Recorded {
        family: bool,
        opera: bool,
        venue: String,
    }
    let Some(body) = crate::recorded("GetEvents") else {
        return;
    };
    let events = GetEvents::decode_response(&body, &DecodeOptions::default())
        .unwrap()
        .value;
    assert!(!events.is_empty());
    for event in events {
        let Recorded { family, opera, venue } = event.attributes.deserialize().unwrap();
        assert_eq!(Some(family), event.attributes.flag("Family"));
        assert_eq!(Some(opera), event.attributes.flag("Opera"));
        // The values of a venue are not printed.
        assert!(
            venue == event.attributes.get("Venue").unwrap().trim(),
            "event {}",
            event.id
        );
    }
}
