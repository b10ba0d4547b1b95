//! `ChooseSeats`: how many tickets of which price, in each plan of an instance. The usual entry of a visitor.

use std::collections::BTreeSet;

use http::StatusCode;
use maud::{Markup, html};
use rust_decimal::Decimal;
use spektrix_v2::iframe::WebPage;
use spektrix_v2::{BandId, BasketItems, Instance, InstanceId, Plan, PlanId, Ticket, TicketTypeId};

use super::address::{ADDED, WebsitePage};
use super::layout::{date_and_time, money};
use super::reply::PageReply;
use super::request::Values;
use super::visit::Visit;
use crate::api::Refusal;
use crate::writes::new_session;

/// How many tickets a visitor can add in one step.
const MAX_TICKETS: usize = 50;

/// Shows the prices of an instance, or adds the chosen tickets to the basket.
pub(super) fn respond(visit: &Visit<'_>) -> Result<PageReply, Refusal> {
    let id = visit.request.query.number("EventInstanceId").map(InstanceId::new);
    let id = id.ok_or_else(|| Refusal::invalid("The parameter EventInstanceId is required, and must be a number."))?;
    let instance = visit.live.index.instance(id);
    let instance =
        instance.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, format!("There is no instance {id}.")))?;
    if !visit.request.is_post {
        return Ok(form(visit, instance, None));
    }
    match add(visit, instance) {
        Ok(reply) => Ok(reply),
        // What the visitor chose cannot be added: the page explains why, and the visitor chooses again.
        Err(refusal) => Ok(form(visit, instance, Some(&refusal.into_parts().1))),
    }
}

/// Adds tickets to the basket, starts a session if there is none, and leads to the basket.
fn add(visit: &Visit<'_>, instance: &Instance) -> Result<PageReply, Refusal> {
    let tickets = chosen_tickets(&visit.request.form, instance.id)?;
    let number = tickets.len();
    let items = BasketItems::new().with_tickets(tickets);
    let (live, offered) = (visit.live, new_session()?);
    let started = live
        .state()
        .change_or_start_basket(&live.index, live.now(), visit.session(), offered, |draft| {
            draft.add(items)
        })?;
    let basket = visit.frame(WebPage::Basket).parameter(ADDED, number.to_string());
    let reply = PageReply::redirect(&basket.url());
    Ok(match started {
        Some(session) => reply.with_session(&session.0),
        None => reply,
    })
}

/// Reads the numbers of tickets. Fields are named after plan, band and ticket type: `402.11.1`.
fn chosen_tickets(form: &Values, instance: InstanceId) -> Result<Vec<Ticket>, Refusal> {
    let mut tickets = Vec::new();
    for (name, value) in form.iter() {
        let ids: Vec<i32> = name.split('.').filter_map(|id| id.parse().ok()).collect();
        let (&[plan, band, ticket_type], Ok(number)) = (ids.as_slice(), value.parse::<usize>()) else {
            continue;
        };
        let ticket = Ticket::new()
            .with_instance(instance)
            .with_plan(plan)
            .with_band(band)
            .with_ticket_type(ticket_type);
        if number > MAX_TICKETS || tickets.len() + number > MAX_TICKETS {
            return Err(Refusal::invalid(format!(
                "Choose up to {MAX_TICKETS} tickets in one step."
            )));
        }
        tickets.extend(std::iter::repeat_n(ticket, number));
    }
    if tickets.is_empty() {
        return Err(Refusal::invalid("Choose at least one ticket."));
    }
    Ok(tickets)
}

fn form(visit: &Visit<'_>, instance: &Instance, problem: Option<&str>) -> PageReply {
    let events = &visit.live.venue().events;
    let event = events.iter().find(|event| event.id == instance.event);
    let title = event.map_or("Choose seats", |event| event.name.as_str());
    let content = html! {
        h1 { (title) }
        p.quiet { (date_and_time(instance.start)) }
        @if let Some(problem) = problem { p.notice.bad role="alert" { (problem) } }
        form method="post" {
            @for plan in bookable_plans(visit, instance) { (plan_table(visit, instance, plan)) }
            div.buttons { button.first { "Add to basket" } }
        }
    };
    visit.page(WebsitePage::ChooseSeats, title, &content)
}

fn plan_table(visit: &Visit<'_>, instance: &Instance, plan: &Plan) -> Markup {
    let free = free_seats(visit, instance.id, plan.id);
    html! {
        h2 { (plan.name) }
        table {
            caption { (free) " seats are free" }
            thead { tr { th scope="col" { "Ticket" } th.amount scope="col" { "Price" } th.amount scope="col" { "Number" } } }
            tbody {
                @for choice in choices(visit, instance, plan) {
                    tr {
                        td { (choice.name) }
                        td.amount { (money(choice.amount)) }
                        td.amount {
                            input type="number" name=(choice.field(plan.id)) value="0" min="0" max="9"
                                aria-label=(format!("{}, {}", choice.name, plan.name));
                        }
                    }
                }
            }
        }
    }
}

/// A price for which a ticket can be bought.
struct Choice {
    band: BandId,
    ticket_type: TicketTypeId,
    name: String,
    amount: Decimal,
}

impl Choice {
    fn field(&self, plan: PlanId) -> String {
        format!("{plan}.{}.{}", self.band, self.ticket_type)
    }
}

/// Returns the prices in a plan: those of the instance's price list, for each band of the plan.
fn choices(visit: &Visit<'_>, instance: &Instance, plan: &Plan) -> Vec<Choice> {
    let venue = visit.live.venue();
    let list = visit.live.index.price_list(instance.price_list);
    let prices = list.map(|list| list.prices.as_slice()).unwrap_or_default();
    let band_name = |id| {
        venue
            .bands
            .iter()
            .find(|band| band.id == id)
            .map(|band| band.name.as_str())
    };
    let type_name = |id| {
        venue
            .ticket_types
            .iter()
            .find(|kind| kind.id == id)
            .map(|kind| kind.name.as_str())
    };
    let mut choices = Vec::new();
    for band in &plan.bands {
        // A price without a band is for all of them.
        for price in prices
            .iter()
            .filter(|price| price.band.is_none_or(|other| other == *band))
        {
            let names = [band_name(*band), type_name(price.ticket_type)];
            choices.push(Choice {
                band: *band,
                ticket_type: price.ticket_type,
                name: names.into_iter().flatten().collect::<Vec<_>>().join(", "),
                amount: price.amount,
            });
        }
    }
    choices
}

/// Returns the plans that can be booked: the instance's own, or the parts that it consists of.
fn bookable_plans<'a>(visit: &'a Visit<'_>, instance: &Instance) -> Vec<&'a Plan> {
    let index = &visit.live.index;
    let (mut bookable, mut seen) = (Vec::new(), BTreeSet::new());
    let mut next = vec![instance.plan];
    while let Some(id) = next.pop() {
        // Custom data may contain plans that are parts of each other.
        let Some(plan) = index.plan(id).filter(|_| seen.insert(id)) else {
            continue;
        };
        next.extend(plan.sub_plans.iter().rev());
        if plan.sub_plans.is_empty() && plan.is_bookable {
            bookable.push(plan);
        }
    }
    bookable
}

fn free_seats(visit: &Visit<'_>, instance: InstanceId, plan: PlanId) -> i32 {
    let index = &visit.live.index;
    let initial = index.initial_status(instance, plan);
    let state = visit.live.state();
    initial.map_or(0, |initial| state.inventory.status(index, initial).available.max(0))
}

#[cfg(test)]
mod tests {
    use spektrix_v2::InstanceId;

    use super::{MAX_TICKETS, Values, chosen_tickets};

    #[test]
    fn fields_name_plan_band_and_ticket_type() {
        let cases = [
            ("402.11.1=2&402.12.1=0&other=3", Ok(2)),
            ("402.11.1=1&403.12.4=1", Ok(2)),
            ("402.11.1=50", Ok(MAX_TICKETS)),
            ("402.11.1=51", Err("up to 50")),
            ("402.11.1=26&402.12.1=25", Err("up to 50")),
            ("402.11.1=18446744073709551615&402.12.1=2", Err("up to 50")),
            ("402.11.1=-1&402.11=4&402.11.1.1=4&a.b.c=4", Err("at least one")),
            ("", Err("at least one")),
        ];
        for (form, expected) in cases {
            let tickets = chosen_tickets(&Values::parse(form.as_bytes()), InstanceId::new(5));
            match (tickets, expected) {
                (Ok(tickets), Ok(number)) => assert_eq!(tickets.len(), number, "{form}"),
                (Err(refusal), Err(part)) => assert!(refusal.summary_with_message().contains(part), "{form}"),
                (tickets, _) => panic!("{form}: {tickets:?}"),
            }
        }
    }
}
