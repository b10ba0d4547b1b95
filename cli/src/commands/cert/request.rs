//! `spektrix cert request`: a key and a certificate request, named and filled in as the service's documentation asks.

use std::path::{Path, PathBuf};

use jiff::Zoned;
use rcgen::{CertificateParams, DistinguishedName, DnType, DnValue, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

use crate::exit::Exit;
use crate::failure::{Failure, Result};
use crate::new_file::{self, Readers};
use crate::output;

/// The arguments of the command.
#[derive(Debug, Clone, clap::Args)]
#[command(before_help = "\
Examples:
  spektrix cert request --client playhouse --organisation 'The Playhouse' --email webmaster@example.org
  spektrix cert request --client playhouse --organisation 'The Playhouse' --email web@example.org --agency acme")]
pub struct Args {
    /// The venue's client name, as in its Spektrix address
    #[arg(long, value_name = "NAME", value_parser = file_name)]
    client: String,
    /// The venue's organisation name
    #[arg(long, value_name = "NAME", value_parser = text)]
    organisation: String,
    /// The email address of the webmaster
    #[arg(long, value_name = "ADDRESS", value_parser = email)]
    email: String,
    /// The agency that runs the website, if there is one
    #[arg(long, value_name = "NAME", value_parser = file_name)]
    agency: Option<String>,
    /// The year in the file names [default: this year]
    #[arg(long, value_parser = clap::value_parser!(i16).range(2000..=9999))]
    year: Option<i16>,
    /// The folder to write to, which must not be public on the web [default: this folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Writes the key and the request, and prints the next steps.
pub(super) fn run(args: &Args) -> Result<()> {
    let name = args.name();
    let folder = args.out.clone().unwrap_or_default();
    let key_file = folder.join(format!("{name}.key"));
    let request_file = folder.join(format!("{name}.csr"));
    new_file::refuse_existing(&key_file)?;
    new_file::refuse_existing(&request_file)?;
    let (key, request) = args.create()?;
    new_file::write(&key_file, key.as_bytes(), Readers::Owner)?;
    if let Err(failure) = new_file::write(&request_file, request.as_bytes(), Readers::Everyone) {
        // A key without its request is of no use, and would be in the way of the next attempt.
        let _ = std::fs::remove_file(&key_file);
        return Err(failure);
    }
    output::print(&next_steps(&key_file, &request_file, &name))
}

fn next_steps(key: &Path, request: &Path, name: &str) -> String {
    format!(
        "The private key:         {key}
  Only its owner can read it. Do not send it to anyone, and do not move it into a folder of the website.
The certificate request: {request}
  It holds no secret.

Next:
  1. Send {request} to Spektrix support, and ask for a client certificate for API v2.
  2. Save the certificate that they return as {name}.crt.
  3. Check that it belongs to the key:
     spektrix cert match {name}.crt {name}.key
  4. It is valid for one year. Let a monitor call:
     spektrix cert check {name}.crt --days 30
",
        key = key.display(),
        request = request.display(),
    )
}

impl Args {
    /// `client-agency-2026`, or `client-2026` without an agency (documented).
    fn name(&self) -> String {
        let year = self.year.unwrap_or_else(|| Zoned::now().year());
        match &self.agency {
            Some(agency) => format!("{}-{agency}-{year}", self.client),
            None => format!("{}-{year}", self.client),
        }
    }

    /// Returns the key and the request, both as PEM: RSA with 2048 bits, and the subject that is documented.
    fn create(&self) -> Result<(String, String)> {
        let failed = |error: rcgen::Error| Failure::new(Exit::Failure, format!("cannot create the request: {error}"));
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).map_err(failed)?;
        let mut parameters = CertificateParams::default();
        parameters.distinguished_name = self.subject()?;
        let request = parameters.serialize_request(&key).map_err(failed)?;
        let request = request.pem().map_err(failed)?;
        Ok((key.serialize_pem(), request))
    }

    fn subject(&self) -> Result<DistinguishedName> {
        let email = self.email.as_str().try_into();
        let email = email.map_err(|_| Failure::usage("the email address must be ASCII"))?;
        let mut subject = DistinguishedName::new();
        subject.push(DnType::OrganizationName, self.organisation.as_str());
        subject.push(DnType::CommonName, self.client.as_str());
        subject.push(DnType::CustomDnType(EMAIL_ADDRESS.to_vec()), DnValue::Ia5String(email));
        Ok(subject)
    }
}

/// The object identifier of `emailAddress` (RFC 2985).
const EMAIL_ADDRESS: [u64; 7] = [1, 2, 840, 113_549, 1, 9, 1];

fn file_name(value: &str) -> std::result::Result<String, String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if value.is_empty() || !value.chars().all(is_allowed) {
        return Err("it may have letters, digits, - and _ only: it becomes part of a file name".to_owned());
    }
    Ok(value.to_owned())
}

fn text(value: &str) -> std::result::Result<String, String> {
    let value = value.trim();
    if value.is_empty() || value.chars().any(char::is_control) {
        return Err("it is empty or has control characters".to_owned());
    }
    // The limit of X.520.
    if value.chars().count() > 64 {
        return Err("a certificate has room for 64 characters".to_owned());
    }
    Ok(value.to_owned())
}

fn email(value: &str) -> std::result::Result<String, String> {
    let is_address = value
        .split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    let is_plain = value.chars().all(|c| c.is_ascii_graphic());
    if is_address && is_plain {
        Ok(value.to_owned())
    } else {
        Err("it is not an email address".to_owned())
    }
}
