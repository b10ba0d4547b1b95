//! Asks a sandbox the same things for a long time, and prints what memory that takes: it should soon stay the same.
//!
//! ```text
//! cargo run --release -p spektrix-v2-sandbox --example soak -- 100000
//! ```
//!
//! The first number is how many requests are sent, the second, if there is one, how many instances the venue has. The
//! client runs in the same process, so that its memory is counted too.

use std::error::Error;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use spektrix_v2::{BasketItems, Client, InstanceId, InstancePlanStatus, Ticket};
use spektrix_v2_sandbox::{Fault, Sandbox};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What one visit asks.
const REQUESTS_A_VISIT: usize = 8;
/// How often it is said what memory is in use.
const REPORTS: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let (requests, instances) = (argument(1)?.unwrap_or(10_000), argument(2)?.unwrap_or(0));
    let before = Instant::now();
    let sandbox = Sandbox::builder().scale(instances).start().await?;
    say(&format!("started in {} ms", before.elapsed().as_millis()))?;
    report(0)?;
    let client = sandbox.client()?;
    let seats = seats(&client).await?;
    report(sandbox.requests().len())?;
    for round in 1..=REPORTS {
        for number in 0..requests / REPORTS / REQUESTS_A_VISIT {
            visit(&sandbox, &client, &seats[number % seats.len()]).await?;
        }
        // The visitors of this round have left, and the next find their seats free again.
        sandbox.advance(Duration::from_secs(11 * 60));
        sandbox.clear_faults();
        report(requests * round / REPORTS)?;
    }
    say(&format!("{} requests in {} s", requests, before.elapsed().as_secs()))?;
    sandbox.stop().await;
    Ok(())
}

/// Somebody looks around, puts a ticket into a new basket, and is met with a fault on the way.
async fn visit(sandbox: &Sandbox, client: &Client, seat: &InstancePlanStatus) -> Outcome<()> {
    client.events().limit(10).await?;
    client.instances().instance(seat.instance).await?;
    client.instance_status().instance(seat.instance).await?;
    client.stock_items().await?;
    let session = client.session();
    let ticket = Ticket::new().with_instance(seat.instance).with_plan(seat.plan);
    session.add(BasketItems::new().with_tickets([ticket])).await?;
    session.basket().await?;
    session.keep_alive().await?;
    let fault = sandbox.inject(Fault::HtmlPage { status: 200 }.on("GetBands").times(1))?;
    let page = client.bands().await;
    sandbox.remove_fault(fault);
    page.map_or(Ok(()), |_| Err("the fault did not fire".into()))
}

/// Where many seats are free: a plan with one band, so without parts, at an instance that is on sale and has prices.
async fn seats(client: &Client) -> Outcome<Vec<InstancePlanStatus>> {
    let priced = client.price_lists().all().await?;
    let priced = |id| priced.iter().any(|list| list.id == id && !list.prices.is_empty());
    let instances = client.instances().limit(1000).await?;
    let on_sale = instances.iter().filter(|one| one.is_on_sale && priced(one.price_list));
    let on_sale: std::collections::BTreeSet<InstanceId> = on_sale.map(|one| one.id).collect();
    let mut seats = client.instance_status().limit(1000).await?;
    seats.retain(|one| one.bands.len() == 1 && one.available > 40 && on_sale.contains(&one.instance));
    match seats.is_empty() {
        true => Err("nothing is on sale".into()),
        false => Ok(seats),
    }
}

fn argument(place: usize) -> Outcome<Option<usize>> {
    let argument = std::env::args().nth(place).map(|text| text.parse());
    Ok(argument.transpose()?)
}

fn report(requests: usize) -> io::Result<()> {
    match resident() {
        Some(kilobytes) => say(&format!(
            "{requests:>7} requests, {:>6.1} MB resident",
            kilobytes / 1024.0
        )),
        None => say(&format!("{requests:>7} requests, memory not known on this system")),
    }
}

/// As Linux says it.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

fn say(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}
