//! The JSON API: how many requests it serves, how long they take during a refresh, and its memory.

use std::time::Duration;

use anyhow::Result;

use crate::api_server::Server;
use crate::load::{Load, get, wait_until_ready, wrk};

/// The lists that websites read.
const LISTS: [&str; 6] = [
    "/events",
    "/instances",
    "/whats-on",
    "/calendar.ics",
    "/events.jsonld",
    "/events.csv",
];

/// Measures a list of 800 instances under load, beside a handler that returns the same bytes.
pub(crate) fn load(rounds: usize) -> Result<()> {
    let venue = Server::start(&["venue", "800"], None)?;
    let quiet = Server::start(&["api", "--compress"], Some(&venue))?;
    let refreshing = Server::start(&["api", "--compress", "--refresh"], Some(&venue))?;
    for server in [&quiet, &refreshing] {
        wait_until_ready(&server.line)?;
    }
    println!("list of 800 instances under wrk, 16 connections, the best of {rounds} rounds:");
    for encoding in ["identity", "br"] {
        let (_, body) = get(&quiet.line, "/instances", encoding)?;
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(&file, &body)?;
        let reference = Server::start(&["bytes", &file.path().display().to_string()], None)?;
        let mut best = [Best::default(); 3];
        for _ in 0..rounds {
            for (best, server) in best.iter_mut().zip([&reference, &quiet, &refreshing]) {
                let Some(load) = wrk(&server.line, encoding)? else {
                    println!("NOT RUN: wrk is not installed");
                    return Ok(());
                };
                best.add(load);
            }
        }
        show(encoding, body.len(), best);
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Best(Load);

impl Default for Best {
    fn default() -> Self {
        Self(Load {
            per_second: 0.0,
            p99: Duration::MAX,
        })
    }
}

impl Best {
    fn add(&mut self, load: Load) {
        self.0.per_second = self.0.per_second.max(load.per_second);
        self.0.p99 = self.0.p99.min(load.p99);
    }
}

fn show(encoding: &str, bytes: usize, [reference, quiet, refreshing]: [Best; 3]) {
    let (reference, quiet, refreshing) = (reference.0, quiet.0, refreshing.0);
    println!(
        "  {encoding}, {bytes} bytes: {:.0} requests a second, {:.2} × a handler that returns the same bytes ({:.0}); p99 \
         {:.2} ms; with a refresh each second {:.0} requests a second, p99 {:.2} ms, {:.2} × that without",
        quiet.per_second,
        quiet.per_second / reference.per_second,
        reference.per_second,
        quiet.p99.as_secs_f64() * 1e3,
        refreshing.per_second,
        refreshing.p99.as_secs_f64() * 1e3,
        refreshing.p99.as_secs_f64() / quiet.p99.as_secs_f64(),
    );
}

/// Measures the memory, before and after all lists were requested, with and without compressed copies.
pub(crate) fn memory(instances: usize) -> Result<()> {
    let venue = Server::start(&["venue", &instances.to_string()], None)?;
    println!("memory of the JSON API with {instances} instances:");
    let cases: [(&str, &[&str], &[&str]); 2] = [
        ("without compressed copies", &["api"], &["identity"]),
        (
            "with copies in gzip and brotli",
            &["api", "--compress"],
            &["identity", "gzip", "br"],
        ),
    ];
    for (name, arguments, encodings) in cases {
        let server = Server::start(arguments, Some(&venue))?;
        wait_until_ready(&server.line)?;
        let loaded = server.memory("VmRSS")?;
        let mut bytes = 0;
        for encoding in encodings {
            for list in LISTS {
                bytes += get(&server.line, list, encoding)?.1.len();
            }
        }
        println!(
            "  {name}: {loaded:.0} MB after the load; {:.0} MB after all lists were requested, which are {} MB; peak {:.0} MB",
            server.memory("VmRSS")?,
            bytes / (1024 * 1024),
            server.memory("VmHWM")?,
        );
    }
    Ok(())
}
