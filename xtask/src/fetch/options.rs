//! The arguments of the command line, and the options that a fetch works with.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::Offset;

use super::address::BaseUrl;
use super::api_key::ApiKey;
use crate::{output, workspace};

/// The public test system.
pub const DEFAULT_BASE: &str = "https://api.system.spektrix.com/apitesting/api/v2";

/// The arguments of the command.
#[derive(clap::Args)]
#[command(
    help_template = output::HELP,
    before_help = "\
Examples:
  cargo xtask fetch                                      # the public test system
  cargo xtask fetch --cert venue.crt --key venue.key     # if it requires a client certificate
  cargo xtask fetch --base-url https://api.system.spektrix.com/<client>/api/v2 --cert … --key …
  cargo xtask fetch --only GetEvents GetInstances        # only these, into a folder of the same origin",
    after_help = "If SPEKTRIX_API_KEY is set, the API key is sent with every request. It is never stored or printed."
)]
pub struct Args {
    #[command(flatten)]
    service: ServiceArgs,
    /// The folder to replace [default: schemas/ of this workspace]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The origin of the pages in lock.toml [default: the base URL]
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
    /// Fetch only these operations, and keep the pages of all others
    #[arg(long, value_name = "OP", num_args = 1..)]
    only: Vec<String>,
}

impl Args {
    pub(super) fn into_options(self) -> anyhow::Result<Options> {
        let out = self.out.unwrap_or_else(|| workspace::path("schemas"));
        let mut options = self.service.into_options(out)?;
        options.only = self.only;
        if let Some(origin) = self.origin {
            options.origin = origin;
        }
        Ok(options)
    }
}

/// Where the help pages are, and how to connect.
#[derive(clap::Args)]
pub struct ServiceArgs {
    /// The address whose /help is the feed. Plain http is only for this machine, or for requests without secrets
    #[arg(long, value_name = "URL", default_value = DEFAULT_BASE)]
    base_url: String,
    /// Trust the certificates in this PEM file instead of the system's
    // Values may begin with a hyphen, so that a key given in place of a path gets our error, which does not quote it.
    #[arg(long, value_name = "PEM", allow_hyphen_values = true)]
    ca: Option<PathBuf>,
    /// The client certificate, followed by intermediate ones
    #[arg(long, value_name = "PEM", requires = "key", allow_hyphen_values = true)]
    cert: Option<PathBuf>,
    /// The unencrypted private key of the client certificate
    #[arg(long, value_name = "PEM", requires = "cert", allow_hyphen_values = true)]
    key: Option<PathBuf>,
}

impl ServiceArgs {
    /// Returns options that fetch all pages into a folder. The API key is read from the environment.
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

/// Everything that a fetch depends on, except for the network and the content of the folder.
pub struct Options {
    /// The address of the service.
    pub base: BaseUrl,
    /// The value of the parameter `api_key`, if it is sent.
    pub api_key: Option<ApiKey>,
    /// The folder to replace.
    pub out: PathBuf,
    /// The origin of the pages in `lock.toml`.
    pub origin: String,
    /// The operations to fetch; all, if empty.
    pub only: Vec<String>,
    /// Certificates and keys.
    pub tls: TlsFiles,
    /// Timeouts, retries and sizes.
    pub limits: Limits,
    /// The date of the fetched pages in `lock.toml`.
    pub date: Date,
}

/// The PEM files for TLS.
#[derive(Debug, Default)]
pub struct TlsFiles {
    /// Trusted roots, instead of the system's.
    pub ca: Option<PathBuf>,
    /// The client's certificate chain and private key.
    pub identity: Option<(PathBuf, PathBuf)>,
}

/// Timeouts, retries and sizes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The timeout of a connection attempt.
    pub connect: Duration,
    /// The timeout of a whole page.
    pub page: Duration,
    /// The largest page, in bytes.
    pub bytes: usize,
    /// How often a page is requested before the fetch fails.
    pub attempts: usize,
    /// The wait before the first retry. It doubles with each retry, and has jitter.
    pub first_wait: Duration,
    /// The longest wait, also if `Retry-After` asks for more.
    pub longest_wait: Duration,
    /// How many pages are requested at the same time.
    pub concurrency: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            page: Duration::from_secs(30),
            bytes: 8 * 1024 * 1024,
            attempts: 3,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            concurrency: 2,
        }
    }
}
