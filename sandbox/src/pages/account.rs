//! `LoginLogout` and `MyAccount`: signs customers in and out, and shows a customer's details and orders.

use maud::{Markup, html};
use spektrix_v2::iframe::WebPage;
use spektrix_v2::{Customer, CustomerId, Order, Secret};

use super::address::WebsitePage;
use super::basket_table::Items;
use super::layout::date_and_time;
use super::reply::PageReply;
use super::visit::Visit;
use crate::api::Refusal;
use crate::state::SEEDED_PASSWORD;
use crate::writes::new_session;

/// Signs a customer in or out.
pub(super) fn login_logout(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    let (form, customer) = (&visit.request.form, visit.customer());
    if form.get("sign_out").is_some() {
        return Ok(sign_out(visit));
    }
    if form.get("email").is_some() {
        return sign_in(visit, WebsitePage::LoginLogout, WebPage::MyAccount);
    }
    let Some(customer) = customer else {
        return Ok(sign_in_page(visit, WebsitePage::LoginLogout, None));
    };
    let name = name(&visit.customer_details(customer)?);
    let content = html! {
        h1 { "Sign out" }
        p { "You are signed in as " strong { (name) } "." }
        form method="post" { button.first name="sign_out" value="true" { "Sign out, and discard the basket" } }
    };
    Ok(visit.page(WebsitePage::LoginLogout, "Sign out", &content))
}

/// Shows the details and the orders of the customer who is signed in, or the form to sign in.
pub(super) fn my_account(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    if visit.request.form.get("email").is_some() {
        return sign_in(visit, WebsitePage::MyAccount, WebPage::MyAccount);
    }
    let Some(id) = visit.customer() else {
        return Ok(sign_in_page(visit, WebsitePage::MyAccount, None));
    };
    let customer = visit.customer_details(id)?;
    let orders = orders(visit, id);
    let content = html! {
        h1 { "My account" }
        p { (name(&customer)) br; span.quiet { (customer.email.as_deref().unwrap_or_default()) } }
        h2 { "Orders" }
        @if orders.is_empty() { p { "There are no orders." } }
        @for order in &orders {
            section.panel {
                h3 { (order.friendly_id.as_deref().unwrap_or("Order")) }
                p.quiet { (date_and_time(order.date)) }
                (Items::from(order).table(visit.live.venue(), false))
            }
        }
    };
    Ok(visit.page(WebsitePage::MyAccount, "My account", &content))
}

/// Signs a customer in with the form that was sent, and leads to a page. The customer becomes that of the basket, which is
/// how the API signs in. Starts a session if there is none.
pub(super) fn sign_in(visit: &Visit<'_>, from: WebsitePage, to: WebPage) -> Result<PageReply, Refusal> {
    let form = &visit.request.form;
    let (email, password) = (
        form.get("email").unwrap_or_default(),
        form.get("password").unwrap_or_default(),
    );
    let (live, offered) = (visit.live, new_session()?);
    let signed_in = {
        let mut state = live.state();
        let found = state
            .customers
            .authenticate(email, &Secret::new(password))
            .map(|customer| customer.id);
        found.and_then(|id| {
            let id = id.ok_or_else(|| Refusal::invalid("This customer has no id."))?;
            state.change_or_start_basket(&live.index, live.now(), visit.session(), offered, |draft| {
                draft.set_customer(id)
            })
        })
    };
    let reply = PageReply::redirect(&visit.link(to));
    match signed_in {
        Ok(Some(session)) => Ok(reply.with_session(&session.0)),
        Ok(None) => Ok(reply),
        Err(refusal) => Ok(sign_in_page(visit, from, Some(&refusal.into_parts().1))),
    }
}

/// Ends the session, and so discards its basket. There is no other way to remove a customer from a basket.
fn sign_out(visit: &Visit<'_>) -> PageReply {
    if let Some(session) = visit.session() {
        visit.live.state().remove_session(session);
    }
    PageReply::redirect(&visit.link(WebPage::LoginLogout)).without_session()
}

pub(super) fn sign_in_page(visit: &Visit<'_>, page: WebsitePage, problem: Option<&str>) -> PageReply {
    let email = visit.request.form.get("email").unwrap_or_default();
    let content = html! {
        h1 { "Sign in" }
        @if let Some(problem) = problem { p.notice.bad role="alert" { (problem) } }
        form method="post" {
            label.field { "Email" input type="email" name="email" value=(email) autocomplete="off" required; }
            label.field { "Password" input type="password" name="password" autocomplete="off" required; }
            button.first { "Sign in" }
        }
        (hint())
    };
    visit.page(page, "Sign in", &content)
}

fn hint() -> Markup {
    html! {
        p.quiet {
            br;
            "In a sandbox: " code { "ada.sample@example.org" } " with the password " code { (SEEDED_PASSWORD) } "."
        }
    }
}

fn name(customer: &Customer) -> String {
    let names = [&customer.title, &customer.first_name, &customer.last_name];
    names
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the orders of a customer, the newest first.
fn orders(visit: &Visit<'_>, customer: CustomerId) -> Vec<Order> {
    let state = visit.live.state();
    let orders = state.all_orders(visit.live.venue());
    let mut orders: Vec<_> = orders
        .filter(|order| order.customer == Some(customer))
        .cloned()
        .collect();
    orders.reverse();
    orders
}
