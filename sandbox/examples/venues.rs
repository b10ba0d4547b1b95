//! Starts a sandbox with many venues, reads all lists that a sync reads from each of them, and prints the memory in use.
//!
//! ```text
//! cargo run -p spektrix-v2-sandbox --example venues -- 500
//! ```
//!
//! The number is the number of venues. A client of each venue runs in the same process, so its memory is included.

use std::error::Error;
use std::io::{self, Write};
use std::time::Instant;

use spektrix_v2_sandbox::{Sandbox, VenueHandle};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let count = std::env::args().nth(1).map_or(Ok(500), |text| text.parse())?;
    let before = Instant::now();
    let sandbox = Sandbox::builder().venues(count).start().await?;
    report(&format!(
        "{count} venues started in {} ms",
        before.elapsed().as_millis()
    ))?;
    let before = Instant::now();
    let mut instances = 0;
    for (number, venue) in (1..).zip(sandbox.venues()) {
        instances += read(venue).await?;
        if number % 100 == 0 {
            report(&format!("{number} venues read"))?;
        }
    }
    report(&format!(
        "{instances} instances read in {} ms",
        before.elapsed().as_millis()
    ))?;
    sandbox.stop().await;
    Ok(())
}

/// Reads the lists of a venue. Returns the number of its instances.
async fn read(venue: VenueHandle<'_>) -> Outcome<usize> {
    let client = venue.client()?;
    client.events().all().await?;
    client.price_lists().all().await?;
    client.instance_status().all().await?;
    Ok(client.instances().all().await?.len())
}

fn report(what: &str) -> io::Result<()> {
    let memory = resident().map_or("memory not known on this system".to_owned(), |kilobytes| {
        format!("{:.1} MB resident", kilobytes / 1024.0)
    });
    writeln!(io::stdout(), "{what}: {memory}")
}

/// Returns the resident memory in kilobytes, which Linux reports.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
