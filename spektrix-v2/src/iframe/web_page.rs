//! The pages of the service's website, except the payment page.

use super::embed::{DEFAULT_HEIGHT, VenueUrl, iframe_html};
use crate::generated::ids::{EventId, InstanceId};

/// A page of the service's website.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebPage {
    /// The list of events.
    EventList,
    /// An event and its instances.
    EventDetails(EventId),
    /// The seats of an instance. The service's documentation recommends to enter the booking process here: it takes the
    /// fewest steps.
    ChooseSeats(InstanceId),
    /// The visitor's basket.
    Basket,
    /// Turns the basket into an order. For signed-in customers; secure.
    Checkout,
    /// Signs customers in and out. Secure.
    LoginLogout,
    /// A customer's details and orders. For signed-in customers; secure.
    MyAccount,
    /// Memberships for sale.
    Memberships,
    /// Gift vouchers for sale.
    GiftVouchers,
    /// Donations to the venue.
    Donations,
}

impl WebPage {
    /// Returns the name of the page's file, without `.aspx`.
    fn name(self) -> &'static str {
        match self {
            Self::EventList => "EventList",
            Self::EventDetails(_) => "EventDetails",
            Self::ChooseSeats(_) => "ChooseSeats",
            Self::Basket => "Basket2",
            Self::Checkout => "Checkout",
            Self::LoginLogout => "LoginLogout",
            Self::MyAccount => "MyAccount",
            Self::Memberships => "Memberships",
            Self::GiftVouchers => "GiftVouchers",
            Self::Donations => "Donations",
        }
    }

    /// Returns the query parameter that names the object to show.
    fn parameter(self) -> Option<(&'static str, String)> {
        match self {
            Self::EventDetails(id) => Some(("EventId", id.to_string())),
            Self::ChooseSeats(id) => Some(("EventInstanceId", id.to_string())),
            _ => None,
        }
    }

    /// Returns whether the page is usually below `website/secure/`.
    fn is_secure(self) -> bool {
        matches!(self, Self::Checkout | Self::LoginLogout | Self::MyAccount)
    }
}

/// The iframe for a page. Created by [`Site::page`](super::Site::page).
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a frame does nothing until its URL or HTML is used"]
pub struct Frame {
    venue: VenueUrl,
    page: WebPage,
    secure: bool,
    resize: bool,
    height: u32,
    parameters: Vec<(String, String)>,
}

impl Frame {
    pub(super) fn new(venue: VenueUrl, page: WebPage) -> Self {
        Self {
            venue,
            page,
            secure: page.is_secure(),
            resize: true,
            height: DEFAULT_HEIGHT,
            parameters: Vec::new(),
        }
    }

    /// Sets whether the page is below `website/secure/`. By default, it is for checkout, sign-in and account.
    pub fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// Sets whether the frame resizes to fit its content, which is the default. Resizing needs the service's
    /// [script](super::Site::resize_script_html) on the page that contains the frame.
    pub fn resize(mut self, resize: bool) -> Self {
        self.resize = resize;
        self
    }

    /// Sets the height of the frame in CSS pixels, until it is resized. The default is 1000, as in the service's
    /// documentation.
    pub fn height(mut self, pixels: u32) -> Self {
        self.height = pixels;
        self
    }

    /// Sets the name of a style sheet that was uploaded to the service.
    pub fn stylesheet(self, name: impl Into<String>) -> Self {
        self.parameter("stylesheet", name)
    }

    /// Adds any other query parameter that the page supports.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Returns the URL.
    pub fn url(&self) -> String {
        let folder = if self.secure { "website/secure" } else { "website" };
        let path = format!("{folder}/{}.aspx", self.page.name());
        let id = self.page.parameter();
        let id = id.iter().map(|(name, value)| (*name, value.as_str()));
        let resize = self.resize.then_some(("resize", "true"));
        let others = self
            .parameters
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        // According to the service's documentation, `resize` has to be the last parameter.
        self.venue.join(&path, id.chain(others).chain(resize))
    }

    /// Returns the iframe element. Screen readers announce the title.
    pub fn html(&self, title: &str) -> String {
        iframe_html(&self.url(), title, self.height)
    }
}
