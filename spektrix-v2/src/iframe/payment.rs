//! The payment page. Its URL contains a visitor's session, so the URL is a [`Secret`].

use std::fmt;

use http::Uri;

use super::embed::{DEFAULT_HEIGHT, VenueUrl, iframe_html};
use crate::client::is_loopback;
use crate::error::Error;
use crate::secret::Secret;
use crate::session_state::SessionId;

/// The person who pays, with the billing address of the card. All fields are required.
#[derive(Clone, Copy)]
pub struct Payer<'a> {
    /// Name on the card.
    pub name: &'a str,
    /// The first line of the address.
    pub line1: &'a str,
    /// The town.
    pub town: &'a str,
    /// The postcode.
    pub postcode: &'a str,
    /// The country.
    pub country: &'a str,
}

impl Payer<'_> {
    /// Returns the fields by the names of their query parameters.
    fn parameters(&self) -> [(&'static str, &str); 5] {
        [
            ("name", self.name),
            ("address_line1", self.line1),
            ("address_town", self.town),
            ("address_postcode", self.postcode),
            ("address_country", self.country),
        ]
    }
}

/// Shows no personal data.
impl fmt::Debug for Payer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payer(***)")
    }
}

/// The payment page for one basket. Created by [`Site::payment`](super::Site::payment).
///
/// Anyone who has its URL has the visitor's basket: send it to that visitor only, and never log it.
#[derive(Clone)]
#[must_use = "a frame does nothing until its URL or HTML is used"]
pub struct Payment {
    venue: VenueUrl,
    session: SessionId,
    parameters: Vec<(&'static str, String)>,
    confirmation_url: String,
    height: u32,
}

impl Payment {
    pub(super) fn new(
        venue: VenueUrl,
        session: &SessionId,
        payer: Payer<'_>,
        confirmation_url: &str,
    ) -> Result<Self, Error> {
        let parameters = payer.parameters();
        if let Some((name, _)) = parameters.iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(Error::invalid_value(format!("{name} is required for a payment")));
        }
        check_confirmation_url(confirmation_url).map_err(|why| {
            let what = format!("the confirmation_url of a payment {why}");
            Error::invalid_value(what)
        })?;
        Ok(Self {
            venue,
            session: session.clone(),
            parameters: parameters.map(|(name, value)| (name, value.to_owned())).into(),
            confirmation_url: confirmation_url.to_owned(),
            height: DEFAULT_HEIGHT,
        })
    }

    /// Sets the second line of the address.
    pub fn line2(self, line: impl Into<String>) -> Self {
        self.with("address_line2", line)
    }

    /// Sets the third line of the address.
    pub fn line3(self, line: impl Into<String>) -> Self {
        self.with("address_line3", line)
    }

    /// Sets the fourth line of the address.
    pub fn line4(self, line: impl Into<String>) -> Self {
        self.with("address_line4", line)
    }

    /// Sets the fifth line of the address.
    pub fn line5(self, line: impl Into<String>) -> Self {
        self.with("address_line5", line)
    }

    /// Sets the county of the address.
    pub fn county(self, county: impl Into<String>) -> Self {
        self.with("address_county", county)
    }

    /// Sets the height of the frame in CSS pixels. The default is 1000. It does not resize to fit its content: the page has
    /// no parameter for that.
    pub fn height(mut self, pixels: u32) -> Self {
        self.height = pixels;
        self
    }

    /// Returns the URL, which contains the session.
    pub fn url(&self) -> Secret {
        let session = [("session", self.session.expose())];
        let payer = self.parameters.iter().map(|(name, value)| (*name, value.as_str()));
        let confirmation = [("confirmation_url", self.confirmation_url.as_str())];
        let parameters = session.into_iter().chain(payer).chain(confirmation);
        Secret::new(self.venue.join("api/v2/basket/payment", parameters))
    }

    /// Returns the iframe element, whose URL contains the session. Screen readers announce the title.
    pub fn html(&self, title: &str) -> Secret {
        Secret::new(iframe_html(self.url().expose(), title, self.height))
    }

    /// Sets a query parameter. If it was set before, the new value replaces the old one.
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.retain(|(set, _)| *set != name);
        self.parameters.push((name, value.into()));
        self
    }
}

/// Shows neither the session nor personal data.
impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment")
            .field("venue", &self.venue)
            .finish_non_exhaustive()
    }
}

/// Checks that the URL is absolute and https, or http on this machine. The error does not quote it, because it may contain
/// secrets of an order.
fn check_confirmation_url(url: &str) -> Result<(), &'static str> {
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    match (uri.scheme_str(), uri.authority()) {
        (Some("https"), Some(authority)) if authority.as_str().contains('@') => Err("contains a user name"),
        (Some("https"), Some(_)) => Ok(()),
        (Some("http"), Some(authority)) if is_loopback(authority.host()) => Ok(()),
        (Some(_), Some(_)) => Err("is not https"),
        _ => Err("is not absolute: start it with https:// and a host"),
    }
}
