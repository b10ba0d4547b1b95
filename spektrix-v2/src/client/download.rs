//! Tickets to print at home: a document of the service that is no XML, and not on its help feed.

mod save;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request};

use super::attempt::transport_fault;
use super::send::Open;
use super::{Client, Inner};
use crate::error::{Error, Fault, NAME, Tried};
use crate::generated::ids::{CustomerId, PrintAtHomeLinkId};
use crate::operation::{Effect, Lifecycle, Method, OperationInfo, Parameters, Requirement, SessionUse};
use crate::runtime::BodyNames;
use crate::transport::{TransportError, TransportErrorKind};

impl Client {
    /// Downloads tickets that a customer can print at home, as a PDF. `GetPrintAtHomeDocuments` lists which there are,
    /// and whether they are ready.
    ///
    /// It comes back once the download has begun. Beginning it is tried again like any read; a download that breaks off
    /// later is not. Of [`max_in_flight`](crate::ClientBuilder::max_in_flight) it counts until it has begun.
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
        let tried = Tried::new(Download::INFO, false);
        let (customer, document) = (customer.into(), document.into());
        let request = || self.0.document_request(customer, document);
        let prepared = self.prepare_request(tried, self.0.redactor(&[]), self.watch(Download::INFO), &request)?;
        let opened = Box::pin(self.open_prepared(prepared, None, None)).await?;
        Download::new(opened, self.0.timeout)
    }
}

impl Inner {
    fn document_request(&self, customer: CustomerId, document: PrintAtHomeLinkId) -> Result<Request<Bytes>, Fault> {
        let mut parameters = Parameters::new();
        parameters.set("customer_id", Some(&customer));
        parameters.set("document_id", Some(&document));
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = self.address(Download::INFO.path, &parameters)?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/pdf"));
        headers.insert(USER_AGENT, self.user_agent.clone());
        Ok(request)
    }
}

/// A document on its way. Made by [`Client::download_ticket`].
///
/// Dropping it gives up the rest.
#[must_use = "a download is given up when it is dropped"]
pub struct Download {
    answer: Open,
    length: Option<u64>,
    received: u64,
    timeout: Duration,
}

impl Download {
    /// What is known of the operation behind it, which is not on the help feed.
    pub const INFO: OperationInfo = OperationInfo {
        name: "DownloadTicket",
        method: Method::Get,
        path: "customers/print-at-home-download",
        parameters: &["customer_id", "document_id"],
        requirements: &[Requirement::All(&["customer_id", "document_id"])],
        body_requirements: &[],
        request: BodyNames::EMPTY,
        response: BodyNames::EMPTY,
        effect: Effect::Read,
        session: SessionUse::None,
        lifecycle: Lifecycle::Deprecated,
    };

    fn new(answer: Open, timeout: Duration) -> Result<Self, Error> {
        let headers = &answer.response.headers;
        if let Some(kind) = text_kind(headers) {
            let status = answer.response.status;
            let kind = answer.redactor.show(&kind, NAME);
            return Err(answer.fail(Fault::NoDocument { status, kind }));
        }
        Ok(Self {
            length: header(headers, CONTENT_LENGTH).and_then(|length| length.parse().ok()),
            answer,
            received: 0,
            timeout,
        })
    }

    /// How many bytes the service has announced.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece, as it arrives; `None` at the end. The client's
    /// [`timeout`](crate::ClientBuilder::timeout) is for each wait.
    ///
    /// # Errors
    ///
    /// If it breaks off, or ends before as many bytes have come as were announced. Do not ask on after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        match self.piece().await {
            Ok(Some(piece)) => Some(Ok(piece)),
            Ok(None) => {
                self.answer.end(usize::try_from(self.received).unwrap_or(usize::MAX));
                None
            }
            Err(fault) => Some(Err(self.answer.fail(fault))),
        }
    }

    /// Writes it to a file, in place of one that may be there, and says how many bytes it has.
    ///
    /// The file appears only when it is whole: until then it has another name, beside it, and goes if
    /// anything goes wrong. On Unix it can be read by its owner only.
    pub async fn save(self, path: impl AsRef<Path>) -> Result<u64, Error> {
        save::save(self, path.as_ref().to_owned()).await
    }

    async fn piece(&mut self) -> Result<Option<Bytes>, Fault> {
        let piece = tokio::time::timeout(self.timeout, self.answer.response.body.try_next()).await;
        let piece = piece.map_err(|_| Fault::Stalled(self.timeout))?;
        let piece = piece.map_err(|error| transport_fault(&error, &self.answer.redactor))?;
        match (&piece, self.length) {
            (Some(piece), _) => self.received += piece.len() as u64,
            (None, Some(length)) if length != self.received => return Err(cut(self.received, length)),
            (None, _) => {}
        }
        Ok(piece)
    }

    fn error(&self, fault: Fault) -> Error {
        self.answer.fail(fault)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("length", &self.length)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

fn cut(received: u64, length: u64) -> Fault {
    let text = format!("{received} of {length} bytes came");
    Fault::Transport(TransportError::new(TransportErrorKind::Body, text))
}

/// What the answer says it is, if that is a text: a web page or a message in place of the document.
fn text_kind(headers: &HeaderMap) -> Option<String> {
    let kind = header(headers, CONTENT_TYPE)?
        .split(';')
        .next()?
        .trim()
        .to_ascii_lowercase();
    let is_text = kind.starts_with("text/") || kind.ends_with("/xml") || kind.ends_with("/json");
    is_text.then_some(kind)
}

fn header(headers: &HeaderMap, name: http::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
