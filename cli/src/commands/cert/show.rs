//! `spektrix cert show`: what is in a certificate, a request or a key.

use std::fmt::Write as _;
use std::path::PathBuf;

use jiff::Timestamp;

use super::inspect::{self, CertificateInfo, Part};
use crate::failure::Result;
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert show playhouse-2026.crt
  spektrix cert show playhouse-2026.csr playhouse-2026.key")]
pub struct Args {
    /// The files, as PEM or DER
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Prints each part of each file.
pub(super) fn run(args: &Args) -> Result<()> {
    let mut text = String::new();
    for file in &args.files {
        for part in inspect::read(file)? {
            let _ = writeln!(text, "{}: {}", file.display(), part.name());
            for (name, value) in facts(&part, Timestamp::now()) {
                let _ = writeln!(text, "  {name:<20} {}", output::printable(&value));
            }
        }
    }
    output::print(&text)
}

fn facts(part: &Part, now: Timestamp) -> Vec<(&'static str, String)> {
    let mut facts = match part {
        Part::Certificate(certificate) => of_certificate(certificate, now),
        Part::Request(request) => vec![("subject", request.subject.clone())],
        Part::Key(_) => vec![],
        Part::EncryptedKey => vec![("key", "encrypted: it needs its passphrase".to_owned())],
    };
    if let Some(key) = part.key() {
        facts.push(("key", key.kind.clone()));
        facts.push(("public key SHA-256", key.fingerprint.clone()));
    }
    facts
}

fn of_certificate(certificate: &CertificateInfo, now: Timestamp) -> Vec<(&'static str, String)> {
    vec![
        ("subject", certificate.subject.clone()),
        (
            "client name (CN)",
            certificate.common_name.clone().unwrap_or_else(|| "none".to_owned()),
        ),
        ("issuer", certificate.issuer.clone()),
        ("serial", certificate.serial.clone()),
        ("valid from", certificate.not_before.to_string()),
        (
            "valid until",
            format!("{} ({})", certificate.not_after, remaining(certificate, now)),
        ),
        ("thumbprint (SHA-1)", certificate.sha1.clone()),
        ("SHA-256", certificate.sha256.clone()),
    ]
}

/// Returns how long a certificate is still valid, in words.
pub(super) fn remaining(certificate: &CertificateInfo, now: Timestamp) -> String {
    if now < certificate.not_before {
        return "not valid yet".to_owned();
    }
    match days_left(certificate, now) {
        days if days < 0 => format!("expired {} days ago", -days),
        0 if now > certificate.not_after => "expired today".to_owned(),
        1 => "1 day left".to_owned(),
        days => format!("{days} days left"),
    }
}

/// Returns the number of whole days, negative if the certificate has expired.
pub(super) fn days_left(certificate: &CertificateInfo, now: Timestamp) -> i64 {
    let seconds = certificate.not_after.as_second() - now.as_second();
    seconds.div_euclid(24 * 60 * 60) + i64::from(seconds < 0)
}
