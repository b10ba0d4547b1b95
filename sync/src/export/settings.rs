//! What an export needs to know that the service does not send: the currency, where a performance takes place.

use spektrix_v2::Client;
use spektrix_v2::iframe::Site;
use url::Url;

use crate::whats_on::Performance;

/// The settings of an export.
#[derive(Debug, Clone)]
pub struct Export {
    pub(super) site: Site,
    /// The client name of the venue, for identifiers.
    pub(super) venue: String,
    pub(super) title: String,
    pub(super) image_base: Option<Url>,
    pub(super) currency: Option<String>,
    pub(super) event_type: String,
    location: Option<String>,
    location_attribute: Option<String>,
    address_attribute: Option<String>,
    cancelled_attribute: Option<String>,
}

impl Export {
    /// Creates the settings for the venue of a client. Booking pages are those of [`Client::site`].
    pub fn new(client: &Client) -> Self {
        Self {
            site: client.site(),
            venue: client.client_name().to_owned(),
            title: client.client_name().to_owned(),
            image_base: None,
            currency: None,
            event_type: "Event".to_owned(),
            location: None,
            location_attribute: None,
            address_attribute: None,
            cancelled_attribute: None,
        }
    }

    /// Sets the title of the calendar. The default is the client name.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets what the names of image files are relative to: see
    /// [`WhatsOn::image_base`](crate::whats_on::WhatsOn::image_base). Without it, calendars and JSON-LD have no images.
    #[must_use]
    pub fn image_base(mut self, base: Url) -> Self {
        self.image_base = Some(base);
        self
    }

    /// Sets the currency of the prices, as ISO 4217: `GBP`. The service does not name it. Without it, JSON-LD has no prices.
    #[must_use]
    pub fn currency(mut self, code: impl Into<String>) -> Self {
        self.currency = Some(code.into());
        self
    }

    /// Sets the schema.org type of the events in JSON-LD, such as `TheaterEvent`. The default is `Event`.
    #[must_use]
    pub fn event_type(mut self, name: impl Into<String>) -> Self {
        self.event_type = name.into();
        self
    }

    /// Sets the name of the location for performances without the [attribute](Self::location_attribute).
    #[must_use]
    pub fn location(mut self, name: impl Into<String>) -> Self {
        self.location = Some(name.into());
        self
    }

    /// Sets the attribute of an event or instance that has the name of the location.
    #[must_use]
    pub fn location_attribute(mut self, name: impl Into<String>) -> Self {
        self.location_attribute = Some(name.into());
        self
    }

    /// Sets the attribute of an event or instance that has the address of the location.
    #[must_use]
    pub fn address_attribute(mut self, name: impl Into<String>) -> Self {
        self.address_attribute = Some(name.into());
        self
    }

    /// Sets the attribute of an event or instance that is filled in if the performance is cancelled. The service has no field
    /// for that.
    #[must_use]
    pub fn cancelled_attribute(mut self, name: impl Into<String>) -> Self {
        self.cancelled_attribute = Some(name.into());
        self
    }

    /// What the names of image files are relative to.
    #[cfg(feature = "serve")]
    pub(crate) fn image_base_url(&self) -> Option<&Url> {
        self.image_base.as_ref()
    }

    pub(super) fn location_of<'a>(&'a self, performance: &Performance<'a>) -> Option<&'a str> {
        attribute(performance, self.location_attribute.as_deref()).or(self.location.as_deref())
    }

    pub(super) fn address_of<'a>(&self, performance: &Performance<'a>) -> Option<&'a str> {
        attribute(performance, self.address_attribute.as_deref())
    }

    /// Returns whether the performance is cancelled. `None` if no attribute is set that would say so.
    pub(super) fn is_cancelled(&self, performance: &Performance<'_>) -> Option<bool> {
        let name = self.cancelled_attribute.as_deref()?;
        Some(attribute(performance, Some(name)).is_some_and(|value| value != "0"))
    }
}

fn attribute<'a>(performance: &Performance<'a>, name: Option<&str>) -> Option<&'a str> {
    let name = name?.trim();
    performance.attributes.get(name).copied()
}
