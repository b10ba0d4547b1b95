//! Sets up the builder of a client from environment variables.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::{Client, ClientBuilder};
use crate::error::Error;
use crate::identity::Identity;
use crate::pem::{Purpose, Source};
use crate::secret::Secret;

/// Creates a builder from the variables that a lookup returns.
pub(super) fn builder(lookup: impl Fn(&'static str) -> Option<OsString>) -> Result<ClientBuilder, Error> {
    let variables = Variables { lookup };
    let is_pkcs12 = variables.optional("SPEKTRIX_PKCS12").is_some();
    let identity_file = if is_pkcs12 { "SPEKTRIX_PKCS12" } else { "SPEKTRIX_CERT" };
    let [name, api_key, file] = variables.required(["SPEKTRIX_CLIENT", "SPEKTRIX_API_KEY", identity_file])?;
    // From here on, secrets have the type `Secret`, so that they are wiped on every error below.
    let api_key = Secret::new(text("SPEKTRIX_API_KEY", api_key)?);
    let passphrase = variables.passphrase()?;
    let identity = if is_pkcs12 {
        from_pkcs12(&file, passphrase)
    } else {
        let key = variables.optional("SPEKTRIX_KEY");
        from_pem(&file, key.as_ref().unwrap_or(&file), passphrase)
    };
    let mut builder = Client::builder(text("SPEKTRIX_CLIENT", name)?)
        .api_key(api_key)
        .identity(identity?);
    if let Some(url) = variables.optional("SPEKTRIX_BASE_URL") {
        builder = builder.base_url(text("SPEKTRIX_BASE_URL", url)?);
    }
    if let Some(url) = variables.optional("SPEKTRIX_SITE_URL") {
        builder = builder.site_url(text("SPEKTRIX_SITE_URL", url)?);
    }
    if let Some(path) = variables.optional("SPEKTRIX_CA") {
        builder = builder.trust_only_source(&Source::file(Path::new(&path), Purpose::Roots)?);
    }
    Ok(builder)
}

#[cfg(feature = "encrypted-keys")]
fn from_pem(certificate: &OsStr, key: &OsStr, passphrase: Option<Secret>) -> Result<Identity, Error> {
    match passphrase {
        Some(passphrase) => Identity::from_files_with_passphrase(certificate, key, passphrase),
        None => Identity::from_files(certificate, key),
    }
}

/// An encrypted key is an error that names the feature.
#[cfg(not(feature = "encrypted-keys"))]
fn from_pem(certificate: &OsStr, key: &OsStr, _: Option<Secret>) -> Result<Identity, Error> {
    Identity::from_files(certificate, key)
}

#[cfg(feature = "pkcs12")]
fn from_pkcs12(file: &OsStr, passphrase: Option<Secret>) -> Result<Identity, Error> {
    Identity::from_pkcs12_file(file, passphrase.unwrap_or_default())
}

#[cfg(not(feature = "pkcs12"))]
fn from_pkcs12(_: &OsStr, _: Option<Secret>) -> Result<Identity, Error> {
    Err(Error::configuration(
        "SPEKTRIX_PKCS12 is set, but this program was built without support for PKCS#12 files",
        "turn on the feature `pkcs12` of the crate spektrix-v2, or convert the file to PEM with \
         `openssl pkcs12 -in … -nodes -out client.pem` and name that in SPEKTRIX_CERT",
    ))
}

struct Variables<F> {
    lookup: F,
}

impl<F: Fn(&'static str) -> Option<OsString>> Variables<F> {
    fn optional(&self, name: &'static str) -> Option<OsString> {
        (self.lookup)(name).filter(|value| !value.is_empty())
    }

    fn passphrase(&self) -> Result<Option<Secret>, Error> {
        let passphrase = self.optional("SPEKTRIX_KEY_PASSPHRASE");
        let passphrase = passphrase.map(|value| text("SPEKTRIX_KEY_PASSPHRASE", value));
        Ok(passphrase.transpose()?.map(Secret::new))
    }

    /// Returns the values of all variables, or an error that names every missing one.
    fn required<const N: usize>(&self, names: [&'static str; N]) -> Result<[OsString; N], Error> {
        let found = names.map(|name| self.optional(name));
        let missing: Vec<_> = names.iter().zip(&found).filter(|(_, value)| value.is_none()).collect();
        match missing.as_slice() {
            [] => Ok(found.map(Option::unwrap_or_default)),
            missing => {
                let names: Vec<_> = missing.iter().map(|(name, _)| **name).collect();
                Err(missing_variables(&names))
            }
        }
    }
}

fn missing_variables(names: &[&str]) -> Error {
    let verb = if names.len() == 1 { "is" } else { "are" };
    Error::configuration(
        format!("{} {verb} not set", names.join(" and ")),
        "set the missing environment variables, or use `Client::builder`",
    )
}

fn text(name: &str, value: OsString) -> Result<String, Error> {
    value
        .into_string()
        .map_err(|_| Error::configuration(format!("{name} is not a valid string"), "it must be UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: [(&str, &str); 3] = [
        ("SPEKTRIX_CLIENT", "venue"),
        ("SPEKTRIX_API_KEY", "s3cret-key"),
        ("SPEKTRIX_CERT", "no/such/file.crt"),
    ];

    fn error_with(variables: &[(&'static str, &str)]) -> Error {
        let lookup = |name| {
            let found = variables.iter().rev().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| OsString::from(value))
        };
        builder(lookup).unwrap_err()
    }

    #[test]
    fn every_missing_or_empty_variable_is_named() {
        let cases: [(&[(&str, &str)], &str); 3] = [
            (
                &[],
                "SPEKTRIX_CLIENT and SPEKTRIX_API_KEY and SPEKTRIX_CERT are not set",
            ),
            (&COMPLETE[..1], "SPEKTRIX_API_KEY and SPEKTRIX_CERT are not set"),
            (
                &[COMPLETE[0], COMPLETE[1], ("SPEKTRIX_CERT", "")],
                "SPEKTRIX_CERT is not set",
            ),
        ];
        for (variables, expected) in cases {
            let error = error_with(variables);
            assert!(error.is_configuration());
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }

    #[test]
    fn every_kind_of_certificate_file_is_read() {
        const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/identities/");
        let encrypted = cfg!(feature = "encrypted-keys");
        let cases: [(&[(&'static str, &str)], bool); 5] = [
            (&[("SPEKTRIX_CERT", "bag-attributes.pem")], true),
            (&[("SPEKTRIX_CERT", "venue.crt"), ("SPEKTRIX_KEY", "plain.key")], true),
            (
                &[("SPEKTRIX_CERT", "venue.crt"), ("SPEKTRIX_KEY", "aes256.key")],
                encrypted,
            ),
            (&[("SPEKTRIX_PKCS12", "modern.p12")], cfg!(feature = "pkcs12")),
            (&[("SPEKTRIX_PKCS12", "no-such.p12")], false),
        ];
        for (files, readable) in cases {
            let lookup = |name| {
                let others = [COMPLETE[0], COMPLETE[1], ("SPEKTRIX_KEY_PASSPHRASE", "open-sesame")];
                let file = files.iter().find(|(variable, _)| *variable == name);
                let other = others.iter().find(|(variable, _)| *variable == name);
                file.map(|(_, file)| OsString::from(format!("{FOLDER}{file}")))
                    .or(other.map(|(_, value)| OsString::from(value)))
            };
            let built = builder(lookup);
            assert_eq!(built.is_ok(), readable, "{files:?}: {built:?}");
            let shown = format!("{built:?}");
            assert!(!shown.contains("sesame") && !shown.contains("s3cret"), "{shown}");
        }
    }

    #[test]
    #[cfg(not(feature = "pkcs12"))]
    fn a_pkcs12_file_without_the_feature_is_an_error() {
        let error = error_with(&[COMPLETE[0], COMPLETE[1], ("SPEKTRIX_PKCS12", "venue.pfx")]);
        assert!(
            error.is_configuration() && error.to_string().contains("`pkcs12`"),
            "{error}"
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let error = error_with(&COMPLETE);
        assert!(error.is_certificate() && error.is_configuration());
        assert!(
            error.to_string().starts_with("no/such/file.crt cannot be read: "),
            "{error}"
        );
        assert!(!format!("{error:?}").contains("s3cret"));
    }
}
