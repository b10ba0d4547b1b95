//! A value of a column.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rust_decimal::Decimal;
use spektrix_v2::Attributes;

/// A value of a column, before it is written as text.
pub(crate) enum Value<'a> {
    Null,
    Int(i64),
    Bool(bool),
    Text(&'a str),
    Decimal(Decimal),
    /// A time of the venue, without an offset.
    Local(DateTime),
    Utc(Timestamp),
    Json(serde_json::Value),
}

impl<'a> From<&'a Option<String>> for Value<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_deref().map_or(Self::Null, Value::Text)
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Value::Text)
    }
}

/// Attributes are stored as an object from names to values, which is what queries want. The list, with attributes that
/// have no value, is in the content of the object.
impl From<&Attributes> for Value<'_> {
    fn from(attributes: &Attributes) -> Self {
        let map = attributes.to_map();
        let values = map
            .into_iter()
            .map(|(name, value)| (name.to_owned(), serde_json::Value::from(value)));
        Self::Json(values.collect())
    }
}

/// The number of an identifier.
pub(crate) fn number<'a>(id: impl Into<i32>) -> Value<'a> {
    Value::Int(i64::from(id.into()))
}

/// The number of an identifier, if there is one.
pub(crate) fn optional<'a>(id: Option<impl Into<i32>>) -> Value<'a> {
    id.map_or(Value::Null, number)
}
