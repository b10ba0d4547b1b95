//! Tickets to print at home: the links to documents, and the documents.

use http::{StatusCode, header};
use spektrix_v2::operations::GetPrintAtHomeDocuments;
use spektrix_v2::{Download, Instance, Order, PrintAtHomeLink, PrintAtHomeLinkId, Ticket};

use super::customers::customer_id;
use crate::api::{Call, Refusal, Reply};
use crate::pdf;
use crate::state::{LiveVenue, PrintAtHomeDocument, VenueIndex};
use crate::venue::print_at_home::is_printed;

/// Returns the links to a customer's documents.
pub(super) fn links(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let customer = customer_id(call.parameters);
    let documents = live.state().orders.documents.clone();
    let documents = documents.iter().filter(|document| document.customer == customer);
    let links = documents.map(|document| link(live, call, document));
    Reply::encode::<GetPrintAtHomeDocuments>(&links.collect())
}

/// Creates a link. It has a URL once the document is ready.
fn link(live: &LiveVenue<'_>, call: &Call<'_>, document: &PrintAtHomeDocument) -> PrintAtHomeLink {
    let is_ready = is_ready(live, document);
    let mut link = PrintAtHomeLink::new(document.id, is_ready);
    link.customer = document.customer;
    link.instance = document.instance;
    link.url = document.customer.filter(|_| is_ready).map(|customer| {
        let (base, path) = (base_url(call), Download::INFO.path);
        format!("{base}{path}?customer_id={customer}&document_id={}", document.id)
    });
    link
}

fn is_ready(live: &LiveVenue<'_>, document: &PrintAtHomeDocument) -> bool {
    document.ready_at <= live.now()
}

/// Returns the URL that the request was sent to, without the path of the operation.
fn base_url(call: &Call<'_>) -> String {
    let uri = &call.head.uri;
    // HTTP/2 has the host in the URI, HTTP/1.1 in a header.
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

/// Returns a document as PDF, if it is ready.
pub(super) fn download(live: &LiveVenue<'_>, call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = PrintAtHomeLinkId::new(call.parameters.id("document_id").unwrap_or_default());
    let customer = customer_id(call.parameters);
    let (document, orders) = {
        let state = live.state();
        let mut documents = state.orders.documents.iter();
        let found = documents
            .find(|document| document.id == id && document.customer == customer)
            .cloned();
        let orders = state
            .all_orders(live.venue())
            .filter(|order| order.customer == customer);
        (found, orders.cloned().collect::<Vec<_>>())
    };
    match document {
        Some(document) if is_ready(live, &document) => {
            let lines = lines(&live.index, &document, &orders);
            Ok(Reply::pdf(pdf::page(&lines)))
        }
        Some(_) => Err(not_found(format!("The document {id} is not ready yet."))),
        None => Err(not_found(format!("The customer has no document {id}."))),
    }
}

fn not_found(message: String) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, message)
}

/// Returns the lines of a document: the title, the start, and a line for each ticket.
fn lines(index: &VenueIndex, document: &PrintAtHomeDocument, orders: &[Order]) -> Vec<String> {
    let instance = document.instance.and_then(|id| index.instance_or_archived(id));
    let title = instance.and_then(|instance| title(index, instance)).unwrap_or_default();
    let start = instance.map(|instance| instance.start.strftime("%A %-d %B %Y, %H:%M").to_string());
    let printed = orders.iter().filter(|order| is_printed(order));
    let tickets = printed.flat_map(|order| order.tickets.iter().map(move |ticket| (order, ticket)));
    let tickets = tickets.filter(|(_, ticket)| ticket.instance == document.instance);
    let mut lines = vec![title.to_owned(), start.unwrap_or_default()];
    lines.extend(tickets.map(|(order, ticket)| line(index, order, ticket)));
    lines.push("Created by a sandbox: this ticket is not valid.".to_owned());
    lines
}

fn title<'a>(index: &'a VenueIndex, instance: &Instance) -> Option<&'a str> {
    let mut events = index.venue.events.iter().chain(&index.venue.archive.events);
    events
        .find(|event| event.id == instance.event)
        .map(|event| event.name.as_str())
}

fn line(index: &VenueIndex, order: &Order, ticket: &Ticket) -> String {
    let plan = ticket.plan.and_then(|id| index.plan(id));
    let plan = plan.map_or("", |plan| plan.name.as_str());
    let mut ticket_types = index.venue.ticket_types.iter();
    let ticket_type = ticket_types.find(|ticket_type| Some(ticket_type.id) == ticket.ticket_type);
    let ticket_type = ticket_type.map_or("", |ticket_type| ticket_type.name.as_str());
    let number = ticket.id.map(|id| id.to_string()).unwrap_or_default();
    let price = ticket.price.unwrap_or_default() - ticket.discount.unwrap_or_default();
    let order = order.friendly_id.as_deref().unwrap_or_default();
    format!("Ticket {number}, order {order}: {plan}, {ticket_type}, GBP {price}")
}
