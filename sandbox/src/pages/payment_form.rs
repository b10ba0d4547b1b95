//! What a visitor can do with a payment: pay, be sent to the bank first, be declined, or leave. No card is needed.

use maud::{Markup, html};

use super::address::BANK;
use super::pending_payments::PendingPayment;
use super::reply::PageReply;
use super::request::Values;
use super::visit::Visit;
use crate::api::Refusal;
use crate::writes::new_session;

/// The name of the buttons.
const FIELD: &str = "outcome";

/// The notice for a payment that the bank refused.
pub(super) const REFUSED: &str = "refused";

/// What the visitor chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Pay,
    PayThroughBank,
    BeDeclined,
    Abandon,
}

impl Choice {
    const ALL: [Self; 4] = [Self::Pay, Self::PayThroughBank, Self::BeDeclined, Self::Abandon];

    /// Returns the choice in a form that was sent.
    pub(super) fn of(form: &Values) -> Result<Self, Refusal> {
        let value = form.get(FIELD).unwrap_or_default();
        let found = Self::ALL.into_iter().find(|choice| choice.value() == value);
        found.ok_or_else(|| Refusal::invalid("The form must say what happens to the payment: use one of its buttons."))
    }

    fn value(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::PayThroughBank => "bank",
            Self::BeDeclined => "decline",
            Self::Abandon => "abandon",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Pay => "Pay",
            Self::PayThroughBank => "Pay, and confirm at the bank",
            Self::BeDeclined => "Have the card declined",
            Self::Abandon => "Leave without paying",
        }
    }
}

/// The result of a choice.
pub(super) enum Outcome {
    /// The visitor goes to another page.
    Reply(PageReply),
    /// The visitor stays on the page, which shows this notice.
    Notice(&'static str),
    Abandoned,
}

/// Does what the visitor chose.
pub(super) fn respond(visit: &Visit<'_>, choice: Choice, payment: PendingPayment) -> Result<Outcome, Refusal> {
    match choice {
        Choice::Pay => confirm(visit, payment).map(Outcome::Reply),
        Choice::PayThroughBank => send_to_bank(visit, payment).map(Outcome::Reply),
        Choice::BeDeclined => Ok(Outcome::Notice(DECLINED)),
        Choice::Abandon => Ok(Outcome::Abandoned),
    }
}

/// Confirms the order, and sends the visitor to the page that shows it.
pub(super) fn confirm(visit: &Visit<'_>, payment: PendingPayment) -> Result<PageReply, Refusal> {
    let live = visit.live;
    let order = live.state().confirm(&live.index, live.now(), Some(&payment.session))?;
    Ok(PageReply::redirect(&payment.destination.url(&order)))
}

/// Sends the visitor to the bank. Its page has another host, as with 3-D Secure, so to the browser it is another site.
fn send_to_bank(visit: &Visit<'_>, payment: PendingPayment) -> Result<PageReply, Refusal> {
    let id = new_session()?.0;
    let bank = visit.request.host.bank().base_url();
    let url = format!("{}{BANK}?payment={id}", bank.trim_end_matches('/'));
    visit.pending.add(id, payment);
    Ok(PageReply::redirect(&url))
}

/// Returns the buttons. The form around them is the page's, which may add fields.
pub(super) fn choices() -> Markup {
    html! {
        section.panel aria-labelledby="payment" {
            h2 id="payment" { "Payment" }
            p { "No card is needed. Choose what happens:" }
            div.buttons {
                @for choice in Choice::ALL {
                    button.first[choice == Choice::Pay] name=(FIELD) value=(choice.value()) { (choice.label()) }
                }
            }
        }
    }
}

const DECLINED: &str = "The card was declined. Nothing was paid, and the basket is unchanged.";

/// Returns the notice with a name, for a visitor who returns from the bank.
pub(super) fn notice(name: &str) -> Option<&'static str> {
    (name == REFUSED).then_some("The bank refused the payment. Nothing was paid, and the basket is unchanged.")
}

/// Returns the page for a visitor who left the payment.
pub(super) fn abandoned(payment_url: &str) -> Markup {
    html! {
        h1 { "You left the payment" }
        p.notice role="status" { "Nothing was paid. The basket stays until its session expires." }
        div.buttons { a.button.first href=(payment_url) { "Return to the payment" } }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Values};

    #[test]
    fn every_button_is_a_choice_and_nothing_else_is() {
        for choice in Choice::ALL {
            let form = format!("outcome={}", choice.value());
            assert_eq!(Choice::of(&Values::parse(form.as_bytes())).ok(), Some(choice));
        }
        for form in ["", "outcome=", "outcome=PAY", "other=pay"] {
            assert!(Choice::of(&Values::parse(form.as_bytes())).is_err(), "{form}");
        }
    }
}
