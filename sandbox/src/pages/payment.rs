//! `basket/payment`: the page on which a visitor pays for a basket that a website has filled with the API.

use http::StatusCode;
use maud::html;
use spektrix_v2::Basket;

use super::address::NOTICE;
use super::basket_table::Items;
use super::layout::Layout;
use super::payment_form::{self, Choice, Outcome};
use super::payment_parameters::PaymentParameters;
use super::pending_payments::{Destination, PendingPayment};
use super::reply::PageReply;
use super::visit::Visit;
use crate::api::Refusal;
use crate::state::check_complete;

/// Shows the payment, or does what the visitor chose. The session is in the URL, so the page needs no cookie.
pub(super) fn respond(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    let layout = layout(visit);
    let parameters = match PaymentParameters::parse(&visit.request.query, visit.checkout_link) {
        Ok(parameters) => parameters,
        Err(problems) => return Ok(invalid(&layout, &problems)),
    };
    let basket = visit.live.state().basket(Some(&parameters.session))?.clone();
    check_complete(&basket)?;
    if !visit.request.is_post {
        let notice = visit.request.query.get(NOTICE).and_then(payment_form::notice);
        return Ok(page(visit, &layout, &parameters, &basket, notice));
    }
    let payment = PendingPayment {
        client_name: visit.client_name.to_owned(),
        session: parameters.session.clone(),
        base_url: visit.request.host.base_url(),
        refused_url: format!("{}&{NOTICE}={}", visit.request.path_and_query(), payment_form::REFUSED),
        destination: Destination::Confirmation(parameters.confirmation_url.clone()),
    };
    Ok(
        match payment_form::respond(visit, Choice::of(&visit.request.form)?, payment)? {
            Outcome::Reply(reply) => reply,
            Outcome::Notice(notice) => page(visit, &layout, &parameters, &basket, Some(notice)),
            Outcome::Abandoned => {
                let content = payment_form::abandoned(&visit.request.path_and_query());
                layout.page(StatusCode::OK, "Payment abandoned", &content)
            }
        },
    )
}

fn layout(visit: &Visit<'_>) -> Layout {
    let note = "This sandbox has no checkout link. The service requires one: the URL of the page with this frame.";
    Layout {
        notes: visit
            .checkout_link
            .is_none()
            .then(|| note.to_owned())
            .into_iter()
            .collect(),
        ..Layout::default()
    }
}

fn invalid(layout: &Layout, problems: &[String]) -> PageReply {
    let content = html! {
        h1 { "This payment cannot be shown" }
        div.notice.bad role="alert" { ul { @for problem in problems { li { (problem) } } } }
    };
    layout.page(StatusCode::BAD_REQUEST, "Invalid payment", &content)
}

fn page(
    visit: &Visit<'_>,
    layout: &Layout,
    parameters: &PaymentParameters,
    basket: &Basket,
    notice: Option<&str>,
) -> PageReply {
    let content = html! {
        h1 { "Pay for your basket" }
        @if let Some(notice) = notice { p.notice.bad role="alert" { (notice) } }
        (Items::from(basket).table(visit.live.venue(), false))
        h2 { "Billing address" }
        p { @for line in &parameters.payer { (line) br; } }
        form method="post" { (payment_form::choices()) }
    };
    layout.page(StatusCode::OK, "Payment", &content)
}
