//! The page of a fictional bank, which asks the visitor to confirm a payment, as with 3-D Secure. It is on another host than
//! the payment page, and its form returns the visitor with a request from one site to another.

use http::StatusCode;
use maud::html;

use super::address::BANK_RESULT;
use super::layout::Layout;
use super::payment_form::confirm;
use super::pending_payments::PendingPayments;
use super::reply::PageReply;
use super::request::PageRequest;
use super::visit::Visit;
use crate::api::Refusal;

/// The parameter and the field that identify a payment.
const PAYMENT: &str = "payment";

/// Asks for a confirmation.
pub(super) fn page(request: &PageRequest, pending: &PendingPayments) -> Result<PageReply, Refusal> {
    let id = request.query.get(PAYMENT).unwrap_or_default();
    let payment = pending.get(id).ok_or_else(unknown)?;
    let result = format!("{}{BANK_RESULT}", payment.base_url.trim_end_matches('/'));
    let content = html! {
        h1 { "Mallowmere Savings Bank" }
        p { "Is it you who is paying? Your bank asks before it transfers the money." }
        p.quiet { "This bank does not exist. It is on another site than the payment page, as with 3-D Secure." }
        form method="post" action=(result) {
            input type="hidden" name=(PAYMENT) value=(id);
            div.buttons {
                button.first name="result" value="confirmed" { "Yes, confirm the payment" }
                button name="result" value="refused" { "No, refuse it" }
            }
        }
    };
    let layout = Layout {
        is_bank: true,
        ..Layout::default()
    };
    Ok(layout.page(StatusCode::OK, "Confirm your payment", &content))
}

/// Returns the client name of the venue that a result of the bank is for.
pub(super) fn client_name(request: &PageRequest, pending: &PendingPayments) -> Result<String, Refusal> {
    let payment = pending.get(request.form.get(PAYMENT).unwrap_or_default());
    payment.map(|payment| payment.client_name).ok_or_else(unknown)
}

/// Takes what the bank reports, and sends the visitor on. The bank identifies the payment, so no cookie is needed: browsers
/// send only `SameSite=None` cookies with a form from another site.
pub(super) fn result(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    let form = &visit.request.form;
    let payment = visit.pending.take(form.get(PAYMENT).unwrap_or_default());
    let payment = payment.ok_or_else(unknown)?;
    if form.get("result") == Some("confirmed") {
        return confirm(visit, payment);
    }
    Ok(PageReply::redirect(&payment.refused_url))
}

fn unknown() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "This payment is not known: it was confirmed or refused already, or it was never started.",
    )
}
