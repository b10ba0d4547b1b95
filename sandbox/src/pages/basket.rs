//! `Basket2`: the visitor's basket, and what a visitor sees whose browser sends no cookie.

use maud::{Markup, html};
use spektrix_v2::Basket;
use spektrix_v2::iframe::WebPage;

use super::address::{ADDED, WebsitePage};
use super::basket_table::Items;
use super::reply::PageReply;
use super::visit::Visit;
use crate::api::Refusal;

/// Shows the basket, or removes an item, or sets a promotional code.
pub(super) fn respond(visit: &Visit<'_>) -> PageReply {
    let changed = if visit.request.is_post { change(visit) } else { Ok(()) };
    let problem = changed.err().map(|refusal| refusal.into_parts().1);
    let content = match visit.basket() {
        Some(basket) => full(visit, &basket, problem.as_deref()),
        None if visit.request.query.get(ADDED).is_some() => no_cookie(),
        None => nothing(visit),
    };
    visit.page(WebsitePage::Basket, "Basket", &content)
}

fn change(visit: &Visit<'_>) -> Result<(), Refusal> {
    let (live, form) = (visit.live, &visit.request.form);
    live.state()
        .change_basket(&live.index, live.now(), visit.session(), |draft| {
            if let Some(item) = form.number("remove") {
                return draft.remove(item);
            }
            let code = form.get("promo_code").unwrap_or_default().trim();
            draft.update(&Basket::new().with_promo_codes([code.to_owned()]))
        })
}

fn full(visit: &Visit<'_>, basket: &Basket, problem: Option<&str>) -> Markup {
    let items = Items::from(basket);
    if items.is_empty() {
        return nothing(visit);
    }
    html! {
        h1 { "Your basket" }
        @if let Some(added) = visit.request.query.number(ADDED).filter(|_| problem.is_none()) {
            p.notice.good role="status" { (added) " " (if added == 1 { "ticket was" } else { "tickets were" }) " added." }
        }
        @if let Some(problem) = problem { p.notice.bad role="alert" { (problem) } }
        (items.table(visit.live.venue(), true))
        form.panel method="post" {
            label.field {
                "Promotional code"
                input name="promo_code" value=(basket.promo_codes.join(" ")) autocomplete="off";
            }
            button { "Apply" }
        }
        div.buttons { (checkout_button(visit)) }
    }
}

/// Returns the button that leads to the checkout. With a checkout link, that is the page of the website with the checkout
/// frame, as the documentation requires: so the button leaves the frame.
fn checkout_button(visit: &Visit<'_>) -> Markup {
    html! {
        @match visit.checkout_link {
            Some(link) => a.button.first href=(link) target="_top" { "Checkout" },
            None => a.button.first href=(visit.link(WebPage::Checkout)) { "Checkout" },
        }
    }
}

pub(super) fn nothing(visit: &Visit<'_>) -> Markup {
    html! {
        h1 { "Your basket" }
        p { "Your basket is empty. It expires ten minutes after its last change." }
        div.buttons { a.button href=(visit.link(WebPage::EventList)) { "See what is on" } }
    }
}

/// Explains that the session cookie was set and did not return.
fn no_cookie() -> Markup {
    html! {
        h1 { "Your browser blocks the basket" }
        p.notice.bad role="alert" {
            "The tickets were added, but your browser did not send the cookie that identifies the basket."
        }
        p {
            "Browsers block cookies in a frame on another site if the visitor has chosen so, and some do it always. "
            "With a custom domain of the venue, the frame and the website are one site, and the cookie is sent."
        }
    }
}
