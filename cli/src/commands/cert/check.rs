//! `spektrix cert check`: a plugin for monitoring that reports how long a certificate is valid.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::Timestamp;

use super::inspect::{self, CertificateInfo, Part};
use super::show::{days_left, remaining};
use crate::failure::Result;
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert check playhouse-2026.crt --days 30
  spektrix cert check playhouse-2026.crt --days 30 || mail -s 'renew the certificate' webmaster@example.org")]
pub struct Args {
    /// The certificate; of a chain, the first one counts
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Warn if it expires within so many days
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: i64,
    /// Critical if it expires within so many days
    #[arg(long, value_name = "N", default_value_t = 7)]
    critical: i64,
}

/// The states of Nagios plugins, by exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum State {
    Ok = 0,
    Warning = 1,
    Critical = 2,
    Unknown = 3,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// Prints one line with the state, and returns the exit code of the state.
pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let (state, line) = match first_certificate(&args.file) {
        Ok(certificate) => describe(args, &certificate, Timestamp::now()),
        Err(problem) => (State::Unknown, problem),
    };
    output::print(&format!(
        "CERTIFICATE {} - {}\n",
        state.name(),
        output::printable(&line)
    ))?;
    Ok(ExitCode::from(state as u8))
}

fn first_certificate(path: &Path) -> std::result::Result<CertificateInfo, String> {
    let parts = inspect::read(path).map_err(|failure| failure.to_string())?;
    let certificates = parts.into_iter().find_map(|part| match part {
        Part::Certificate(certificate) => Some(certificate),
        _ => None,
    });
    certificates.ok_or_else(|| format!("{} has no certificate", path.display()))
}

fn describe(args: &Args, certificate: &CertificateInfo, now: Timestamp) -> (State, String) {
    let days = days_left(certificate, now);
    let state = if now < certificate.not_before || now > certificate.not_after || days < args.critical {
        State::Critical
    } else if days < args.days {
        State::Warning
    } else {
        State::Ok
    };
    let name = certificate.common_name.as_deref().unwrap_or("no client name");
    // What follows the bar is data for graphs: value;warning;critical.
    let line = format!(
        "{name}: {} (until {})|days={days};{};{}",
        remaining(certificate, now),
        certificate.not_after,
        args.days,
        args.critical
    );
    (state, line)
}

#[cfg(test)]
mod tests {
    use super::super::inspect::KeyInfo;
    use super::*;

    fn certificate() -> CertificateInfo {
        CertificateInfo {
            subject: "CN=playhouse".to_owned(),
            common_name: Some("playhouse".to_owned()),
            issuer: String::new(),
            serial: String::new(),
            not_before: "2026-01-01T00:00:00Z".parse().unwrap(),
            not_after: "2026-12-31T12:00:00Z".parse().unwrap(),
            sha1: String::new(),
            sha256: String::new(),
            key: KeyInfo {
                kind: String::new(),
                fingerprint: String::new(),
            },
        }
    }

    #[test]
    fn states_follow_the_days_left() {
        let args = Args {
            file: PathBuf::new(),
            days: 30,
            critical: 7,
        };
        let table = [
            ("long before", "2026-06-01T00:00:00Z", State::Ok, "213 days left"),
            ("31 days", "2026-11-30T12:00:00Z", State::Ok, "31 days left"),
            (
                "a second less than 30 days",
                "2026-12-01T12:00:01Z",
                State::Warning,
                "29 days left",
            ),
            ("a week", "2026-12-24T12:00:00Z", State::Warning, "7 days left"),
            (
                "less than a week",
                "2026-12-24T12:00:01Z",
                State::Critical,
                "6 days left",
            ),
            (
                "the last minute",
                "2026-12-31T11:59:00Z",
                State::Critical,
                "0 days left",
            ),
            (
                "a minute too late",
                "2026-12-31T12:01:00Z",
                State::Critical,
                "expired today",
            ),
            (
                "two days too late",
                "2027-01-02T13:00:00Z",
                State::Critical,
                "expired 2 days ago",
            ),
            ("too early", "2025-12-31T00:00:00Z", State::Critical, "not valid yet"),
        ];
        for (name, now, state, words) in table {
            let (found, line) = describe(&args, &certificate(), now.parse().unwrap());
            assert_eq!(found, state, "{name}: {line}");
            assert!(line.starts_with(&format!("playhouse: {words} (")), "{name}: {line}");
        }
    }
}
