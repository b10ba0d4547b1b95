//! User-defined attributes: the named strings that a venue attaches to its events, instances and other objects.
//!
//! [`json`] writes them to caches and reads them; [`typed`] reads them into a struct of the user.

mod json;
mod typed;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

pub use typed::InvalidAttribute;

use crate::runtime::{Children, DecodeError, Decoder, Encoder, Field, List, Tag, predicted_pairs};

/// The attributes that a venue defined for an object.
///
/// Each venue chooses its own attributes. Values are strings. A yes-or-no attribute has the value `1` or `0`
/// *(recorded)*, and one that was not filled in is empty. Editors type values by hand, so whitespace around them is common
/// *(recorded)*.
///
/// ```
/// use spektrix_v2::Attributes;
///
/// let attributes: Attributes = [("Venue", "Main House"), ("Family", "1"), ("Blurb", "")].into_iter().collect();
/// assert_eq!(attributes.get("Venue"), Some("Main House"));
/// assert_eq!(attributes.flag("Family"), Some(true));
/// assert_eq!(attributes.flag("Venue"), None);
/// assert_eq!(attributes.filled().count(), 2);
/// ```
///
/// [`deserialize`](Self::deserialize) reads all of them into a struct. As JSON they are a list of names and values, which
/// keeps their order. From JSON they are read as such a list or as a map, `{"Venue": "Main House", "Family": true}`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// All names and values, concatenated. An event has dozens of attributes. With two allocations for all of them,
    /// instead of two for each, save a tenth of the time that decoding takes.
    text: String,
    entries: Vec<Entry>,
}

/// Where the name and the value of one attribute are in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    start: usize,
    name_end: usize,
    end: usize,
    has_name: bool,
    has_value: bool,
}

/// An attribute: a name and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Attribute<'a> {
    /// The name that the venue has chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// The value. `None` was never recorded: a value that is not filled in is an empty string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
}

impl Attribute<'_> {
    /// Returns whether the attribute is filled in: its value is neither empty nor `0`.
    pub fn is_filled(&self) -> bool {
        !matches!(self.value.map(str::trim), None | Some("" | "0"))
    }
}

impl Attributes {
    /// Creates an empty list of attributes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the value of the first attribute with this name, which is case-sensitive.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|attribute| attribute.name == Some(name))?.value
    }

    /// Returns the value of the first attribute with this name, in upper or lower case, and with or without whitespace around
    /// it.
    ///
    /// ```
    /// # use spektrix_v2::Attributes;
    /// let attributes: Attributes = [("Age guidance ", " 8+ ")].into_iter().collect();
    /// assert_eq!(attributes.get_ignore_case("AGE GUIDANCE"), Some(" 8+ "));
    /// ```
    pub fn get_ignore_case(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|attribute| attribute.name.is_some_and(|own| eq_ignore_case(own, name)))?
            .value
    }

    /// Returns the value of the first attribute with this name, without whitespace around it. `None` if nothing is left.
    ///
    /// ```
    /// # use spektrix_v2::Attributes;
    /// let attributes: Attributes = [("Age", " 8+ "), ("Blurb", " ")].into_iter().collect();
    /// assert_eq!(attributes.get_trimmed("Age"), Some("8+"));
    /// assert_eq!(attributes.get_trimmed("Blurb"), None);
    /// ```
    pub fn get_trimmed(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns the values of numbered attributes: `Genre`, `Genre1`, `Genre 2`, in the order of their numbers.
    ///
    /// The name is compared like that of [`get_ignore_case`](Self::get_ignore_case). Values are without whitespace around
    /// them, and empty ones are left out. The one without a number is the first.
    ///
    /// ```
    /// # use spektrix_v2::Attributes;
    /// let attributes: Attributes = [("Genre2", "Comedy"), ("Genre1", "Drama "), ("Genre3", "")].into_iter().collect();
    /// assert_eq!(attributes.many("Genre"), ["Drama", "Comedy"]);
    /// ```
    pub fn many(&self, name: &str) -> Vec<&str> {
        let mut numbered: Vec<(u32, &str)> = self
            .iter()
            .filter_map(|attribute| Some((number_after(attribute.name?, name)?, attribute.value?.trim())))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        // The sort is stable: values with the same number stay in the order of the response.
        numbered.sort_by_key(|(number, _)| *number);
        numbered.into_iter().map(|(_, value)| value).collect()
    }

    /// Returns whether an attribute with this name has this value: one of those that [`many`](Self::many) returns, ignoring
    /// upper and lower case. A flag that is set has the value `1`.
    ///
    /// ```
    /// # use spektrix_v2::Attributes;
    /// let attributes: Attributes = [("Genre1", "Drama"), ("Genre2", "comedy "), ("Family", "1")].into_iter().collect();
    /// assert!(attributes.has("Genre", "Comedy") && attributes.has("Family", "1"));
    /// assert!(!attributes.has("Genre", "Dance"));
    /// ```
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.many(name).into_iter().any(|own| eq_ignore_case(own, value))
    }

    /// Returns the attributes as a map from names to values. Of several with the same name, the first counts, as for
    /// [`get`](Self::get). Those without a name or a value are left out.
    pub fn to_map(&self) -> BTreeMap<&str, &str> {
        let mut map = BTreeMap::new();
        for attribute in self.iter() {
            if let (Some(name), Some(value)) = (attribute.name, attribute.value) {
                map.entry(name).or_insert(value);
            }
        }
        map
    }

    /// Returns the value of a yes-or-no attribute, or `None` if there is no such attribute or it has another value.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.trim() {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }

    /// Sets the first attribute with this name, or appends a new one.
    pub fn insert(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        let (name, value) = (name.as_ref(), value.as_ref());
        let Some(existing) = self.iter().position(|attribute| attribute.name == Some(name)) else {
            return self.append(Some(name), Some(value));
        };
        // The new value may have another length, so everything after it moves. Setting is rare: rebuild the text.
        let old = std::mem::take(self);
        for (index, attribute) in old.iter().enumerate() {
            let value = if index == existing {
                Some(value)
            } else {
                attribute.value
            };
            self.append(attribute.name, value);
        }
    }

    /// Returns the attributes in the order in which the service sent them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Attribute<'_>> {
        self.entries.iter().map(|entry| self.attribute(entry))
    }

    /// Returns the attributes that [are filled in](Attribute::is_filled).
    pub fn filled(&self) -> impl Iterator<Item = Attribute<'_>> {
        self.iter().filter(Attribute::is_filled)
    }

    /// Returns the number of attributes.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether there are no attributes.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn attribute(&self, entry: &Entry) -> Attribute<'_> {
        Attribute {
            name: entry.has_name.then(|| &self.text[entry.start..entry.name_end]),
            value: entry.has_value.then(|| &self.text[entry.name_end..entry.end]),
        }
    }

    /// Avoids the smallest steps of growth: recorded objects have about eleven or about thirty attributes.
    fn reserve_first(&mut self) {
        if self.entries.is_empty() {
            self.entries.reserve(16);
            self.text.reserve(256);
        }
    }

    #[inline]
    fn append(&mut self, name: Option<&str>, value: Option<&str>) {
        let start = self.text.len();
        self.text.push_str(name.unwrap_or_default());
        let name_end = self.text.len();
        match value.unwrap_or_default().as_bytes() {
            // Most values are `0` or `1`.
            [byte] => self.text.push(char::from(*byte)),
            _ => self.text.push_str(value.unwrap_or_default()),
        }
        self.entries.push(Entry {
            start,
            name_end,
            end: self.text.len(),
            has_name: name.is_some(),
            has_value: value.is_some(),
        });
    }
}

fn eq_ignore_case(left: &str, right: &str) -> bool {
    let lower_case = |text: &str| text.trim().chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    left.eq_ignore_ascii_case(right) || lower_case(left) == lower_case(right)
}

/// Returns the number at the end of a name whose rest is `base`; 0 if it has none.
fn number_after(name: &str, base: &str) -> Option<u32> {
    if eq_ignore_case(name, base) {
        return Some(0);
    }
    let digits = name
        .trim()
        .rsplit(|character: char| !character.is_ascii_digit())
        .next()?;
    let rest = name.trim().strip_suffix(digits)?;
    let rest = rest.trim_end_matches(|character: char| character.is_whitespace() || "-_".contains(character));
    let number = digits.parse().ok()?;
    eq_ignore_case(rest, base).then_some(number)
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut attributes = Self::new();
        for (name, value) in pairs {
            attributes.append(Some(name.as_ref()), Some(value.as_ref()));
        }
        attributes
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: Option<&str>| text.unwrap_or("(none)").to_owned();
        let pairs = self
            .iter()
            .map(|attribute| (shown(attribute.name), shown(attribute.value)));
        f.debug_map().entries(pairs).finish()
    }
}

impl List for Attributes {
    fn read_item<'a>(&mut self, xml: &mut Decoder<'a>, tag: Tag<'a>) -> Result<(), DecodeError> {
        let (mut name, mut value): (Option<Cow<'a, str>>, Option<Cow<'a, str>>) = (None, None);
        xml.expect_no_attributes(&tag)?;
        xml.enter(&tag)?;
        let mut children = Children::new(const { &Field::all(["Name", "Value"]) });
        while let Some(child) = xml.child(&mut children)? {
            match child {
                0 => xml.text_field(&mut name)?,
                1 => xml.text_field(&mut value)?,
                _ => xml.skip()?,
            }
        }
        self.reserve_first();
        self.append(name.as_deref(), value.as_deref());
        Ok(())
    }

    fn predict_items<'a>(&mut self, rest: &'a str, field: &Field) -> Option<(usize, &'a str)> {
        self.reserve_first();
        let before = self.len();
        let rest = predicted_pairs(rest, field, |name, value| self.append(Some(name), Some(value)))?;
        Some((self.len() - before, rest))
    }

    fn write_items(&self, xml: &mut Encoder, name: &'static str) {
        for (index, attribute) in self.iter().enumerate() {
            xml.start_item(name, index + 1);
            xml.optional_text("Name", attribute.name);
            xml.optional_text("Value", attribute.value);
            xml.end();
        }
    }

    fn has_items(&self) -> bool {
        !self.is_empty()
    }
}
