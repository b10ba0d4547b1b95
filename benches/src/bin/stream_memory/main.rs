//! Measures the memory and time that it takes to stream a long list from a server on this machine.
//!
//! The server is another process, so that its memory does not count. It uses TLS. Memory and processor time are those that
//! Linux reports for this process in `/proc/self`. Other programs disturb processor time less than elapsed time.
#![expect(clippy::print_stdout, reason = "the output of this program")]

mod server;

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use spektrix_v2::operations::GetInstances;
use spektrix_v2::{Call, ItemStream};
use spektrix_v2_benches::local_server::{self, LocalServer};
use spektrix_v2_benches::{instances, memory, processor_time};

use server::{HttpVersion, serve};

/// Streams a long list of instances from a server on this machine, and prints memory and time.
#[derive(Parser)]
struct Arguments {
    /// How many megabytes of instances (1,000,000 bytes each) are streamed.
    #[arg(default_value_t = 100)]
    megabytes: usize,
    /// Also decodes the same body whole, for comparison. That takes about three times as much memory as the body.
    #[arg(long)]
    whole: bool,
    /// The version of HTTP.
    #[arg(long, value_enum, default_value_t = HttpVersion::Http1)]
    http: HttpVersion,
    #[command(subcommand)]
    part: Option<Part>,
}

#[derive(Subcommand)]
enum Part {
    /// Runs the server.
    #[command(hide = true)]
    Serve { blocks: usize },
}

/// How many instances the server writes at a time.
const BLOCK: usize = 200;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if let Some(Part::Serve { blocks }) = arguments.part {
        return runtime.block_on(serve(blocks, arguments.http));
    }
    let blocks = arguments.megabytes * 1_000_000 / instances(BLOCK).len();
    let server = LocalServer::start(&["--http", arguments.http.name(), "serve", &blocks.to_string()])?;
    runtime.block_on(measure(&server, blocks, arguments.whole))
}

async fn measure(server: &LocalServer, blocks: usize, compare: bool) -> Result<()> {
    let client = local_server::client("venue", &server.base_url(), server.root())?;
    // Connects, and allocates what is needed once.
    let first = client.call(GetInstances::new()).limit(1).await?;
    ensure!(first.len() == BLOCK, "the server did not send one block");
    drop(first);
    let idle = memory("VmRSS")?;
    let streamed = streamed(client.call(GetInstances::new()).stream()).await?;
    ensure!(streamed.items == blocks * BLOCK, "items are missing");
    streamed.show("streamed", blocks, idle);
    if compare {
        whole(client.call(GetInstances::new()))
            .await?
            .show("whole", blocks, idle);
    }
    Ok(())
}

async fn streamed<T>(mut stream: ItemStream<T>) -> Result<Took> {
    let clock = Clock::start()?;
    let mut first = None;
    let mut items = 0;
    while let Some(item) = stream.next().await {
        item?;
        items += 1;
        first.get_or_insert_with(|| clock.start.elapsed());
    }
    clock.stop(items, first)
}

async fn whole(call: Call<GetInstances>) -> Result<Took> {
    let clock = Clock::start()?;
    let items = call.all().await?.len();
    clock.stop(items, None)
}

struct Clock {
    start: Instant,
    on_processor: Duration,
}

impl Clock {
    fn start() -> Result<Self> {
        Ok(Self {
            start: Instant::now(),
            on_processor: processor_time()?,
        })
    }

    /// Without an earlier first item, all items arrive at the end.
    fn stop(&self, items: usize, first: Option<Duration>) -> Result<Took> {
        let all = self.start.elapsed();
        Ok(Took {
            items,
            first: first.unwrap_or(all),
            all,
            on_processor: processor_time()?.saturating_sub(self.on_processor),
            peak: memory("VmHWM")?,
        })
    }
}

struct Took {
    items: usize,
    first: Duration,
    all: Duration,
    on_processor: Duration,
    /// In kB.
    peak: u32,
}

impl Took {
    fn show(&self, how: &str, blocks: usize, idle: u32) {
        let bytes = blocks * instances(BLOCK).len();
        let megabytes = f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0;
        println!(
            "{how}: {} items, {megabytes:.0} MB; {:.0} MB/s, {:.0} MB per second on the processor; first item after \
             {:.1} ms; peak memory {:.1} MB, {:.1} MB above idle",
            self.items,
            megabytes / self.all.as_secs_f64(),
            megabytes / self.on_processor.as_secs_f64(),
            self.first.as_secs_f64() * 1000.0,
            f64::from(self.peak) / 1000.0,
            f64::from(self.peak.saturating_sub(idle)) / 1000.0,
        );
    }
}
