//! `spektrix cert`: requests, inspects, checks and converts client certificates.
//!
//! Nothing is sent anywhere, and no file is ever overwritten.

mod bundle;
mod check;
mod inspect;
mod matching;
mod material;
mod passphrase;
mod pfx;
mod request;
mod show;

use std::process::ExitCode;

use crate::failure::Result;

/// A command about certificates.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum CertCommand {
    /// Create a private key and a certificate request to send to Spektrix
    Request(request::Args),
    /// Show what is in a certificate, a request or a key
    Show(show::Args),
    /// Check how long a certificate is valid, for monitoring
    ///
    /// The exit codes are those of Nagios plugins: 0 OK, 1 warning, 2 critical, 3 unknown.
    Check(check::Args),
    /// Check whether a certificate, a request and a key belong together
    Match(matching::Args),
    /// Write a certificate and its key to one PEM file
    Bundle(bundle::Args),
    /// Convert a certificate and its key to a PKCS#12 file (.pfx), for Windows
    ToPfx(pfx::ToArgs),
    /// Convert a PKCS#12 file (.pfx) to a certificate and a key, for a web server on Linux
    FromPfx(pfx::FromArgs),
}

/// Runs a command. All but `check` have the exit codes of this program.
///
/// # Errors
///
/// If a file cannot be read or written, or the parts do not belong together.
pub fn run(command: &CertCommand) -> Result<ExitCode> {
    match command {
        CertCommand::Request(args) => request::run(args)?,
        CertCommand::Show(args) => show::run(args)?,
        CertCommand::Check(args) => return check::run(args),
        CertCommand::Match(args) => matching::run(args)?,
        CertCommand::Bundle(args) => bundle::run(args)?,
        CertCommand::ToPfx(args) => pfx::to_pfx(args)?,
        CertCommand::FromPfx(args) => pfx::from_pfx(args)?,
    }
    Ok(ExitCode::SUCCESS)
}
