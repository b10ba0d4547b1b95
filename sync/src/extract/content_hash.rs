//! A hash of an object, with which a run finds changes: XXH3 of the object in a compact binary form. That takes a fraction of the
//! time of JSON.

use serde::de::value::Error;
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::binary_form::Form;

/// The version of the form, which is stored with the hashes. Raise it if a hash of an unchanged object changes: a test says
/// so. The next run then compares the objects themselves, and records no change that is none.
pub(crate) const FORM: i32 = 1;

/// 64 bits of XXH3. They find changes, and protect from nobody.
pub(crate) type Hash = u64;

/// Hashes objects, with one buffer for all of them.
#[derive(Default)]
pub(crate) struct ContentHasher {
    form: Form,
}

impl ContentHasher {
    /// Returns the hash of an object.
    ///
    /// # Errors
    ///
    /// If the object cannot be serialized.
    pub(crate) fn hash<T: Serialize>(&mut self, object: &T) -> Result<Hash, Error> {
        self.form.0.clear();
        object.serialize(&mut self.form)?;
        Ok(xxh3_64(&self.form.0))
    }

    /// Returns the hash of an object as JSON. The order of the fields does not matter, because databases sort them.
    ///
    /// # Errors
    ///
    /// As for [`hash`](Self::hash).
    pub(crate) fn hash_json(&mut self, object: &Value) -> Result<Hash, Error> {
        self.hash(&Sorted(object))
    }
}

/// JSON with the fields of each object in the order of their names.
struct Sorted<'a>(&'a Value);

impl Serialize for Sorted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Array(items) => serializer.collect_seq(items.iter().map(Sorted)),
            Value::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().collect();
                fields.sort_unstable_by_key(|(name, _)| *name);
                serializer.collect_map(fields.into_iter().map(|(name, value)| (name, Sorted(value))))
            }
            // With a feature that another crate may enable, serde_json serializes numbers in another way. A number is not equal
            // to a string with its digits.
            Value::Number(number) => serializer.serialize_some(&number.to_string()),
            other => other.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::json;
    use spektrix_v2::jiff::Timestamp;

    use super::*;

    fn hash<T: Serialize>(value: &T) -> Hash {
        ContentHasher::default().hash(value).unwrap()
    }

    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    enum Variant {
        Unit,
        One(i32),
        Two(i32, String),
        Named { text: String },
    }

    /// What the types of the service are made of, and more.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    struct Object {
        flag: bool,
        number: i32,
        text: String,
        other: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        skipped: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        second: Option<String>,
        null: Option<i64>,
        list: Vec<String>,
        lists: Vec<Vec<u8>>,
        map: BTreeMap<String, i32>,
        time: Timestamp,
        variant: Variant,
    }

    fn variant() -> impl Strategy<Value = Variant> {
        prop_oneof![
            Just(Variant::Unit),
            (0..3).prop_map(Variant::One),
            (0..3, text()).prop_map(|(number, text)| Variant::Two(number, text)),
            text().prop_map(|text| Variant::Named { text }),
        ]
    }

    /// Few strings, so that equal values occur, with bytes that are tags and lengths.
    fn text() -> impl Strategy<Value = String> {
        "[\u{0}\u{1}\u{9}\u{a}ab]{0,2}"
    }

    fn object() -> impl Strategy<Value = Object> {
        let texts = (
            text(),
            text(),
            proptest::option::of(text()),
            proptest::option::of(text()),
        );
        let lists = (
            proptest::collection::vec(text(), 0..3),
            proptest::collection::vec(proptest::collection::vec(0..3_u8, 0..2), 0..3),
            proptest::collection::btree_map(text(), 0..2, 0..2),
        );
        let small = (any::<bool>(), 0..2, proptest::option::of(0..2_i64), 0..2_i64, variant());
        (texts, lists, small).prop_map(|(texts, lists, small)| Object {
            flag: small.0,
            number: small.1,
            text: texts.0,
            other: texts.1,
            skipped: texts.2,
            second: texts.3,
            null: small.2,
            list: lists.0,
            lists: lists.1,
            map: lists.2,
            time: Timestamp::from_second(small.3).unwrap(),
            variant: small.4,
        })
    }

    proptest! {
        #[test]
        fn hashes_are_equal_exactly_if_objects_are(one in object(), other in object()) {
            prop_assert_eq!(hash(&one), hash(&one.clone()));
            prop_assert_eq!(one == other, hash(&one) == hash(&other));
        }

        #[test]
        fn a_change_of_one_field_changes_the_hash(one in object(), other in object()) {
            let changes: [fn(&mut Object, Object); 12] = [
                |one, other| one.flag = other.flag,
                |one, other| one.number = other.number,
                |one, other| one.text = other.text,
                |one, other| one.other = other.other,
                |one, other| one.skipped = other.skipped,
                |one, other| one.second = other.second,
                |one, other| one.null = other.null,
                |one, other| one.list = other.list,
                |one, other| one.lists = other.lists,
                |one, other| one.map = other.map,
                |one, other| one.time = other.time,
                |one, other| one.variant = other.variant,
            ];
            for change in changes {
                let mut changed = one.clone();
                change(&mut changed, other.clone());
                prop_assert_eq!(one == changed, hash(&one) == hash(&changed));
            }
        }
    }

    #[test]
    fn values_that_look_alike_differ() {
        let values: Vec<Hash> = vec![
            hash(&""),
            hash(&None::<i32>),
            hash(&Some(None::<i32>)),
            hash(&()),
            hash(&0),
            hash(&false),
            hash(&"0"),
            hash(&0.0),
            hash(&u64::MAX),
            hash(&-1),
            hash(&Vec::<i32>::new()),
            hash(&vec![""]),
            hash(&vec!["", ""]),
            hash(&("a", "bc")),
            hash(&("ab", "c")),
            hash(&(vec!["a"], vec!["b"])),
            hash(&(vec!["a", "b"], Vec::<&str>::new())),
            hash(&BTreeMap::<i32, i32>::new()),
            hash(&BTreeMap::from([("a", "b")])),
            hash(&vec![("a", "b")]),
        ];
        let different: std::collections::BTreeSet<_> = values.iter().collect();
        assert_eq!(different.len(), values.len());
        assert_eq!(hash(&7_u8), hash(&7_i64));
        let lengths = [0, 1, 254, 255, 256, 70_000].map(|length| "x".repeat(length));
        let texts: Vec<_> = lengths.iter().map(hash).collect();
        let printed: Vec<_> = lengths.iter().map(|text| hash(&format_args!("{text}"))).collect();
        assert_eq!(texts, printed);
        assert_eq!(texts.iter().collect::<std::collections::BTreeSet<_>>().len(), 6);
        let time: Timestamp = "2027-07-09T18:30:00Z".parse().unwrap();
        assert_eq!(hash(&time), hash(&time.to_string()));
    }

    #[test]
    fn the_order_of_fields_in_json_does_not_matter() {
        let mut hasher = ContentHasher::default();
        let mut of = |text: &str| hasher.hash_json(&serde_json::from_str(text).unwrap()).unwrap();
        let expected = of(r#"{"a": 1, "b": [{"c": "d", "e": null}]}"#);
        assert_eq!(of(r#"{"b":[{"e":null,"c":"d"}],"a":1}"#), expected);
        for other in [
            r#"{"a": 1, "b": [{"c": "d"}]}"#,
            r#"{"a": "1", "b": [{"c": "d", "e": null}]}"#,
            r#"{"a": 1, "b": {"c": "d", "e": null}}"#,
        ] {
            assert_ne!(of(other), expected, "{other}");
        }
    }

    #[test]
    fn the_form_is_that_of_the_stored_hashes() {
        // If this fails, raise `FORM`, and write the new hash here.
        let instance: spektrix_v2::Instance = serde_json::from_value(json!({
            "id": 1, "attributes": [{"name": "Relaxed", "value": ""}], "event": 2, "is_on_sale": true, "plan": 3, "price_list": 4,
            "start": "2027-07-09T19:30:00", "start_utc": "2027-07-09T18:30:00Z",
            "start_selling_at": "0001-01-01T00:00:00", "start_selling_at_utc": "0001-01-01T00:00:00Z",
            "stop_selling_at": "9999-12-31T23:59:59", "stop_selling_at_utc": "9999-12-30T22:00:00Z",
        }))
        .unwrap();
        assert_eq!((FORM, hash(&instance)), (1, 420_837_239_383_357_717));
    }
}
