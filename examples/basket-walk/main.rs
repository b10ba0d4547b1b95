//! From an empty basket to the payment page and the order: what a visitor of a venue's website does.
//!
//! The service's documentation says since 2025 that baskets and orders can no longer be written. This example needs a
//! sandbox, and starts one.
//!
//! ```text
//! cargo run --example basket-walk
//! ```

mod performance;
mod receipt;

use std::io::{self, Write};
use std::time::Duration;

use anyhow::Context as _;
use jiff::Zoned;
use spektrix_v2::catalogue::Catalogue;
use spektrix_v2::iframe::Payer;
use spektrix_v2::{
    Client, CustomerAddress, CustomerId, Delivery, DeliveryType, MerchandiseItem, Order, Session, Ticket,
};
use spektrix_v2_sandbox::Sandbox;

use performance::Performance;
use receipt::Receipt;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // The page of the website that contains the payment frame.
    let checkout = "https://venue.example/checkout";
    let sandbox = Sandbox::builder().checkout_link(checkout).start().await?;
    let client = sandbox.client()?;
    let mut out = io::stdout().lock();

    let performance = choose(&client, &mut out).await?;
    let session = add_items(&client, &performance, &mut out).await?;
    let saved = session.save().context("the session has not started")?;
    change_items(&session, &performance, &mut out).await?;

    // The visitor's next request may reach another server, which has only the saved string.
    let session = Session::restore(&client, saved.expose())?;
    let visitor = sign_in(&session, &sandbox, &mut out).await?;
    apply_promo_code(&session, &performance, &visitor, &mut out).await?;
    set_delivery(&session, &visitor, &mut out).await?;
    // Keeps the basket while the visitor pays, until this is dropped.
    let keep_alive = session.keep_alive_every(Duration::from_secs(4 * 60))?;
    show_payment_page(&session, &visitor, &mut out)?;
    let order = confirm(&session, &mut out).await?;
    drop(keep_alive);

    find_order(&client, &order, &mut out).await?;
    return_after_expiry(&session, &sandbox, &performance, &mut out).await?;
    sandbox.stop().await;
    Ok(())
}

/// Finds a performance that is on sale.
async fn choose(client: &Client, out: &mut impl Write) -> anyhow::Result<Performance> {
    heading(out, "Choose a performance")?;
    let today = Zoned::now().date();
    let catalogue = Catalogue::load_starting(client, today..).await?;
    let performance = Performance::choose(&catalogue).context("nothing is on sale")?;
    writeln!(out, "{}", performance.description)?;
    Ok(performance)
}

/// Adds items to the basket. The first change of the basket starts the session.
async fn add_items(client: &Client, performance: &Performance, out: &mut impl Write) -> anyhow::Result<Session> {
    heading(out, "Add two tickets and a merchandise item")?;
    let session = client.session();
    let ticket = Ticket::to_add(performance.instance, performance.plan)
        .with_band(performance.band)
        .with_ticket_type(performance.full_price);
    session.add([ticket.clone(), ticket]).await?;

    let stock_items = client.stock_items().all().await?;
    if let Some(item) = stock_items.iter().find(|item| item.stock_level > 0) {
        session.add(MerchandiseItem::to_add(item.id)).await?;
    }
    show(&session, out).await?;
    Ok(session)
}

/// Changes and deletes items. A change sends only the fields that change; the others keep their values.
async fn change_items(session: &Session, performance: &Performance, out: &mut impl Write) -> anyhow::Result<()> {
    heading(out, "Change one ticket to a reduced price and delete the merchandise")?;
    let basket = session.basket().await?;
    let first = basket.tickets.first().and_then(|ticket| ticket.id);
    let first = first.context("the basket has no ticket")?;
    session
        .update_items(Ticket::to_change(first).with_ticket_type(performance.reduced_price))
        .await?;
    for item in basket.merchandise_items.iter().filter_map(|item| item.id) {
        session.delete_item(item).await?;
    }
    show(session, out).await
}

/// A customer who has signed in.
struct Visitor {
    id: CustomerId,
    name: String,
    home: CustomerAddress,
}

/// Signs a customer in and adds the customer to the basket, so that offers for customers can apply.
async fn sign_in(session: &Session, sandbox: &Sandbox, out: &mut impl Write) -> anyhow::Result<Visitor> {
    heading(out, "Sign in")?;
    let email = "ada.sample@example.org";
    if let Err(error) = session.authenticate(email, "a guess").await {
        writeln!(out, "With a wrong password: {error}\n")?;
    }
    let customer = session.authenticate(email, sandbox.seeded_password()).await?;
    let id = customer.id.context("the customer has no identifier")?;
    let names = [customer.title, customer.first_name, customer.last_name];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    writeln!(out, "Welcome, {name}.")?;
    let mut addresses = session.client().customer_addresses(id).await?.into_iter();
    let home = addresses.next().context("the customer has no address")?;
    Ok(Visitor { id, name, home })
}

/// Sets a promotional code, which unlocks an offer. The service applies offers by itself.
async fn apply_promo_code(
    session: &Session,
    performance: &Performance,
    visitor: &Visitor,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    heading(out, "Set a promotional code")?;
    let offers = session.client().eligible_offers();
    let offers = offers.customer(visitor.id).event(performance.event).all().await?;
    let with_code = offers
        .iter()
        .find_map(|offer| Some((offer, offer.promo_codes.first()?)));
    let Some((offer, code)) = with_code else {
        writeln!(out, "No offer with a code applies.")?;
        return Ok(());
    };
    session.set_promo_codes([code]).await?;
    writeln!(out, "{code}: {}", offer.description.as_deref().unwrap_or_default())?;
    show(session, out).await
}

/// Lists the deliveries that are possible for the basket, and sets one.
async fn set_delivery(session: &Session, visitor: &Visitor, out: &mut impl Write) -> anyhow::Result<()> {
    heading(out, "Choose a delivery")?;
    let options = session.basket().await?.ticket_delivery_options;
    for option in &options {
        writeln!(out, "{:<60} {:>8}", option.r#type.to_string(), option.fee)?;
    }
    writeln!(out)?;
    let delivery = if options.iter().any(|option| option.r#type == DeliveryType::Postal) {
        Delivery::postal(&visitor.home)
    } else {
        Delivery::care_of_box_office()
    };
    session.set_ticket_delivery(delivery).await?;
    show(session, out).await
}

/// Prints the URL of the payment page, which a website shows in an iframe. The page takes the payment and confirms the
/// order.
fn show_payment_page(session: &Session, visitor: &Visitor, out: &mut impl Write) -> anyhow::Result<()> {
    heading(out, "Pay, in an iframe with this URL")?;
    let home = &visitor.home;
    let payer = Payer {
        name: &visitor.name,
        line1: home.line1.as_deref().unwrap_or_default(),
        town: home.town.as_deref().unwrap_or_default(),
        postcode: home.postcode.as_deref().unwrap_or_default(),
        country: home.country.as_deref().unwrap_or_default(),
    };
    let payment = session.payment_iframe(payer, "https://venue.example/thanks")?;
    // Anyone who has this URL has the basket: send it to this visitor's browser only.
    for line in payment.url().expose().split_inclusive(['?', '&']) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// Confirms the order with a call, because there is no browser here. The payment page would have done it.
async fn confirm(session: &Session, out: &mut impl Write) -> anyhow::Result<Order> {
    heading(out, "Confirm the order")?;
    let order = session.confirm().await?;
    writeln!(
        out,
        "{}: {} tickets, total {}, {}",
        order.friendly_id.as_deref().unwrap_or("no number"),
        order.tickets.len(),
        order.total,
        order.date.strftime("%d %b %Y, %H:%M")
    )?;
    Ok(order)
}

/// Reads the order and its payments.
async fn find_order(client: &Client, order: &Order, out: &mut impl Write) -> anyhow::Result<()> {
    let found = client.orders().order(order.id).await?;
    let paid = client.transactions().order(order.id).await?;
    let paid: Vec<String> = paid.iter().map(|transaction| transaction.amount.to_string()).collect();
    writeln!(out, "Orders found: {}. Paid: {}", found.len(), paid.join(", "))?;
    Ok(())
}

/// A basket expires ten minutes after its last change. The next change starts a new one, and the session counts the loss.
async fn return_after_expiry(
    session: &Session,
    sandbox: &Sandbox,
    performance: &Performance,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    heading(out, "Return a quarter of an hour later")?;
    sandbox.advance(Duration::from_secs(15 * 60));
    match session.basket().await {
        Err(error) if error.is_session_expired() => writeln!(out, "{error}")?,
        result => drop(result?),
    }
    let ticket = Ticket::to_add(performance.instance, performance.plan).with_band(performance.band);
    session.add(ticket).await?;
    writeln!(out, "Lost baskets: {}", session.lost_baskets())?;
    show(session, out).await
}

async fn show(session: &Session, out: &mut impl Write) -> anyhow::Result<()> {
    let (basket, related) = tokio::try_join!(session.basket(), session.related_data())?;
    write!(out, "{}", Receipt { basket, related })?;
    Ok(())
}

fn heading(out: &mut impl Write, name: &str) -> io::Result<()> {
    writeln!(out, "\n== {name}")
}
