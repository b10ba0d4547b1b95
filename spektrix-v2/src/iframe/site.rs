//! The website of a venue: on the service's own host, on the venue's custom domain, or where a client's settings lead.

use super::embed::{VenueUrl, script_html};
use super::{Frame, Payer, Payment, WebPage};
use crate::client::{Client, check_base_url, venue_root};
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
    /// [`Client::site`] returns the site that belongs to a client, which is not the service's if the client's is not.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if `client_name` is not a valid client name.
    pub fn new(client_name: &str) -> Result<Self, Error> {
        venue_root(None, client_name).map(Self::at)
    }

    /// Creates the site of a venue on its custom domain, such as `tickets.venue.example`. Browsers then treat the service's
    /// cookies as first-party cookies.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if `client_name` is not a valid client name, or `domain` is not the
    /// name of a host.
    pub fn on_domain(client_name: &str, domain: &str) -> Result<Self, Error> {
        if domain.contains(['/', '\\']) || check_base_url(&format!("https://{domain}/")).is_err() {
            return Err(Error::configuration(
                "the custom domain is invalid",
                "give the host name alone, for example tickets.venue.example",
            ));
        }
        Self::with_base_url(client_name, &format!("https://{domain}/"))
    }

    /// Creates the site of a venue at any URL: what precedes the client name, such as `https://tickets.venue.example/`.
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if `client_name` is not a valid client name, or `base_url` is neither
    /// https nor, for this machine only, http.
    pub fn with_base_url(client_name: &str, base_url: &str) -> Result<Self, Error> {
        venue_root(Some(base_url), client_name).map(Self::at)
    }

    fn at(root: impl Into<String>) -> Self {
        Self {
            venue: VenueUrl::new(root),
        }
    }

    /// Returns the URL of the script that resizes frames: `…/website/scripts/integrate.js`.
    pub fn resize_script_url(&self) -> String {
        self.venue.resize_script()
    }

    /// Returns the script element that resizes the frames of [pages](Self::page). The service's documentation puts it in the
    /// `<head>` of every page that contains a frame.
    pub fn resize_script_html(&self) -> String {
        script_html(&self.resize_script_url())
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
    /// `confirmation_url` is not an absolute https URL. For this machine only, it can be http.
    pub fn payment(&self, session: &SessionId, payer: Payer<'_>, confirmation_url: &str) -> Result<Payment, Error> {
        Payment::new(self.venue.clone(), session, payer, confirmation_url)
    }
}

/// Web pages of the venue.
impl Client {
    /// Returns the venue's website, to embed its pages. It follows the client name and the settings of the client: the
    /// [URL of the site](crate::ClientBuilder::site_url), or else the base URL. For a client of the service itself, it is
    /// `https://system.spektrix.com/`.
    ///
    /// ```
    /// # fn main() -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::{Client, InstanceId, iframe::WebPage};
    ///
    /// # use spektrix_v2::testing::Replay;
    /// # let builder = Client::builder("venue").api_key("test-k3y").transport(Replay::new());
    /// let client = builder.site_url("https://tickets.venue.example/").build()?;
    /// let seats = client.site().page(WebPage::ChooseSeats(InstanceId::new(5001)));
    /// assert!(seats.url().starts_with("https://tickets.venue.example/venue/website/ChooseSeats.aspx?"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn site(&self) -> Site {
        Site::at(self.site_root())
    }
}
