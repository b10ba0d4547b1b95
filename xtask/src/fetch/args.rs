//! What the command line may say, and what the command works with.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::Offset;

use super::api_key::ApiKey;
use super::base::BaseUrl;
use crate::workspace;

/// The public test system.
pub const DEFAULT_BASE: &str = "https://api.system.spektrix.com/apitesting/api/v2";

/// Read the service's help pages into the schemas folder.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    service: ServiceArgs,
    /// The folder to replace [default: schemas in this workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What lock.toml says the pages come from [default: the base URL]
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
    /// Fetch these operations only, and keep the pages of the others as they are
    #[arg(long, value_name = "OP", num_args = 1..)]
    only: Vec<String>,
}

/// Where the help pages are, and how to connect.
#[derive(Clone, clap::Args)]
pub struct ServiceArgs {
    /// The address whose /help is the feed; plain http only without an API key and a certificate, or to this machine
    #[arg(long, value_name = "URL", default_value = DEFAULT_BASE)]
    base_url: String,
    /// Trust the certificates in this PEM file instead of the system's
    // Hyphens are allowed so that a key that was given in place of a path reaches our error, which does not quote it.
    #[arg(long, value_name = "PEM", allow_hyphen_values = true)]
    ca: Option<PathBuf>,
    /// The client certificate, followed by any intermediate ones
    #[arg(long, value_name = "PEM", requires = "key", allow_hyphen_values = true)]
    cert: Option<PathBuf>,
    /// The unencrypted private key of the client certificate
    #[arg(long, value_name = "PEM", requires = "cert", allow_hyphen_values = true)]
    key: Option<PathBuf>,
}

impl Args {
    pub(super) fn into_options(self) -> anyhow::Result<Options> {
        let mut options = self
            .service
            .into_options(self.out.unwrap_or_else(|| workspace::path("schemas")))?;
        options.only = self.only;
        if let Some(origin) = self.origin {
            options.origin = origin;
        }
        Ok(options)
    }
}

impl ServiceArgs {
    /// Options to fetch everything into a folder. The API key is read from the environment.
    pub fn into_options(self, out: PathBuf) -> anyhow::Result<Options> {
        let base: BaseUrl = self.base_url.parse()?;
        Ok(Options {
            api_key: ApiKey::from_environment()?,
            origin: base.to_string(),
            out,
            only: Vec::new(),
            tls: TlsFiles {
                ca: self.ca,
                identity: self.cert.zip(self.key),
            },
            limits: Limits::default(),
            date: Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
            base,
        })
    }
}

/// Everything that one fetch depends on besides the network and the folder.
pub struct Options {
    /// Where the pages are read.
    pub base: BaseUrl,
    /// What is sent as `api_key`.
    pub api_key: Option<ApiKey>,
    /// The folder to replace.
    pub out: PathBuf,
    /// What `lock.toml` says the pages come from.
    pub origin: String,
    /// The operations to fetch; empty means all.
    pub only: Vec<String>,
    /// Whom to trust, and who to be.
    pub tls: TlsFiles,
    /// How long and how much.
    pub limits: Limits,
    /// The date that `lock.toml` gives the fetched pages.
    pub date: Date,
}

/// The PEM files for a TLS connection.
#[derive(Debug, Default)]
pub struct TlsFiles {
    /// Trusted roots in place of the system's.
    pub ca: Option<PathBuf>,
    /// The client's certificate chain and private key.
    pub identity: Option<(PathBuf, PathBuf)>,
}

/// How long to wait, how often to try, and how much to read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For a connection to stand.
    pub connect: Duration,
    /// For a page to arrive whole.
    pub page: Duration,
    /// The largest page, in bytes.
    pub bytes: usize,
    /// How often a page is tried before it counts as failed.
    pub tries: usize,
    /// The shortest wait before a second try; it doubles for every further one, with jitter.
    pub first_wait: Duration,
    /// The longest wait that a `Retry-After` can ask for.
    pub longest_wait: Duration,
    /// How many pages are asked for at a time.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            page: Duration::from_secs(30),
            bytes: 8 * 1024 * 1024,
            tries: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            at_once: 2,
        }
    }
}
