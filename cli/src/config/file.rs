//! The format of `spektrix.toml`, and the client that it describes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use spektrix_v2::{Client, ClientBuilder, Identity, Secret};

use crate::failure::{Failure, Result};
use crate::secret_source::SecretSource;

/// A configuration file: several venues, each with what a client needs.
///
/// ```toml
/// default = "playhouse"
///
/// [venue.playhouse]
/// client = "playhouse"
/// certificate = "playhouse-2026.crt"
/// key = "playhouse-2026.key"
/// api_key = { env = "PLAYHOUSE_API_KEY" }
/// ```
#[derive(Debug)]
pub struct Config {
    path: PathBuf,
    content: Content,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    default: Option<String>,
    #[serde(default)]
    venue: BTreeMap<String, Venue>,
    /// The URL of the database of the sync.
    database: Option<SecretSource>,
}

/// One venue of a configuration. Relative paths start at the folder of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// The system name.
    client: String,
    /// The file with the certificate, as PEM.
    certificate: Option<PathBuf>,
    /// The file with the key, as PEM. Without one, the file of the certificate has both.
    key: Option<PathBuf>,
    /// A PKCS#12 file instead of both.
    pfx: Option<PathBuf>,
    /// The passphrase of the key or of the PKCS#12 file.
    passphrase: Option<SecretSource>,
    api_key: SecretSource,
    base_url: Option<String>,
    /// The only roots to trust, as PEM.
    ca: Option<PathBuf>,
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is not valid. The error has the line, and does not quote it: it may hold a secret.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path)
            .map_err(|error| Failure::configuration(format!("cannot read {}: {error}", path.display())))?;
        let content = toml::from_str(&text).map_err(|error| invalid(path, &text, &error))?;
        Ok(Self {
            path: path.to_owned(),
            content,
        })
    }

    /// Returns the builder of a client for a venue; without a name, for the default venue or the only one.
    ///
    /// # Errors
    ///
    /// If there is no such venue, or a file or a secret of it cannot be read.
    pub fn client(&self, name: Option<&str>) -> Result<ClientBuilder> {
        let name = self.choose(name)?;
        let Some(venue) = self.content.venue.get(name) else {
            return Err(self.error(format!("{} has no venue `{name}`", self.path.display())));
        };
        venue.client(name, self.folder())
    }

    /// Returns the names of all venues.
    pub fn venues(&self) -> impl Iterator<Item = &str> {
        self.content.venue.keys().map(String::as_str)
    }

    /// Returns the URL of the database of the sync, if the file names where it is.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn database(&self) -> Result<Option<String>> {
        let Some(source) = &self.content.database else {
            return Ok(None);
        };
        let url = source.read("the URL of the database", self.folder())?;
        Ok(Some(url.expose().to_owned()))
    }

    fn choose<'a>(&'a self, name: Option<&'a str>) -> Result<&'a str> {
        if let Some(name) = name.or(self.content.default.as_deref()) {
            return Ok(name);
        }
        let mut names = self.content.venue.keys();
        match (names.next(), names.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Failure::configuration(format!("{} has no venue", self.path.display()))
                .with_hint("add a section [venue.NAME]")),
            _ => Err(self.error(format!("{} has several venues", self.path.display()))),
        }
    }

    fn error(&self, what: String) -> Failure {
        let names: Vec<_> = self.content.venue.keys().map(String::as_str).collect();
        Failure::configuration(what).with_hint(format!(
            "name one with --venue, or set `default`. The venues are {}",
            names.join(", ")
        ))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

fn invalid(path: &Path, text: &str, error: &toml::de::Error) -> Failure {
    let start = error.span().map_or(0, |span| span.start);
    let line = text[..start.min(text.len())].matches('\n').count() + 1;
    let place = format!("{}, line {line}", path.display());
    let name = text.lines().nth(line - 1).and_then(|line| line.split('=').next());
    if matches!(name.map(str::trim), Some("api_key" | "passphrase" | "database")) {
        return Failure::configuration(format!("{place}: a secret is not written into this file")).with_hint(
            "write where it is: { env = \"NAME\" }, { file = \"PATH\" } or { command = [\"program\", \"argument\"] }",
        );
    }
    // Names are in backticks, values in quotation marks. A value may be a secret in the wrong place.
    let message = error.message().split('"').next().unwrap_or_default().trim();
    Failure::configuration(format!("{place}: {message}"))
}

impl Venue {
    fn client(&self, name: &str, folder: &Path) -> Result<ClientBuilder> {
        let api_key = self.api_key.read(&format!("the API key of `{name}`"), folder)?;
        let mut builder = Client::builder(&self.client)
            .api_key(api_key)
            .identity(self.identity(name, folder)?);
        if let Some(url) = &self.base_url {
            builder = builder.base_url(url);
        }
        if let Some(ca) = &self.ca {
            let path = folder.join(ca);
            let roots = fs::read(&path)
                .map_err(|error| Failure::configuration(format!("cannot read {}: {error}", path.display())))?;
            builder = builder.trust_only(roots);
        }
        Ok(builder)
    }

    fn identity(&self, name: &str, folder: &Path) -> Result<Identity> {
        let passphrase = self.passphrase.as_ref();
        let passphrase = passphrase
            .map(|source| source.read(&format!("the passphrase of `{name}`"), folder))
            .transpose()?;
        let identity = match (&self.certificate, &self.pfx) {
            (Some(certificate), None) => {
                let key = folder.join(self.key.as_ref().unwrap_or(certificate));
                from_pem(&folder.join(certificate), &key, passphrase)
            }
            (None, Some(pfx)) => Identity::from_pkcs12_file(folder.join(pfx), passphrase.unwrap_or_default()),
            _ => {
                let problem = format!("venue `{name}` needs either `certificate` or `pfx`");
                return Err(Failure::configuration(problem));
            }
        };
        Ok(identity?)
    }
}

fn from_pem(
    certificate: &Path,
    key: &Path,
    passphrase: Option<Secret>,
) -> std::result::Result<Identity, spektrix_v2::Error> {
    match passphrase {
        Some(passphrase) => Identity::from_files_with_passphrase(certificate, key, passphrase),
        None => Identity::from_files(certificate, key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cr3t-k3y";

    fn error(text: &str, venue: Option<&str>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("spektrix.toml");
        fs::write(&path, text.replace("SECRET", SECRET)).unwrap();
        let Err(failure) = Config::read(&path).and_then(|config| config.client(venue)) else {
            panic!("accepted: {text}");
        };
        let text = format!("{failure} {}", failure.hint().unwrap_or_default());
        assert!(!text.contains(SECRET), "{text}");
        text.replace(&folder.path().display().to_string(), "")
    }

    #[test]
    fn errors_name_the_line_and_no_secret() {
        let venue = "[venue.a]\nclient = 'a'\ncertificate = 'a.crt'\n";
        let with = |line: &str| format!("{venue}{line}\n");
        let table = [
            ("not TOML", "[venue".to_owned(), "line 1"),
            (
                "a literal key",
                with("api_key = 'SECRET'"),
                "line 4: a secret is not written into this file",
            ),
            (
                "a number",
                with("api_key = 12345"),
                "line 4: a secret is not written into this file",
            ),
            (
                "an unknown field",
                with("apikey = 'SECRET'"),
                "line 4: unknown field `apikey`",
            ),
            (
                "a secret elsewhere",
                "venue = 'SECRET'".to_owned(),
                "line 1: invalid type: string",
            ),
            ("no key", venue.to_owned(), "line 1: missing field `api_key`"),
            ("no venue", String::new(), "has no venue add a section [venue.NAME]"),
            (
                "unset",
                with("api_key = { env = 'SPEKTRIX_TEST_UNSET' }"),
                "SPEKTRIX_TEST_UNSET is not set",
            ),
            (
                "no file",
                with("api_key = { file = 'no/such' }"),
                "the API key of `a` from /no/such",
            ),
            (
                "no program",
                with("api_key = { command = ['no-such-program'] }"),
                "cannot run no-such-program",
            ),
            (
                "an empty command",
                with("api_key = { command = [] }"),
                "the command is empty",
            ),
            (
                "a failing command",
                with("api_key = { command = ['false'] }"),
                "false failed with",
            ),
            (
                "no output",
                with("api_key = { command = ['true'] }"),
                "the API key of `a` is empty",
            ),
            (
                "no certificate",
                with("api_key = { command = ['echo', 'SECRET'] }"),
                "a.crt",
            ),
        ];
        for (name, text, expected) in table {
            let error = error(&text, None);
            assert!(error.contains(expected), "{name}: {error}");
        }
    }

    #[test]
    fn venues_are_named_if_the_choice_is_not_clear() {
        let venue = |name: &str| format!("[venue.{name}]\nclient = 'c'\napi_key = {{ command = ['echo', 'k'] }}\n");
        let two = venue("north") + &venue("south");
        let table = [
            ("none named", two.clone(), None, "several venues"),
            ("an unknown one", two.clone(), Some("west"), "has no venue `west`"),
            ("both are listed", two.clone(), None, "north, south"),
            (
                "the default",
                format!("default = 'south'\n{two}"),
                None,
                "venue `south` needs either",
            ),
            (
                "named before default",
                format!("default = 'south'\n{two}"),
                Some("north"),
                "venue `north` needs",
            ),
            ("the only one", venue("north"), None, "venue `north` needs either"),
        ];
        for (name, text, venue, expected) in table {
            let error = error(&text, venue);
            assert!(error.contains(expected), "{name}: {error}");
        }
    }
}
