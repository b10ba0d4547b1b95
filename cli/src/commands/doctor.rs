//! `spektrix doctor`: checks everything that a connection needs, and says what to do.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::Serialize;
use spektrix_v2::{Client, Identity, RawResponse};

use crate::connection::Target;
use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix doctor
  spektrix doctor --venue playhouse --json")]
pub struct Args {
    /// Print the checks as JSON
    #[arg(long)]
    json: bool,
}

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Pass,
    Warn,
    Fail,
}

/// One line of the report.
#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    verdict: Verdict,
    /// What was found and, unless it passed, what to do.
    message: String,
}

/// Runs the checks in the order in which a connection needs them, and stops at the first that fails.
///
/// # Errors
///
/// With the exit code of the check that failed.
pub async fn run(args: &Args, target: &Target) -> Result<()> {
    let mut checks = Vec::new();
    let failure = examine(target, &mut checks).await.err();
    if let Some(failure) = &failure {
        let hint = failure.hint().map(|hint| format!("; {hint}"));
        let message = format!("{failure}{}", hint.unwrap_or_default());
        checks.push(Check {
            name: step_after(checks.last()),
            verdict: Verdict::Fail,
            message,
        });
    }
    output::print(&if args.json { json(&checks)? } else { text(&checks) })?;
    match failure {
        Some(failure) => Err(Failure::new(failure.exit(), "a check failed")),
        None => Ok(()),
    }
}

/// The checks, in their order.
const STEPS: [&str; 5] = ["configuration", "certificate", "connection", "clock", "writes"];

fn step_after(last: Option<&Check>) -> &'static str {
    let next = last.and_then(|last| STEPS.iter().position(|step| *step == last.name));
    next.map_or(STEPS[0], |last| STEPS.get(last + 1).copied().unwrap_or(STEPS[0]))
}

async fn examine(target: &Target, checks: &mut Vec<Check>) -> Result<()> {
    let connection = target.connect().await?;
    let client = connection.client();
    checks.push(pass("configuration", source(target)));
    checks.push(certificate(client.identity().as_ref()));
    let started = Timestamp::now();
    let response = first_read(client).await?;
    let time = Timestamp::now().duration_since(started).as_millis();
    let size = response.body.len();
    checks.push(pass(
        "connection",
        format!("the service accepted the certificate and the API key: {size} bytes in {time} ms"),
    ));
    checks.push(clock(&response));
    checks.push(pass(
        "writes",
        "not tried: since 2025 the service refuses them (documented)".to_owned(),
    ));
    connection.close().await;
    Ok(())
}

fn source(target: &Target) -> String {
    match target.file() {
        _ if target.sandbox => "the built-in sandbox".to_owned(),
        Some(file) => format!("from {}", file.display()),
        None => "from environment variables".to_owned(),
    }
}

/// A read of one item, which needs everything: address, TLS, certificate, API key.
async fn first_read(client: &Client) -> Result<RawResponse> {
    let call = client.events().limit(1);
    let response = call.raw().await?;
    // That it is the service and not a page of somebody else.
    call.await?;
    Ok(response)
}

fn certificate(identity: Option<&Identity>) -> Check {
    let Some(identity) = identity else {
        let message = "there is none. The service refuses calls without one".to_owned();
        return check("certificate", Verdict::Warn, message);
    };
    let name = identity.common_name().unwrap_or("no name");
    let expiry = format!("{name}, valid until {}", identity.expires_at());
    match identity.days_left() {
        days @ ..30 => check(
            "certificate",
            Verdict::Warn,
            format!("{expiry}: {days} days left. Request a new one with `spektrix cert request`"),
        ),
        days => pass("certificate", format!("{expiry}: {days} days left")),
    }
}

/// Compares the clocks by the header `Date`, whose unit is a second.
fn clock(response: &RawResponse) -> Check {
    let date = response.headers.get("date").and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| rfc2822::DateTimeParser::new().parse_timestamp(date).ok());
    let Some(date) = date else {
        return check(
            "clock",
            Verdict::Warn,
            "the response has no date to compare with".to_owned(),
        );
    };
    let difference = Timestamp::now().duration_since(date).as_secs().abs();
    if difference > 60 {
        let message = format!("the clocks of this machine and of the service differ by {difference} s. Set the clock");
        return check("clock", Verdict::Warn, message);
    }
    pass("clock", format!("differs from that of the service by {difference} s"))
}

fn pass(name: &'static str, message: String) -> Check {
    check(name, Verdict::Pass, message)
}

fn check(name: &'static str, verdict: Verdict, message: String) -> Check {
    Check { name, verdict, message }
}

fn text(checks: &[Check]) -> String {
    let line = |check: &Check| {
        let verdict = match check.verdict {
            Verdict::Pass => "pass",
            Verdict::Warn => "warn",
            Verdict::Fail => "FAIL",
        };
        format!("{verdict}  {:<14} {}\n", check.name, output::printable(&check.message))
    };
    let lines: Vec<_> = checks.iter().map(line).collect();
    lines.concat()
}

fn json(checks: &[Check]) -> Result<String> {
    let json = serde_json::to_string_pretty(checks);
    json.map(|json| json + "\n")
        .map_err(|error| Failure::new(Exit::Failure, format!("cannot print JSON: {error}")))
}
