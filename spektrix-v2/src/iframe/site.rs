//! The website of a venue, on the service's own host or on the venue's custom domain.

use super::embed::VenueUrl;
use super::{Frame, Payer, Payment, WebPage};
use crate::client::{check_base_url, check_client_name};
use crate::error::Error;
use crate::session_state::SessionId;

/// The website that the service runs for one venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    venue: VenueUrl,
}

impl Site {
    /// Creates the site of a venue on the service's own host, `system.spektrix.com`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if `client_name` is not a valid client name.
    pub fn new(client_name: &str) -> Result<Self, Error> {
        Self::on_domain(client_name, "system.spektrix.com")
    }

    /// Creates the site of a venue on its custom domain, such as `tickets.venue.example`. Browsers then treat the service's
    /// cookies as first-party cookies.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if `client_name` is not a valid client name, or `domain` is not the
    /// name of a host.
    pub fn on_domain(client_name: &str, domain: &str) -> Result<Self, Error> {
        check_client_name(client_name)?;
        if domain.contains(['/', '\\']) || check_base_url(&format!("https://{domain}/")).is_err() {
            return Err(Error::configuration(
                "the custom domain is invalid",
                "give the host name alone, for example tickets.venue.example",
            ));
        }
        Ok(Self {
            venue: VenueUrl::new(domain, client_name),
        })
    }

    /// Returns the frame for a page.
    pub fn page(&self, page: WebPage) -> Frame {
        Frame::new(self.venue.clone(), page)
    }

    /// Returns the frame for the page on which a visitor pays for the basket of a session. The page confirms the order, and
    /// then redirects the visitor to `confirmation_url`.
    ///
    /// `confirmation_url` must be on the same host as the *checkout link* in the service's Website Admin, and the checkout
    /// link must be the page that shows this frame.
    ///
    /// # Errors
    ///
    /// [`is_invalid_request`](Error::is_invalid_request) if a field of the payer is empty or whitespace, or
    /// `confirmation_url` is not an absolute https URL.
    pub fn payment(&self, session: &SessionId, payer: Payer<'_>, confirmation_url: &str) -> Result<Payment, Error> {
        Payment::new(self.venue.clone(), session, payer, confirmation_url)
    }
}
