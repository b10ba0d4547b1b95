//! The client of one venue. The files, in the order in which a call passes through them:
//!
//! - [`builder`] and [`environment`] create a [`Client`]; [`address`] checks the base URL, [`placeholder`] other settings.
//! - [`call`] is an operation before it is sent, with its [`call_options`], and [`unfiltered`] one that lacks a parameter;
//!   [`paging`], with [`progress`], and [`stream`] are the ways to read lists; [`raw`] is for what has no type.
//! - [`send`] sends one call: it locks the session, prepares the request, and runs the retry loop.
//! - [`request`] builds the HTTP request; [`update_style`] decides how updates are sent.
//! - [`retry_loop`] makes the attempts, as [`admission`] allows; [`session_cookie`] adds the cookie to each and takes it from
//!   each response; [`decompression`] decompresses bodies, and [`truncation`] notices those that are
//!   cut short.
//! - [`response`] checks the status, reads the body and decodes it; [`download`] and [`document_check`] do it for
//!   documents.
//! - [`telemetry`] observes all of this: metrics, spans, unknown parts of responses.

mod address;
mod admission;
mod builder;
mod call;
mod call_options;
mod decompression;
mod document_check;
mod download;
mod environment;
mod paging;
mod placeholder;
mod progress;
mod raw;
mod request;
mod response;
mod retry_loop;
mod send;
mod session_cookie;
mod stream;
mod telemetry;
mod truncation;
mod unfiltered;
mod update_style;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use jiff::tz::TimeZone;

use crate::error::Error;
use crate::generated::ids::{CustomerId, PrintAtHomeLinkId};
use crate::identity::{Identity, SharedIdentity};
use crate::operation::Operation;
use crate::retry::{Budget, Retry};
use crate::runtime::DecodeOptions;
use crate::secret::Secret;
use crate::transport::Transport;

use admission::Admission;
pub use builder::ClientBuilder;
pub use call::Call;
pub use download::Download;
pub use paging::Paging;
pub use raw::{RawCall, RawResponse};
pub use stream::ItemStream;
pub use telemetry::{Measurement, Outcome};
use telemetry::{MetricsHook, UnknownParts};
pub use unfiltered::Unfiltered;
pub(crate) use unfiltered::find_item;
pub use update_style::UpdateStyle;

pub(crate) use address::{check_base_url, is_loopback, venue_root};
pub(crate) use request::QUERY_VALUE;

/// A client for one venue. Cloning it is cheap. Clones share their connections, their retry budget, and the limit of requests
/// in flight.
///
/// It needs a Tokio runtime with its timer and I/O enabled. Outside of a runtime every call is an error. In a runtime in which
/// they are disabled, Tokio panics and names the method of its builder.
///
/// ```no_run
/// # async fn example() -> Result<(), spektrix_v2::Error> {
/// use spektrix_v2::{Client, Identity};
///
/// let client = Client::builder("venue")
///     .api_key("the key from Spektrix support")
///     .identity(Identity::from_files("venue-2026.crt", "venue-2026.key")?)
///     .build()?;
/// for event in client.events().limit(20).await? {
///     println!("{}", event.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

/// What the clones of a client share.
struct Inner {
    transport: Box<dyn Transport>,
    /// The address below which the paths of operations are, with a slash at its end.
    root: String,
    /// The address below which the pages for browsers are, with a slash at its end.
    site_root: String,
    client_name: String,
    api_key: Secret,
    identity: Arc<SharedIdentity>,
    /// Whether the transport presents another certificate once `identity` has one.
    has_own_transport: bool,
    requires_matching_identity: bool,
    user_agent: HeaderValue,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    retry: Retry,
    budget: Budget,
    admission: Admission,
    update_style: UpdateStyle,
    time_zone: TimeZone,
    accepts_compression: bool,
    decode_options: DecodeOptions,
    unknown: UnknownParts,
    on_attempt: Option<MetricsHook>,
    on_call: Option<MetricsHook>,
}

impl Client {
    /// Creates a builder for a client of this venue. The name is the first part of the path of every call.
    pub fn builder(client_name: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(client_name.into())
    }

    /// Creates a client from environment variables.
    ///
    /// | variable | value |
    /// |---|---|
    /// | `SPEKTRIX_CLIENT` | the system name of the venue |
    /// | `SPEKTRIX_API_KEY` | the API key |
    /// | `SPEKTRIX_CERT` | path of the client certificate, PEM |
    /// | `SPEKTRIX_KEY` | path of its key, PEM; not needed if the file of the certificate contains both |
    /// | `SPEKTRIX_PKCS12` | with the feature `pkcs12`, instead of these two: path of a PKCS#12 file |
    /// | `SPEKTRIX_KEY_PASSPHRASE` | optional: the passphrase of the key or of the PKCS#12 file |
    /// | `SPEKTRIX_BASE_URL` | optional: the part of the address before `{client}/api/v2/` |
    /// | `SPEKTRIX_SITE_URL` | optional: the part of the address of web pages before `{client}/website/` |
    /// | `SPEKTRIX_CA` | optional: path of the roots to trust instead of those of the system, PEM |
    ///
    /// # Errors
    ///
    /// [`is_configuration`](Error::is_configuration) if variables are missing or empty: the error names all of them.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Returns a builder with the settings of the environment variables that [`from_env`](Self::from_env) reads, to change
    /// other settings.
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn builder_from_env() -> Result<ClientBuilder, Error> {
        environment::builder(std::env::var_os)
    }

    /// Creates a call. The operation is sent when the call is awaited.
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }

    /// Sends an operation.
    pub async fn send<O: Operation>(&self, operation: O) -> Result<O::Response, Error> {
        self.call(operation).send().await
    }

    /// Downloads tickets that a customer can print at home, as a PDF. `GetPrintAtHomeDocuments` lists the documents, and
    /// whether they are ready.
    ///
    /// It returns when the download has started with a PDF. Anything else is an error, for which
    /// [`is_decode`](Error::is_decode) is true. The start is retried like any read. A download that fails later is not
    /// retried. The download counts towards [`max_in_flight`](ClientBuilder::max_in_flight) until it has started.
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::CustomerId;
    ///
    /// let customer = CustomerId::new(7);
    /// for document in client.print_at_home_documents(customer).await? {
    ///     if document.tickets_ready {
    ///         let file = format!("tickets-{}.pdf", document.id);
    ///         client.download_ticket(customer, document.id).await?.save(file).await?;
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn download_ticket(
        &self,
        customer: impl Into<CustomerId>,
        document: impl Into<PrintAtHomeLinkId>,
    ) -> Result<Download, Error> {
        Download::start(self, customer.into(), document.into()).await
    }

    /// Returns the client name of the venue. Caches and databases that hold several venues use it as a key.
    pub fn client_name(&self) -> &str {
        &self.0.client_name
    }

    /// Returns the time zone of the venue: see [`ClientBuilder::time_zone`].
    ///
    /// ```no_run
    /// # async fn example(client: spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// for instance in client.instances().await? {
    ///     println!("{}", instance.starts_at(client.time_zone()));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn time_zone(&self) -> &TimeZone {
        &self.0.time_zone
    }

    /// Replaces the client certificate while the client is in use: certificates are renewed every year.
    ///
    /// Requests that are sent from then on, by all clones of the client, use new connections with the new certificate.
    /// Those in flight end with the old one.
    ///
    /// ```no_run
    /// # fn example(client: &spektrix_v2::Client) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::Identity;
    ///
    /// client.set_identity(Identity::from_files("venue-2027.crt", "venue-2027.key")?)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`is_certificate`](Error::is_certificate) if the certificate is expired or not valid yet, or if its name is not the
    /// client name and [`require_matching_identity`](ClientBuilder::require_matching_identity) is set.
    /// [`is_configuration`](Error::is_configuration) if the client has a transport of your own, which connects itself. The
    /// client keeps its certificate then.
    pub fn set_identity(&self, identity: Identity) -> Result<(), Error> {
        let inner = &self.0;
        if inner.has_own_transport {
            return Err(Error::configuration(
                "the client has its own transport, which presents the client certificate itself",
                "replace the certificate in that transport",
            ));
        }
        builder::check_identity(&identity, &inner.client_name, inner.requires_matching_identity)?;
        inner.identity.set(identity);
        Ok(())
    }

    /// Returns the client certificate that is presented now, if there is one.
    pub fn identity(&self) -> Option<Identity> {
        self.0.identity.get().0
    }

    /// Returns the address below which the paths of operations are.
    pub(crate) fn root(&self) -> &str {
        &self.0.root
    }

    /// Returns the address below which the pages for browsers are.
    pub(crate) fn site_root(&self) -> &str {
        &self.0.site_root
    }
}

impl Inner {
    /// Returns the name in the client certificate, if it is not the client name.
    fn other_name(&self) -> Option<String> {
        let (identity, _) = self.identity.get();
        identity?.other_name(&self.client_name).map(str::to_owned)
    }
}

/// Shows the address and the settings, but no secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("root", &self.0.root)
            .field("identity", &self.identity())
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}
