//! The pages of the service's own website, apart from the payment.

use super::{Site, snippet};
use crate::generated::ids::{EventId, InstanceId};

/// A page of the service's website.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Page {
    /// What is on.
    EventList,
    /// One event, with its instances.
    EventDetails(EventId),
    /// The seats of an instance: the usual way into the booking path.
    ChooseSeats(InstanceId),
    /// What the visitor is about to buy.
    Basket,
    /// From the basket to the order. For signed-in customers.
    Checkout,
    /// Sign in and out. Secure.
    LoginLogout,
    /// A customer's details and orders. For signed-in customers.
    MyAccount,
    /// Memberships for sale.
    Memberships,
    /// Gift vouchers for sale.
    GiftVouchers,
    /// Donations to the venue.
    Donations,
}

impl Page {
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

    fn parameter(self) -> Option<(&'static str, String)> {
        match self {
            Self::EventDetails(id) => Some(("EventId", id.to_string())),
            Self::ChooseSeats(id) => Some(("EventInstanceId", id.to_string())),
            _ => None,
        }
    }

    /// Whether the page is usually taken from `website/secure/`.
    fn is_secure(self) -> bool {
        matches!(self, Self::Checkout | Self::LoginLogout | Self::MyAccount)
    }
}

/// A page on its way into a frame. Made by [`Site::page`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a frame shows nothing before its address is used"]
pub struct Frame {
    site: Site,
    page: Page,
    secure: bool,
    resize: bool,
    others: Vec<(String, String)>,
}

impl Frame {
    pub(super) fn new(site: Site, page: Page) -> Self {
        Self {
            site,
            page,
            secure: page.is_secure(),
            resize: true,
            others: Vec::new(),
        }
    }

    /// Whether to take the page from `website/secure/`. For checkout, sign-in and account unless set.
    pub fn secure(mut self, secure: bool) -> Self {
        self.secure = secure;
        self
    }

    /// Whether the frame is to grow with its contents. Yes unless set; it needs the service's script on the page around
    /// it.
    pub fn resize(mut self, resize: bool) -> Self {
        self.resize = resize;
        self
    }

    /// The name of a style sheet that was uploaded to the service.
    pub fn stylesheet(self, name: impl Into<String>) -> Self {
        self.parameter("stylesheet", name)
    }

    /// Any other parameter that the page knows.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.others.push((name.into(), value.into()));
        self
    }

    /// The address.
    pub fn url(&self) -> String {
        let folder = if self.secure { "website/secure" } else { "website" };
        let path = format!("{folder}/{}.aspx", self.page.name());
        let own = self.page.parameter();
        let own = own.iter().map(|(name, value)| (*name, value.as_str()));
        let resize = self.resize.then_some(("resize", "true"));
        let others = self.others.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        self.site.address(&path, own.chain(resize).chain(others))
    }

    /// The frame as HTML, with a title for those who cannot see it.
    pub fn snippet(&self, title: &str) -> String {
        snippet::iframe(&self.url(), title)
    }
}
