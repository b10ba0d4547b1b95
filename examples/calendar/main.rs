//! A what's-on page: two weeks by day, a page for each event, seats left, and prices: "from £12".
//!
//! ```text
//! cargo run --example calendar      # then open http://127.0.0.1:3000
//! ```

#[cfg(test)]
mod tests;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::{Router, routing::get};
use jiff::{Timestamp, ToSpan as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use spektrix_v2::Instance;
use spektrix_v2::catalogue::{Catalogue, LiveCatalogue, SaleState};
use spektrix_v2_examples::Service;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let service = Service::start(None).await?;
    let file = std::env::temp_dir().join("spektrix-calendar.txt");
    let live = LiveCatalogue::builder(service.client()).file(file).start().await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    Ok(axum::serve(listener, site(live)).await?)
}

/// The pages. None of them sends a request to the service.
fn site(live: LiveCatalogue) -> Router {
    let site = Router::new().route("/", get(calendar));
    let site = site.route("/events/{id}", get(event));
    site.route("/health", get(health)).with_state(live)
}

async fn calendar(State(live): State<LiveCatalogue>) -> Markup {
    let catalogue = live.catalogue();
    let today = Timestamp::now().to_zoned(catalogue.time_zone().clone()).date();
    let content = html! {
        @for day in today.series(1.day()).take(14) {
            h2 { (day.strftime("%A %-d %B").to_string()) }
            @for (instance, event) in catalogue.on(day).filter_map(|one| Some((one, catalogue.event(one.event)?))) {
                p { a href={ "/events/" (event.id.get()) } { (event.name) } ", " (performance(&catalogue, instance)) }
            }
        }
    };
    page("What's on", &content)
}

async fn event(State(live): State<LiveCatalogue>, Path(id): Path<i32>) -> Result<Markup, StatusCode> {
    let catalogue = live.catalogue();
    let event = catalogue.event(id.into()).ok_or(StatusCode::NOT_FOUND)?;
    let content = html! {
        @if let Some(time) = event.running_time() { p { (format!("{time:#}")) } }
        // The venue's editors write the HTML.
        (PreEscaped(&event.html_description))
        @for instance in catalogue.instances_of(event.id).filter(|one| one.start_utc > Timestamp::now()) {
            p { (instance.start.strftime("%A %-d %B, ").to_string()) (performance(&catalogue, instance)) }
        }
    };
    Ok(page(&event.name, &content))
}

/// The time of a performance, whether there are tickets, and for how much.
fn performance(catalogue: &Catalogue, instance: &Instance) -> String {
    let seats = catalogue.availability(instance.id, Timestamp::now());
    let few = seats.is_some_and(|seats| seats.is_low(10));
    let price = match catalogue.price_range(instance.id) {
        Some(price) if price.from.is_zero() => "free".to_owned(),
        Some(price) => format!("from £{:.2}", price.from),
        None => "on sale".to_owned(),
    };
    let sale = match seats.map(|seats| seats.state) {
        Some(SaleState::OnSale) if few => format!("{price}, last tickets"),
        Some(SaleState::OnSale) => price,
        Some(SaleState::NotYetOnSale) => format!("on sale from {}", instance.start_selling_at.strftime("%-d %B")),
        Some(SaleState::SoldOut) => "sold out".to_owned(),
        _ => "not on sale".to_owned(),
    };
    format!("{}: {sale}", instance.start.strftime("%-I:%M%P"))
}

async fn health(State(live): State<LiveCatalogue>) -> Result<String, (StatusCode, String)> {
    let report = format!("{live:?}");
    if live.is_stale() {
        return Err((StatusCode::SERVICE_UNAVAILABLE, report));
    }
    Ok(report)
}

fn page(title: &str, content: &Markup) -> Markup {
    html! { (DOCTYPE) html lang="en" { head { title { (title) } } body { h1 { (title) } (content) } } }
}
