//! From an empty basket to the payment page and the order: the way of a visitor through a venue's website.
//!
//! ```text
//! cargo run --example basket-walk
//! ```
//!
//! It walks through a sandbox of its own, so that nobody's seats are taken.

mod choice;
mod receipt;

use std::io::{self, Write};
use std::time::Duration;

use anyhow::Context as _;
use jiff::Zoned;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::iframe::{Payer, Site};
use spektrix_v2::{Client, Delivery, DeliveryType, MerchandiseItem, Order, Session, Ticket};
use spektrix_v2_sandbox::Sandbox;

use choice::Evening;
use receipt::Receipt;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;
    let mut out = io::stdout().lock();

    let evening = choose(&client, &mut out).await?;
    let session = fill(&client, &evening, &mut out).await?;
    let saved = session.save().context("the session has begun")?;
    change(&session, &evening, &mut out).await?;

    // The next request of the visitor may reach another server, which knows nothing but the saved text.
    let session = client.restore_session(saved.expose())?;
    sign_in(&session, &sandbox, &mut out).await?;
    deliver(&session, &mut out).await?;
    // While the visitor looks for a card, the basket is kept: until this is dropped.
    let keeper = session.keep_alive_every(Duration::from_secs(4 * 60));
    pay(&session, &sandbox, &mut out)?;
    let order = confirm(&session, &mut out).await?;
    drop(keeper);

    look_back(&client, &order, &mut out).await?;
    come_back_late(&session, &sandbox, &evening, &mut out).await?;
    sandbox.stop().await;
    Ok(())
}

/// Finds a performance that is on sale.
async fn choose(client: &Client, out: &mut impl Write) -> anyhow::Result<Evening> {
    step(out, "Choose")?;
    let today = Zoned::now().date();
    let catalogue = Catalogue::load_starting(client, today..).await?;
    let evening = Evening::choose(&catalogue).context("nothing is on sale")?;
    writeln!(out, "{}", evening.description)?;
    Ok(evening)
}

/// The first change of the basket begins the session.
async fn fill(client: &Client, evening: &Evening, out: &mut impl Write) -> anyhow::Result<Session> {
    step(out, "Put two tickets and something to read into the basket")?;
    let session = client.session();
    let ticket = Ticket::to_add(evening.instance, evening.plan)
        .with_band(evening.band)
        .with_ticket_type(evening.full_price);
    session.add([ticket.clone(), ticket]).await?;

    let shelf = client.stock_items().all().await?;
    if let Some(item) = shelf.iter().find(|item| item.stock_level > 0) {
        session.add(MerchandiseItem::to_add(item.id)).await?;
    }
    show(&session, out).await?;
    Ok(session)
}

/// Only what changes is sent: the rest of an item stays as it is.
async fn change(session: &Session, evening: &Evening, out: &mut impl Write) -> anyhow::Result<()> {
    step(out, "One of the two pays less, and nobody wants to read")?;
    let basket = session.basket().await?;
    if let (Some(id), Some(reduced)) = (basket.tickets[0].id, evening.reduced_price) {
        session
            .update_items(Ticket::to_change(id).with_ticket_type(reduced))
            .await?;
    }
    for item in basket.merchandise_items.iter().filter_map(|item| item.id) {
        session.remove_item(item).await?;
    }
    show(session, out).await
}

/// Signs a customer in, and puts the customer into the basket: offers may apply from then on.
async fn sign_in(session: &Session, sandbox: &Sandbox, out: &mut impl Write) -> anyhow::Result<()> {
    step(out, "Sign in")?;
    let wrong = session.authenticate("ada.sample@example.org", "a guess").await;
    if let Err(error) = wrong {
        writeln!(out, "With a guessed password: {error}")?;
    }
    let customer = session
        .authenticate("ada.sample@example.org", sandbox.seeded_password())
        .await?;
    let names = [customer.title, customer.first_name, customer.last_name];
    let names: Vec<String> = names.into_iter().flatten().collect();
    writeln!(out, "Welcome, {}.", names.join(" "))?;
    Ok(())
}

/// Offers the ways of delivery that the basket has, and takes one.
async fn deliver(session: &Session, out: &mut impl Write) -> anyhow::Result<()> {
    step(out, "Choose how the tickets are delivered")?;
    let basket = session.basket().await?;
    for option in &basket.ticket_delivery_options {
        writeln!(out, "{:<14} {:>6}", option.r#type.to_string(), option.fee)?;
    }
    let customer = basket.customer.context("somebody has signed in")?;
    let addresses = session.client().customer_addresses(customer).await?;
    let by_post = basket
        .ticket_delivery_options
        .iter()
        .any(|option| option.r#type == DeliveryType::Postal);
    let delivery = match addresses.first() {
        Some(home) if by_post => Delivery::postal(home),
        _ => Delivery::care_of_box_office(),
    };
    session.set_ticket_delivery(delivery).await?;
    show(session, out).await
}

/// A website shows this page in a frame. It takes the payment, and confirms the order.
fn pay(session: &Session, sandbox: &Sandbox, out: &mut impl Write) -> anyhow::Result<()> {
    step(out, "Pay, in a frame with this address")?;
    let payer = Payer {
        name: "Ms Ada Sample",
        line1: "Flat 7",
        town: "Mallowmere",
        postcode: "QV1 1AB",
        country: "United Kingdom",
    };
    let site = Site::new(sandbox.client_name())?;
    let payment = session.payment_iframe(&site, payer, "https://venue.example/thanks")?;
    // Whoever has this address has the basket: it is for this visitor's browser alone.
    for part in payment.url().expose().split_inclusive(['?', '&']) {
        writeln!(out, "  {part}")?;
    }
    Ok(())
}

/// The sandbox has no payment page, so that the order is confirmed by a call.
async fn confirm(session: &Session, out: &mut impl Write) -> anyhow::Result<Order> {
    step(out, "The order")?;
    let order = session.confirm().await?;
    writeln!(
        out,
        "{}: {} tickets, {} in all, {}",
        order.friendly_id.as_deref().unwrap_or("no number"),
        order.tickets.len(),
        order.total,
        order.date.strftime("%d %b %Y, %H:%M")
    )?;
    Ok(order)
}

async fn look_back(client: &Client, order: &Order, out: &mut impl Write) -> anyhow::Result<()> {
    let found = client.orders().order(order.id).await?;
    let paid = client.transactions().order(order.id).await?;
    let paid: Vec<String> = paid.iter().map(|transaction| transaction.amount.to_string()).collect();
    writeln!(out, "Found again: {}. Paid: {}", found.len(), paid.join(", "))?;
    Ok(())
}

/// A basket that nobody touches is gone after ten minutes. A change begins another, and the session counts.
async fn come_back_late(
    session: &Session,
    sandbox: &Sandbox,
    evening: &Evening,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    step(out, "Come back a quarter of an hour later")?;
    sandbox.advance(Duration::from_secs(15 * 60));
    match session.basket().await {
        Err(error) if error.is_session_expired() => writeln!(out, "{error}")?,
        other => drop(other?),
    }
    let ticket = Ticket::to_add(evening.instance, evening.plan).with_band(evening.band);
    session.add(ticket).await?;
    writeln!(out, "Baskets lost on the way: {}", session.lost_baskets())?;
    show(session, out).await
}

async fn show(session: &Session, out: &mut impl Write) -> anyhow::Result<()> {
    let (basket, related) = tokio::try_join!(session.basket(), session.related_data())?;
    write!(out, "{}", Receipt { basket, related })?;
    Ok(())
}

fn step(out: &mut impl Write, name: &str) -> io::Result<()> {
    writeln!(out, "\n== {name}")
}
