//! The error of a builder whose required fields are not all set.

use std::error::Error;
use std::fmt;

/// The error of a builder in [`builders`](crate::builders): required fields are not set.
///
/// ```
/// use spektrix_v2::{Event, EventId};
///
/// let error = Event::builder().id(EventId::new(1)).name("Hamlet").build().unwrap_err();
/// assert_eq!(error.type_name(), "Event");
/// assert!(error.fields().contains(&"duration"));
/// assert!(error.to_string().starts_with("cannot build Event: description, "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFields {
    type_name: &'static str,
    fields: Vec<&'static str>,
}

impl MissingFields {
    /// Creates the error from all required fields, each with whether it is missing. Generated code calls it.
    #[doc(hidden)]
    pub fn new(type_name: &'static str, required: &[(&'static str, bool)]) -> Self {
        let missing = required.iter().filter(|(_, is_missing)| *is_missing);
        let fields = missing.map(|(name, _)| *name).collect();
        Self { type_name, fields }
    }

    /// Returns the name of the type: `Event`.
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// Returns the names of the fields that are not set, in the order of the type.
    pub fn fields(&self) -> &[&'static str] {
        &self.fields
    }
}

impl fmt::Display for MissingFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "cannot build {}: {} must be set",
            self.type_name,
            self.fields.join(", ")
        )
    }
}

impl Error for MissingFields {}
