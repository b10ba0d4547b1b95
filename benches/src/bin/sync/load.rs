//! Requests to a server: one, or as many as wrk can send.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

/// Requests a path, and returns the status and the body.
pub(crate) fn get(port: &str, path: &str, encoding: &str) -> Result<(u16, Vec<u8>)> {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}"))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: {encoding}\r\nconnection: close\r\n\r\n"
    )?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response)?;
    let end = response.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let body = response.split_off(end.context("the response has no end of its headers")? + 4);
    let status = String::from_utf8_lossy(&response);
    let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.context("the response has no status")?, body))
}

/// Waits until the server has its data.
pub(crate) fn wait_until_ready(port: &str) -> Result<()> {
    for _ in 0..3_000 {
        if get(port, "/health/ready", "identity")?.0 == 200 {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("the server did not load its data")
}

/// What wrk measured.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    pub(crate) per_second: f64,
    /// The time within which 99 of 100 requests were served.
    pub(crate) p99: Duration,
}

/// Sends requests for a few seconds, over 16 connections. `None` if wrk is not installed.
pub(crate) fn wrk(port: &str, encoding: &str) -> Result<Option<Load>> {
    let mut command = Command::new("wrk");
    command.args(["--threads", "1", "--connections", "16", "--duration", "4s", "--latency"]);
    command.args(["--header", &format!("accept-encoding: {encoding}")]);
    let Ok(output) = command.arg(format!("http://127.0.0.1:{port}/instances")).output() else {
        return Ok(None);
    };
    let report = String::from_utf8_lossy(&output.stdout);
    ensure!(
        output.status.success() && !report.contains("Non-2xx"),
        "wrk failed: {report}"
    );
    let value = |name: &str| {
        let line = report.lines().find_map(|line| line.trim().strip_prefix(name));
        line.map(str::trim).with_context(|| format!("wrk printed no {name}"))
    };
    Ok(Some(Load {
        per_second: value("Requests/sec:")?.parse()?,
        p99: duration(value("99%")?)?,
    }))
}

/// Reads a time as wrk prints it: `1.23ms`.
fn duration(text: &str) -> Result<Duration> {
    let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let unit = match unit {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        _ => bail!("wrk printed the time {text}"),
    };
    Ok(Duration::from_secs_f64(number.parse::<f64>()? * unit))
}
