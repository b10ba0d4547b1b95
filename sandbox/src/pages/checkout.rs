//! `Checkout`: the delivery and the payment of a signed-in customer's basket, and the order that results.

use maud::{Markup, html};
use spektrix_v2::iframe::WebPage;
use spektrix_v2::{Basket, CustomerAddress, Delivery, DeliveryOption, DeliveryType, OrderId};

use super::account::{sign_in, sign_in_page};
use super::address::{NOTICE, ORDER, WebsitePage};
use super::basket::nothing;
use super::basket_table::{Items, delivery_name};
use super::layout::money;
use super::payment_form::{self, Choice, Outcome};
use super::pending_payments::{Destination, PendingPayment};
use super::reply::PageReply;
use super::visit::Visit;
use crate::api::Refusal;

/// Shows the checkout, sets the deliveries, or takes the payment.
pub(super) fn respond(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    let query = &visit.request.query;
    if visit.request.form.get("email").is_some() {
        return sign_in(visit, WebsitePage::Checkout, WebPage::Checkout);
    }
    if let Some(order) = query.number(ORDER).map(OrderId::new) {
        return Ok(confirmed(visit, order));
    }
    let Some(basket) = visit.basket() else {
        return Ok(visit.page(WebsitePage::Checkout, "Checkout", &nothing(visit)));
    };
    if basket.customer.is_none() {
        return Ok(sign_in_page(visit, WebsitePage::Checkout, None));
    }
    if Items::from(&basket).is_empty() {
        return Ok(visit.page(WebsitePage::Checkout, "Checkout", &nothing(visit)));
    }
    if visit.request.is_post {
        return pay(visit, &basket);
    }
    Ok(page(visit, &basket, query.get(NOTICE).and_then(payment_form::notice)))
}

/// Sets the chosen deliveries, and then does what the visitor chose.
fn pay(visit: &Visit<'_>, basket: &Basket) -> Result<PageReply, Refusal> {
    let choice = Choice::of(&visit.request.form)?;
    let mut update = Basket::new();
    if let Some(delivery) = chosen_delivery(visit, basket, "ticket_delivery") {
        update = update.with_ticket_delivery(delivery);
    }
    if let Some(delivery) = chosen_delivery(visit, basket, "merchandise_delivery") {
        update = update.with_merchandise_delivery(delivery);
    }
    let live = visit.live;
    live.state()
        .change_basket(&live.index, live.now(), visit.session(), |draft| draft.update(&update))?;
    let checkout = visit.frame(WebPage::Checkout);
    let payment = PendingPayment {
        client_name: visit.client_name.to_owned(),
        session: visit.session().unwrap_or_default().to_owned(),
        base_url: visit.request.host.base_url(),
        refused_url: checkout.clone().parameter(NOTICE, payment_form::REFUSED).url(),
        destination: Destination::Checkout(checkout),
    };
    match payment_form::respond(visit, choice, payment)? {
        Outcome::Reply(reply) => Ok(reply),
        Outcome::Notice(notice) => Ok(page(visit, &visit.basket().unwrap_or_default(), Some(notice))),
        Outcome::Abandoned => {
            let content = payment_form::abandoned(&visit.link(WebPage::Checkout));
            Ok(visit.page(WebsitePage::Checkout, "Payment abandoned", &content))
        }
    }
}

fn chosen_delivery(visit: &Visit<'_>, basket: &Basket, field: &str) -> Option<Delivery> {
    let kind = DeliveryType::from(visit.request.form.get(field)?);
    if kind != DeliveryType::Postal {
        return Some(Delivery::new().with_type(kind));
    }
    home(visit, basket).map(|address| Delivery::postal(&address))
}

/// Returns the first address of the basket's customer.
fn home(visit: &Visit<'_>, basket: &Basket) -> Option<CustomerAddress> {
    visit
        .live
        .state()
        .addresses
        .of_customer(basket.customer)
        .next()
        .cloned()
}

fn page(visit: &Visit<'_>, basket: &Basket, notice: Option<&str>) -> PageReply {
    let options = &basket.ticket_delivery_options;
    let has_home = home(visit, basket).is_some();
    let content = html! {
        h1 { "Checkout" }
        @if let Some(notice) = notice { p.notice.bad role="alert" { (notice) } }
        (Items::from(basket).table(visit.live.venue(), false))
        form method="post" {
            (deliveries("Delivery of the tickets", "ticket_delivery", options, has_home))
            (deliveries("Delivery of the merchandise", "merchandise_delivery", &basket.merchandise_delivery_options, has_home))
            (payment_form::choices())
        }
    };
    visit.page(WebsitePage::Checkout, "Checkout", &content)
}

fn deliveries(legend: &str, field: &str, options: &[DeliveryOption], has_home: bool) -> Markup {
    // Without an address, there is nowhere to send anything.
    let possible: Vec<_> = options
        .iter()
        .filter(|option| has_home || option.r#type != DeliveryType::Postal)
        .collect();
    html! {
        @if !possible.is_empty() {
            fieldset {
                legend { (legend) }
                @for (index, option) in possible.iter().enumerate() {
                    label.choice {
                        input type="radio" name=(field) value=(option.r#type.as_str()) checked[index == 0];
                        " " (delivery_name(&option.r#type)) ", " (money(option.fee))
                    }
                }
            }
        }
    }
}

/// Shows an order that this customer placed.
fn confirmed(visit: &Visit<'_>, id: OrderId) -> PageReply {
    let customer = visit.customer();
    let order = {
        let state = visit.live.state();
        let mut orders = state.all_orders(visit.live.venue());
        orders
            .find(|order| order.id == id && order.customer.is_some() && order.customer == customer)
            .cloned()
    };
    let content = html! {
        h1 { "Thank you" }
        @match &order {
            Some(order) => {
                p.notice.good role="status" {
                    "Your order is " strong { (order.friendly_id.as_deref().unwrap_or_default()) } "."
                }
                (Items::from(order).table(visit.live.venue(), false))
            }
            None => p { "Sign in to see your order." },
        }
    };
    visit.page(WebsitePage::Checkout, "Thank you", &content)
}
