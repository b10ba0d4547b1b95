//! The payment page. Its address holds a visitor's session, so that it is shown only on purpose.

use std::fmt;

use http::Uri;

use super::{Site, snippet};
use crate::error::Error;
use crate::secret::Secret;
use crate::session_state::SessionId;

/// Who pays, and for which address the card was issued. All of it is required.
#[derive(Clone, Copy)]
pub struct Payer<'a> {
    /// The name on the card.
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
    /// What is set, by the name of its parameter.
    fn parts(&self) -> [(&'static str, &str); 5] {
        [
            ("name", self.name),
            ("address_line1", self.line1),
            ("address_town", self.town),
            ("address_postcode", self.postcode),
            ("address_country", self.country),
        ]
    }
}

/// Shows nothing of the person.
impl fmt::Debug for Payer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payer(***)")
    }
}

/// The payment page of one basket. Made by [`Site::payment`].
///
/// Whoever has its address has the visitor's basket: it goes to that visitor alone, and into no log.
#[derive(Clone)]
#[must_use = "a frame shows nothing before its address is used"]
pub struct Payment {
    site: Site,
    session: SessionId,
    parts: Vec<(&'static str, String)>,
    confirmation_url: String,
}

impl Payment {
    pub(super) fn new(
        site: Site,
        session: &SessionId,
        payer: Payer<'_>,
        confirmation_url: &str,
    ) -> Result<Self, Error> {
        let parts = payer.parts();
        if let Some((name, _)) = parts.iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(Error::invalid_value(format!("{name} is required for a payment")));
        }
        check_confirmation_url(confirmation_url).map_err(|why| {
            let what = format!("the confirmation_url of a payment {why}");
            Error::invalid_value(what)
        })?;
        Ok(Self {
            site,
            session: session.clone(),
            parts: parts.map(|(name, value)| (name, value.to_owned())).into(),
            confirmation_url: confirmation_url.to_owned(),
        })
    }

    /// The second line of the address.
    pub fn line2(self, line: impl Into<String>) -> Self {
        self.with("address_line2", line)
    }

    /// The third line of the address.
    pub fn line3(self, line: impl Into<String>) -> Self {
        self.with("address_line3", line)
    }

    /// The fourth line of the address.
    pub fn line4(self, line: impl Into<String>) -> Self {
        self.with("address_line4", line)
    }

    /// The fifth line of the address.
    pub fn line5(self, line: impl Into<String>) -> Self {
        self.with("address_line5", line)
    }

    /// The county.
    pub fn county(self, county: impl Into<String>) -> Self {
        self.with("address_county", county)
    }

    /// The address, which holds the session.
    pub fn url(&self) -> Secret {
        let session = [("session", self.session.expose())];
        let parts = self.parts.iter().map(|(name, value)| (*name, value.as_str()));
        let confirmation = [("confirmation_url", self.confirmation_url.as_str())];
        let parameters = session.into_iter().chain(parts).chain(confirmation);
        Secret::new(self.site.address("api/v2/basket/payment", parameters))
    }

    /// The frame as HTML, with a title for those who cannot see it. It holds the session.
    pub fn snippet(&self, title: &str) -> Secret {
        Secret::new(snippet::iframe(self.url().expose(), title))
    }

    /// Sets a parameter, or sets it anew.
    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parts.retain(|(set, _)| *set != name);
        self.parts.push((name, value.into()));
        self
    }
}

/// Shows neither the session nor the person.
impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payment")
            .field("site", &self.site)
            .finish_non_exhaustive()
    }
}

/// The message does not quote the address: it may hold an order's secrets.
fn check_confirmation_url(url: &str) -> Result<(), &'static str> {
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    match (uri.scheme_str(), uri.authority()) {
        (Some("https"), Some(authority)) if authority.as_str().contains('@') => Err("holds a user name"),
        (Some("https"), Some(_)) => Ok(()),
        (Some(_), Some(_)) => Err("is not https"),
        _ => Err("is not absolute: give it with https and its host"),
    }
}
