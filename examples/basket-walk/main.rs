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
use spektrix_v2::{
    Client, CustomerAddress, CustomerId, Delivery, DeliveryType, MerchandiseItem, Order, Session, Ticket,
};
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
    let visitor = sign_in(&session, &sandbox, &mut out).await?;
    save_money(&session, &evening, &visitor, &mut out).await?;
    deliver(&session, &visitor, &mut out).await?;
    // While the visitor looks for a card, the basket is kept: until this is dropped.
    let keeper = session.keep_alive_every(Duration::from_secs(4 * 60));
    pay(&session, &sandbox, &visitor, &mut out)?;
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
    let first = basket.tickets.first().and_then(|ticket| ticket.id);
    let first = first.context("there is a ticket in the basket")?;
    session
        .update_items(Ticket::to_change(first).with_ticket_type(evening.reduced_price))
        .await?;
    for item in basket.merchandise_items.iter().filter_map(|item| item.id) {
        session.remove_item(item).await?;
    }
    show(session, out).await
}

/// Somebody who has signed in.
struct Visitor {
    id: CustomerId,
    name: String,
    home: CustomerAddress,
}

/// Signs a customer in, and puts the customer into the basket: offers may apply from then on.
async fn sign_in(session: &Session, sandbox: &Sandbox, out: &mut impl Write) -> anyhow::Result<Visitor> {
    step(out, "Sign in")?;
    let email = "ada.sample@example.org";
    if let Err(error) = session.authenticate(email, "a guess").await {
        writeln!(out, "With a guessed password: {error}\n")?;
    }
    let customer = session.authenticate(email, sandbox.seeded_password()).await?;
    let id = customer.id.context("a customer has an identifier")?;
    let names = [customer.title, customer.first_name, customer.last_name];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    writeln!(out, "Welcome, {name}.")?;
    let mut addresses = session.client().customer_addresses(id).await?.into_iter();
    let home = addresses.next().context("the customer has no address")?;
    Ok(Visitor { id, name, home })
}

/// Offers that need a code are unlocked by it; the service applies them by itself.
async fn save_money(
    session: &Session,
    evening: &Evening,
    visitor: &Visitor,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    step(out, "Hand in a promotional code")?;
    let offers = session.client().eligible_offers();
    let offers = offers.customer(visitor.id).event(evening.event).all().await?;
    let with_code = offers
        .iter()
        .find_map(|offer| Some((offer, offer.promo_codes.first()?)));
    let Some((offer, code)) = with_code else {
        writeln!(out, "There is none for this.")?;
        return Ok(());
    };
    session.set_promo_codes([code]).await?;
    writeln!(out, "{code}: {}", offer.description.as_deref().unwrap_or_default())?;
    show(session, out).await
}

/// Offers the ways of delivery that the basket has, and takes one.
async fn deliver(session: &Session, visitor: &Visitor, out: &mut impl Write) -> anyhow::Result<()> {
    step(out, "Choose how the tickets are delivered")?;
    let options = session.basket().await?.ticket_delivery_options;
    for option in &options {
        writeln!(out, "{:<60} {:>8}", option.r#type.to_string(), option.fee)?;
    }
    writeln!(out)?;
    let delivery = match options.iter().any(|option| option.r#type == DeliveryType::Postal) {
        true => Delivery::postal(&visitor.home),
        false => Delivery::care_of_box_office(),
    };
    session.set_ticket_delivery(delivery).await?;
    show(session, out).await
}

/// A website shows this page in a frame. It takes the payment, and confirms the order.
fn pay(session: &Session, sandbox: &Sandbox, visitor: &Visitor, out: &mut impl Write) -> anyhow::Result<()> {
    step(out, "Pay, in a frame with this address")?;
    let home = &visitor.home;
    let payer = Payer {
        name: &visitor.name,
        line1: home.line1.as_deref().unwrap_or_default(),
        town: home.town.as_deref().unwrap_or_default(),
        postcode: home.postcode.as_deref().unwrap_or_default(),
        country: home.country.as_deref().unwrap_or_default(),
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
