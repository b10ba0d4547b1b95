//! User-defined attributes: the named texts that a venue attaches to its events, instances and other objects.

use serde::{Deserialize, Serialize};

use crate::xml::{DecodeError, Decoder, Element, Encoder, List, Tag};

/// The attributes that a venue defined for an object.
///
/// Which ones there are is up to each venue; values are always text. A yes-or-no attribute says `1` or `0`
/// (recorded), and one that was not filled in says nothing.
///
/// ```
/// use spektrix_v2::Attributes;
///
/// let attributes: Attributes = [("Venue", "Main House"), ("Family", "1"), ("Blurb", "")].into_iter().collect();
/// assert_eq!(attributes.get("Venue"), Some("Main House"));
/// assert_eq!(attributes.flag("Family"), Some(true));
/// assert_eq!(attributes.flag("Venue"), None);
/// assert_eq!(attributes.set().count(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(Vec<Attribute>);

/// One attribute: a name and its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Attribute {
    /// The name that the venue gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its value. `None` was never recorded: a missing value is an empty text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Attribute {
    /// An attribute with a value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            value: Some(value.into()),
        }
    }

    /// Whether a person would say that it is set: its value is neither empty nor `0`.
    pub fn is_set(&self) -> bool {
        !matches!(self.value.as_deref().map(str::trim), None | Some("" | "0"))
    }
}

impl Attributes {
    /// No attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of the attribute with this name. Case counts; of several, the first is meant.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.iter().find(|attribute| attribute.name.as_deref() == Some(name))?;
        found.value.as_deref()
    }

    /// The value of a yes-or-no attribute. `None` when there is no such attribute, or it is of another kind.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.trim() {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }

    /// Sets an attribute, replacing the value it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let attribute = Attribute::new(name, value);
        match self.0.iter_mut().find(|other| other.name == attribute.name) {
            Some(other) => *other = attribute,
            None => self.0.push(attribute),
        }
    }

    /// The attributes in the order in which the service sent them.
    pub fn iter(&self) -> std::slice::Iter<'_, Attribute> {
        self.0.iter()
    }

    /// Those that [are set](Attribute::is_set).
    pub fn set(&self) -> impl Iterator<Item = &Attribute> {
        self.iter().filter(|attribute| attribute.is_set())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Attributes {
    type Item = &'a Attribute;
    type IntoIter = std::slice::Iter<'a, Attribute>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| Attribute::new(name, value))
                .collect(),
        )
    }
}

impl FromIterator<Attribute> for Attributes {
    fn from_iter<I: IntoIterator<Item = Attribute>>(attributes: I) -> Self {
        Self(attributes.into_iter().collect())
    }
}

impl List for Attributes {
    type Item = Attribute;

    fn push(&mut self, item: Attribute) {
        self.0.push(item);
    }

    fn items(&self) -> impl ExactSizeIterator<Item = &Attribute> {
        self.0.iter()
    }
}

impl Element for Attribute {
    fn read<'a>(xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<Self, DecodeError> {
        let mut attribute = Self::default();
        xml.expect_no_attributes(&tag)?;
        xml.enter(&tag)?;
        while let Some(child) = xml.child()? {
            match child.name() {
                "Name" => xml.field(child, &mut attribute.name)?,
                "Value" => xml.field(child, &mut attribute.value)?,
                _ => xml.skip(child)?,
            }
        }
        Ok(attribute)
    }

    fn write(&self, xml: &mut Encoder, name: &'static str) {
        xml.start(name);
        xml.optional("Name", self.name.as_ref());
        xml.optional("Value", self.value.as_ref());
        xml.end();
    }
}
