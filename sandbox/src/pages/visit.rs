//! One request to the venue: what all booking pages need to respond to a visitor.

use http::StatusCode;
use maud::Markup;
use spektrix_v2::iframe::{Frame, Site, WebPage};
use spektrix_v2::{Basket, Customer, CustomerId};
use url::Url;

use super::address::WebsitePage;
use super::layout::{Layout, is_resized, notes};
use super::pending_payments::PendingPayments;
use super::reply::PageReply;
use super::request::PageRequest;
use crate::api::Refusal;
use crate::state::LiveVenue;

/// One request to the venue.
pub(super) struct Visit<'a> {
    pub(super) request: &'a PageRequest,
    pub(super) live: &'a LiveVenue<'a>,
    pub(super) client_name: &'a str,
    pub(super) site: &'a Site,
    pub(super) checkout_link: Option<&'a Url>,
    pub(super) pending: &'a PendingPayments,
}

impl Visit<'_> {
    pub(super) fn session(&self) -> Option<&str> {
        self.request.session.as_deref()
    }

    /// Returns the basket of the visitor's session, if the browser sent the cookie of a valid one.
    pub(super) fn basket(&self) -> Option<Basket> {
        self.live.state().basket(self.session()).ok().cloned()
    }

    /// Returns the customer of the session's basket: that is how the API signs customers in.
    pub(super) fn customer(&self) -> Option<CustomerId> {
        self.basket().and_then(|basket| basket.customer)
    }

    pub(super) fn customer_details(&self, id: CustomerId) -> Result<Customer, Refusal> {
        self.live.state().customers.get(id).cloned()
    }

    /// Returns the URL of another page. It keeps what concerns the frame: the style sheet, and whether it is resized.
    pub(super) fn link(&self, page: WebPage) -> String {
        self.frame(page).url()
    }

    /// Returns another page, to add parameters.
    pub(super) fn frame(&self, page: WebPage) -> Frame {
        let frame = self.site.page(page).resize(is_resized(&self.request.query));
        match self.request.query.get("stylesheet") {
            Some(name) => frame.stylesheet(name),
            None => frame,
        }
    }

    /// Returns a page with the links between booking pages.
    pub(super) fn page(&self, page: WebsitePage, title: &str, content: &Markup) -> PageReply {
        self.layout(page).page(StatusCode::OK, title, content)
    }

    pub(super) fn layout(&self, page: WebsitePage) -> Layout {
        let sign_in = if self.customer().is_some() {
            "Sign out"
        } else {
            "Sign in"
        };
        Layout {
            links: vec![
                ("Events", self.link(WebPage::EventList)),
                ("Basket", self.link(WebPage::Basket)),
                ("My account", self.link(WebPage::MyAccount)),
                (sign_in, self.link(WebPage::LoginLogout)),
            ],
            notes: notes(page, &self.request.query),
            is_resized: is_resized(&self.request.query),
            is_bank: false,
        }
    }
}
