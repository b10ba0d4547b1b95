//! Sends the same requests to a sandbox for a long time, and prints the memory in use, which should stop growing.
//!
//! ```text
//! cargo run --release -p spektrix-v2-sandbox --example soak -- 100000
//! ```
//!
//! The first number is the number of requests. The optional second number is the number of instances of the venue. The
//! client runs in the same process, so its memory is included.

use std::collections::BTreeSet;
use std::error::Error;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use spektrix_v2::{BasketItems, Client, InstanceId, InstancePlanStatus, Ticket};
use spektrix_v2_sandbox::{Fault, Sandbox};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The number of requests of one visit.
const REQUESTS_PER_VISIT: usize = 8;
/// How often the memory in use is printed.
const REPORTS: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let (requests, instances) = (argument(1)?.unwrap_or(10_000), argument(2)?.unwrap_or(0));
    let before = Instant::now();
    let sandbox = Sandbox::builder().scale(instances).start().await?;
    print(&format!("started in {} ms", before.elapsed().as_millis()))?;
    report(0)?;
    let client = sandbox.client()?;
    let seats = seats(&client).await?;
    report(sandbox.requests().len())?;
    for round in 1..=REPORTS {
        for number in 0..requests / REPORTS / REQUESTS_PER_VISIT {
            visit(&sandbox, &client, &seats[number % seats.len()]).await?;
        }
        // The sessions of this round expire, so that their seats are free again in the next round.
        sandbox.advance(Duration::from_secs(11 * 60));
        sandbox.clear_faults();
        report(requests * round / REPORTS)?;
    }
    print(&format!("{} requests in {} s", requests, before.elapsed().as_secs()))?;
    sandbox.stop().await;
    Ok(())
}

/// Reads some lists, adds a ticket to a new basket, and receives a fault.
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

/// Returns statuses with many free seats: of a plan with one band, for an instance that is on sale and has prices.
async fn seats(client: &Client) -> Outcome<Vec<InstancePlanStatus>> {
    let price_lists = client.price_lists().all().await?;
    let has_prices = |id| price_lists.iter().any(|list| list.id == id && !list.prices.is_empty());
    let instances = client.instances().limit(1000).await?;
    let on_sale = instances
        .iter()
        .filter(|instance| instance.is_on_sale && has_prices(instance.price_list));
    let on_sale: BTreeSet<InstanceId> = on_sale.map(|instance| instance.id).collect();
    let mut statuses = client.instance_status().limit(1000).await?;
    statuses.retain(|status| status.bands.len() == 1 && status.available > 40 && on_sale.contains(&status.instance));
    if statuses.is_empty() {
        return Err("nothing is on sale".into());
    }
    Ok(statuses)
}

fn argument(index: usize) -> Outcome<Option<usize>> {
    let argument = std::env::args().nth(index).map(|text| text.parse());
    Ok(argument.transpose()?)
}

fn report(requests: usize) -> io::Result<()> {
    match resident() {
        Some(kilobytes) => print(&format!(
            "{requests:>7} requests, {:>6.1} MB resident",
            kilobytes / 1024.0
        )),
        None => print(&format!("{requests:>7} requests, memory not known on this system")),
    }
}

/// Returns the resident memory in kilobytes, which Linux reports.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

fn print(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}
