use super::ids::*;

/// A band.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Band {
    /// Identifies the band.
    pub id: BandId,
    /// Its name.
    pub name: String,
}

impl Band {
    /// A band with what it cannot be without.
    pub fn new(id: impl Into<BandId>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
        }
    }
}
/// A basket.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Basket {
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// The codes.
    #[serde(default)]
    pub promo_codes: Vec<String>,
}
/// An event.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// Identifies the event.
    pub id: EventId,
    /// Attributes.
    #[serde(default)]
    pub attributes: crate::Attributes,
    /// Its name.
    pub name: String,
    /// Related.
    #[serde(default)]
    pub related_events: Vec<EventId>,
}
