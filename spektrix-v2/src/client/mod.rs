//! The client: one connection pool, one venue, one API key.

mod address;
mod answer;
mod attempt;
mod attempts;
mod builder;
mod call;
mod cookie;
mod download;
mod environment;
mod measure;
mod outgoing;
mod paging;
mod request;
mod send;
mod stream;
mod trace;
mod turn;
mod unknown;
mod update_style;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::identity::Identity;
use crate::operation::Operation;
use crate::retry::{Budget, Retry};
use crate::runtime::DecodeOptions;
use crate::secret::Secret;
use crate::transport::Transport;

pub use builder::ClientBuilder;
pub use call::Call;
pub use download::Download;
pub use measure::{Measurement, Outcome};
pub use paging::Paging;
pub use stream::ItemStream;
use unknown::UnknownParts;
pub use update_style::UpdateStyle;

pub(crate) use address::{check_base_url, check_client_name};
pub(crate) use request::QUERY_VALUE;

/// A client for one venue. Cloning it is cheap, and the clones share their connections, their retry budget, and the
/// limit on requests in flight.
///
/// It needs a Tokio runtime with its timer on.
///
/// ```no_run
/// # async fn example() -> Result<(), spektrix_v2::Error> {
/// use spektrix_v2::{Client, Identity, operations::GetEvents};
///
/// let client = Client::builder("venue")
///     .api_key("the key that Spektrix gave out")
///     .identity(Identity::from_files("venue-2026.crt", "venue-2026.key")?)
///     .build()?;
/// for event in client.call(GetEvents::new()).limit(20).await? {
///     println!("{}", event.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    transport: Box<dyn Transport>,
    /// Where the paths of operations begin, with a slash at its end.
    root: String,
    api_key: Secret,
    identity: Option<Identity>,
    user_agent: HeaderValue,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    retry: Retry,
    budget: Budget,
    in_flight: Semaphore,
    update_style: UpdateStyle,
    decode_options: DecodeOptions,
    unknown: UnknownParts,
    on_attempt: Option<measure::Hook>,
    on_call: Option<measure::Hook>,
}

impl Client {
    /// Begins a client for the venue of this name: the first part of the path of every call.
    pub fn builder(client_name: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(client_name.into())
    }

    /// Makes a client from environment variables.
    ///
    /// | variable | |
    /// |---|---|
    /// | `SPEKTRIX_CLIENT` | the venue's system name |
    /// | `SPEKTRIX_API_KEY` | the API key |
    /// | `SPEKTRIX_CERT` | path of the client certificate, PEM |
    /// | `SPEKTRIX_KEY` | path of its key, PEM; not needed if the certificate's file holds both |
    /// | `SPEKTRIX_PKCS12` | with the feature `pkcs12`, in place of those two: path of a PKCS#12 file |
    /// | `SPEKTRIX_KEY_PASSPHRASE` | optional: what the key, or the PKCS#12 file, is encrypted with |
    /// | `SPEKTRIX_BASE_URL` | optional: what stands before `{client}/api/v2/` |
    /// | `SPEKTRIX_CA` | optional: path of the roots to trust, PEM, instead of the system's |
    ///
    /// # Errors
    ///
    /// If variables are missing or empty, the error names all of them.
    pub fn from_env() -> Result<Self, Error> {
        environment::client(std::env::var_os)
    }

    /// Makes a call: an operation that is sent when it is awaited.
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }

    /// Sends an operation.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        self.call(operation).send().await
    }

    /// Where it sends to.
    pub(crate) fn root(&self) -> &str {
        &self.0.root
    }
}

/// Shows where it sends to and how, no secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("root", &self.0.root)
            .field("identity", &self.0.identity)
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}
