//! Tickets to print at home: the links to them, and the documents themselves once they are ready.

use http::{StatusCode, header};
use spektrix_v2::operations::GetPrintAtHomeDocuments;
use spektrix_v2::{Download, Instance, Order, PrintAtHomeLink, PrintAtHomeLinkId, Ticket};

use super::people::customer_id;
use crate::answers::{Call, whole};
use crate::pdf;
use crate::service::{Refusal, Reply};
use crate::state::{Catalogue, Document, World};
use crate::venue::print_at_home::is_printed;

pub(super) fn links(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customer = customer_id(call.parameters);
    let documents = world.state().orders.documents.clone();
    let own = documents.iter().filter(|document| document.customer == customer);
    let links = own.map(|document| link(world, call, document));
    whole::<GetPrintAtHomeDocuments>(&links.collect())
}

/// Its address is told once the document is ready.
fn link(world: &World, call: &Call<'_>, document: &Document) -> PrintAtHomeLink {
    let is_ready = is_ready(world, document);
    let mut link = PrintAtHomeLink::new(document.id, is_ready);
    link.customer = document.customer;
    link.instance = document.instance;
    link.url = document.customer.filter(|_| is_ready).map(|customer| {
        let (base, path) = (base(call), Download::INFO.path);
        format!("{base}{path}?customer_id={customer}&document_id={}", document.id)
    });
    link
}

fn is_ready(world: &World, document: &Document) -> bool {
    document.ready_at <= world.now()
}

/// The address that the request came to, up to the path of the operation.
fn base(call: &Call<'_>) -> String {
    let uri = &call.head.uri;
    let host = call.head.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = uri
        .authority()
        .map_or(host.unwrap_or("127.0.0.1"), |authority| authority.as_str());
    let path = uri.path();
    format!(
        "https://{host}{}",
        path.strip_suffix(call.operation.path).unwrap_or(path)
    )
}

/// The PDF of a document that is ready.
pub(super) fn download(world: &World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = PrintAtHomeLinkId::new(call.parameters.id("document_id").unwrap_or_default());
    let customer = customer_id(call.parameters);
    let (document, orders) = {
        let state = world.state();
        let mut documents = state.orders.documents.iter();
        let found = documents
            .find(|document| document.id == id && document.customer == customer)
            .cloned();
        let orders = state
            .orders(&world.catalogue.venue)
            .filter(|order| order.customer == customer);
        (found, orders.cloned().collect::<Vec<_>>())
    };
    match document {
        Some(document) if is_ready(world, &document) => {
            let lines = lines(&world.catalogue, &document, &orders);
            Ok(Reply::pdf(pdf::page(&lines)))
        }
        Some(_) => Err(not_found(format!("The document {id} is not ready yet."))),
        None => Err(not_found(format!("The customer has no document {id}."))),
    }
}

fn not_found(message: String) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, message)
}

/// What stands on the page: what is on, when, and a line for each ticket.
fn lines(catalogue: &Catalogue, document: &Document, orders: &[Order]) -> Vec<String> {
    let instance = document.instance.and_then(|id| catalogue.instance(id));
    let title = instance
        .and_then(|instance| title(catalogue, instance))
        .unwrap_or_default();
    let start = instance.map(|instance| instance.start.strftime("%A %-d %B %Y, %H:%M").to_string());
    let printed = orders.iter().filter(|order| is_printed(order));
    let tickets = printed.flat_map(|order| order.tickets.iter().map(move |ticket| (order, ticket)));
    let tickets = tickets.filter(|(_, ticket)| ticket.instance == document.instance);
    let mut lines = vec![title.to_owned(), start.unwrap_or_default()];
    lines.extend(tickets.map(|(order, ticket)| line(catalogue, order, ticket)));
    lines.push("Made up by a sandbox: this ticket admits nobody.".to_owned());
    lines
}

fn title<'a>(catalogue: &'a Catalogue, instance: &Instance) -> Option<&'a str> {
    let mut events = catalogue.venue.events.iter();
    events
        .find(|event| event.id == instance.event)
        .map(|event| event.name.as_str())
}

fn line(catalogue: &Catalogue, order: &Order, ticket: &Ticket) -> String {
    let plan = ticket
        .plan
        .and_then(|id| catalogue.plan(id))
        .map_or("", |plan| plan.name.as_str());
    let mut types = catalogue.venue.ticket_types.iter();
    let kind = types
        .find(|one| Some(one.id) == ticket.ticket_type)
        .map_or("", |one| one.name.as_str());
    let number = ticket.id.map(|id| id.to_string()).unwrap_or_default();
    let price = ticket.price.unwrap_or_default() - ticket.discount.unwrap_or_default();
    let order = order.friendly_id.as_deref().unwrap_or_default();
    format!("Ticket {number}, order {order}: {plan}, {kind}, GBP {price}")
}
