//! Pages for browsers, on a listener without TLS and without client certificates: the payment page, and plain versions of
//! the service's booking pages. A visitor can buy tickets on them, in a frame on another site.
//!
//! - [`address`] names the pages; [`request`] and [`reply`] are HTTP; [`visit`] is one request to the venue.
//! - [`layout`] is what all pages have in common; [`basket_table`] shows the items of baskets and orders.
//! - [`payment`] with [`payment_parameters`], [`payment_form`], [`pending_payments`] and [`bank`] take payments.
//! - [`events`], [`choose_seats`], [`basket`], [`checkout`] and [`account`] are the booking pages.

mod account;
mod address;
mod bank;
mod basket;
mod basket_table;
mod checkout;
mod choose_seats;
mod events;
mod layout;
mod payment;
mod payment_form;
mod payment_parameters;
mod pending_payments;
mod reply;
mod request;
mod visit;

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use hyper::body::Body as HttpBody;
use maud::html;
use spektrix_v2::Operation;
use spektrix_v2::iframe::{Site, WebPage};
use spektrix_v2::operations::ConfirmOrder;
use url::Url;

use crate::api::{Refusal, read_body};
use crate::service::Service;
use address::{Target, VenuePage, WebsitePage};
use layout::Layout;
use pending_payments::PendingPayments;
use reply::PageReply;
use request::PageRequest;
use visit::Visit;

/// The pages of a sandbox.
pub(crate) struct Pages {
    service: Arc<Service>,
    checkout_link: Option<Url>,
    pending: PendingPayments,
}

impl Pages {
    pub(crate) fn new(service: Arc<Service>, checkout_link: Option<Url>) -> Self {
        Self {
            service,
            checkout_link,
            pending: PendingPayments::default(),
        }
    }

    /// Responds to a request of a browser.
    pub(crate) async fn respond<B>(&self, request: Request<B>) -> Response<Bytes>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let (head, body) = request.into_parts();
        let reply = async {
            let body = read_body(body).await?;
            let request = PageRequest::new(&head, &body)?;
            self.page(&request)
        };
        let reply = reply.await;
        reply
            .unwrap_or_else(|refusal| Layout::default().refusal(refusal))
            .into_response()
    }

    fn page(&self, request: &PageRequest) -> Result<PageReply, Refusal> {
        match Target::parse(&request.path)? {
            Target::Style => Ok(PageReply::asset("text/css", include_str!("assets/pages.css"))),
            Target::ResizeScript => Ok(script(include_str!("assets/resize.js"))),
            Target::Venue(_, VenuePage::IntegrateScript) => Ok(script(include_str!("assets/integrate.js"))),
            Target::Bank => bank::page(request, &self.pending),
            Target::BankResult => {
                let client_name = bank::client_name(request, &self.pending)?;
                self.visit(&client_name, request, bank::result)
            }
            Target::Index => self.visit(&self.service.client_name, request, |visit| Ok(index(visit))),
            Target::Venue(client_name, VenuePage::Payment) => {
                // This page is a part of the API, and writes.
                self.service.write_policy.check(&ConfirmOrder::INFO)?;
                self.visit(client_name, request, payment::respond)
            }
            Target::Venue(client_name, VenuePage::Website(page)) => self.visit(client_name, request, |visit| {
                let reply = website_page(page, visit);
                Ok(reply.unwrap_or_else(|refusal| visit.layout(page).refusal(refusal)))
            }),
        }
    }

    /// Opens a venue, and returns the page that a function creates for it.
    fn visit(
        &self,
        client_name: &str,
        request: &PageRequest,
        page: impl FnOnce(&Visit<'_>) -> Result<PageReply, Refusal>,
    ) -> Result<PageReply, Refusal> {
        let not_found = |message: String| Refusal::new(StatusCode::NOT_FOUND, message);
        let venue = self.service.venue(client_name);
        let (_, backend) = venue.ok_or_else(|| not_found(format!("There is no client '{client_name}'.")))?;
        let message =
            "A sandbox that replays recorded bodies has no pages: nothing can be bought from recorded bodies.";
        let live = backend.venue().ok_or_else(|| not_found(message.to_owned()))?;
        let site = Site::with_base_url(client_name, &request.host.base_url());
        page(&Visit {
            request,
            live: &live,
            client_name,
            site: &site.map_err(|error| Refusal::invalid(error.to_string()))?,
            checkout_link: self.checkout_link.as_ref(),
            pending: &self.pending,
        })
    }
}

fn website_page(page: WebsitePage, visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    match page {
        WebsitePage::EventList => Ok(events::list(visit)),
        WebsitePage::EventDetails => events::details(visit),
        WebsitePage::ChooseSeats => choose_seats::respond(visit),
        WebsitePage::Basket => Ok(basket::respond(visit)),
        WebsitePage::Checkout => checkout::respond(visit),
        WebsitePage::LoginLogout => account::login_logout(visit),
        WebsitePage::MyAccount => account::my_account(visit),
    }
}

/// Returns the page for a developer who opens the URL of the pages.
fn index(visit: &Visit<'_>) -> PageReply {
    let frame = visit.site.page(WebPage::EventList).html("Events");
    let content = html! {
        h1 { "The pages of a sandbox" }
        p { "A website shows these pages in a frame. Start with " a href=(visit.link(WebPage::EventList)) { "the events" } "." }
        h2 { "Embed them" }
        p { "In the <head> of your page, and where the frame belongs:" }
        pre { code { (visit.site.resize_script_html()) "\n" (frame) } }
    };
    Layout::default().page(StatusCode::OK, "Pages", &content)
}

fn script(content: &'static str) -> PageReply {
    PageReply::asset("text/javascript", content)
}
