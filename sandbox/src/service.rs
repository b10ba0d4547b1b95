//! The path of a request: log, faults, authentication, routing, parameters, body, and the operation itself.

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, StatusCode, Version};
use hyper::body::Body as HttpBody;

use crate::api::{Call, ContentCoding, Parameters, Query, Refusal, Reply, read_body, session_cookie};
use crate::backend::Backend;
use crate::faults::{Affinity, FaultId, FaultPlan, Faults, InjectError, Injection, Outcome, RequestTarget, compress};
use crate::help_pages::HelpPages;
use crate::request_log::{EntryId, RecordedRequest, RequestLog};
use crate::routes::{self, Address};
use crate::state::LiveVenue;
use crate::tenants::Tenants;
use crate::tls::Peer;
use crate::writes::{WritePolicy, new_session};

/// The id of no session, for a request with the id of a session that its server does not know.
const UNKNOWN_SESSION: &str = "";

/// The service behind the TLS of one sandbox.
pub(crate) struct Service {
    /// The client name of the first venue.
    pub(crate) client_name: String,
    /// The API key of the first venue.
    pub(crate) api_key: String,
    /// The seed of the first venue.
    pub(crate) seed: u64,
    pub(crate) help_pages: HelpPages,
    /// The first venue.
    pub(crate) backend: Backend,
    /// The other venues.
    pub(crate) tenants: Tenants,
    pub(crate) faults: Faults,
    pub(crate) affinity: Affinity,
    pub(crate) log: RequestLog,
    pub(crate) write_policy: WritePolicy,
}

impl Service {
    /// Responds to a request, and applies the faults that fire for it.
    pub(crate) async fn respond<B>(&self, peer: &Peer, request: Request<B>) -> Outcome
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let (head, body) = request.into_parts();
        let target = target(&head);
        let session = session_cookie(&head.headers);
        let record = RecordedRequest::new(&head, target.operation, session.is_some());
        let entry = self.log.add(record);
        let plan = FaultPlan::new(self.faults.fire(&target));
        // Not called for zero, because the shortest sleep takes a millisecond.
        if !plan.delay().is_zero() {
            tokio::time::sleep(plan.delay()).await;
        }
        let mut outcome = match plan.replacement() {
            Some(outcome) => {
                if outcome.response().is_some() {
                    // A proxy that responds instead of the service reads the request too.
                    self.read_body(body, entry).await.ok();
                }
                outcome
            }
            None => plan.apply(self.process(peer, &head, body, entry, &plan).await),
        };
        if let Some(response) = outcome.response_mut() {
            compress(response, ContentCoding::accepted_by(&head.headers));
            self.log.set_status(entry, response.status());
        }
        outcome
    }

    /// Processes a request, with the faults that concern its session.
    async fn process<B>(&self, peer: &Peer, head: &Parts, body: B, entry: EntryId, plan: &FaultPlan) -> Response<Bytes>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let server = plan.has_two_servers().then(|| self.affinity.server(&head.headers));
        let session = session_cookie(&head.headers).map(|session| match server {
            Some(server) if !self.affinity.knows(server, session) => UNKNOWN_SESSION,
            _ => session,
        });
        if plan.forgets_session() {
            self.remove_session(head, session);
        }
        let reply = self.handle(peer, head, session, body, entry, plan).await;
        let mut response = match reply.and_then(|reply| self.rename_session(head, session, reply, plan)) {
            Ok(reply) => reply.into_response(),
            Err(refusal) => refusal.into_response(),
        };
        if let Some(server) = server {
            self.affinity.mark(server, &head.headers, response.headers_mut());
        }
        response
    }

    async fn handle<B>(
        &self,
        peer: &Peer,
        head: &Parts,
        session: Option<&str>,
        body: B,
        entry: EntryId,
        plan: &FaultPlan,
    ) -> Result<Reply, Refusal>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let address = Address::parse(head.uri.path())?;
        let (api_key, backend) = self.authenticate(peer, address.client)?;
        if let Some(page) = address.help_page() {
            return self.help_pages.respond(page, &head.method);
        }
        let query = Query::parse(head.uri.query().unwrap_or_default())?;
        check_api_key(api_key, &query)?;
        let operation = routes::find(address.path, head)?;
        if let Err(refusal) = self.write_policy.check(operation) {
            // Read for the log, so that a test can check what was refused.
            self.read_body(body, entry).await?;
            return Err(refusal);
        }
        let mut parameters = Parameters::parse(operation, &query)?;
        parameters.set_paging_faults(plan.paging());
        let body = self.read_body(body, entry).await?;
        backend.respond(&Call {
            operation,
            parameters: &parameters,
            session,
            head,
            body: &body,
        })
    }

    async fn read_body<B>(&self, body: B, entry: EntryId) -> Result<Bytes, Refusal>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let body = read_body(body).await?;
        self.log.set_body(entry, &body);
        Ok(body)
    }

    fn remove_session(&self, head: &Parts, session: Option<&str>) {
        if let (Some(live), Some(session)) = (self.venue_of(head), session) {
            live.state().remove_session(session);
        }
    }

    /// Gives the session of a request that was processed another id, if a fault does that.
    fn rename_session(
        &self,
        head: &Parts,
        session: Option<&str>,
        reply: Reply,
        plan: &FaultPlan,
    ) -> Result<Reply, Refusal> {
        let (Some(live), Some(session), true) = (self.venue_of(head), session, plan.renames_session()) else {
            return Ok(reply);
        };
        let new = new_session()?;
        let is_renamed = live.state().rename_session(session, &new);
        Ok(if is_renamed { reply.with_session(&new.0) } else { reply })
    }

    /// Resets everything to how it was at the start.
    pub(crate) fn reset(&self) {
        self.faults.clear();
        self.affinity.clear();
        self.log.clear();
        self.backend.reset();
        self.tenants.iter().for_each(|tenant| tenant.backend.reset());
    }

    /// Opens the venue that a request is for.
    fn venue_of(&self, head: &Parts) -> Option<LiveVenue<'_>> {
        let address = Address::parse(head.uri.path()).ok()?;
        self.venue(address.client)?.1.venue()
    }

    /// Checks that the certificate was issued for the client in the path, and that this is a client of the sandbox. Returns
    /// its API key and its backend.
    fn authenticate(&self, peer: &Peer, client: &str) -> Result<(&str, &Backend), Refusal> {
        if peer.common_name() != Some(client) {
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                format!("The client certificate was not issued for the client '{client}'."),
            ));
        }
        self.venue(client)
            .ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, format!("There is no client '{client}'.")))
    }

    /// Returns the API key and the backend of a venue.
    pub(crate) fn venue(&self, client: &str) -> Option<(&str, &Backend)> {
        if client == self.client_name {
            return Some((&self.api_key, &self.backend));
        }
        let tenant = self.tenants.get(client)?;
        Some((&tenant.api_key, &tenant.backend))
    }

    /// Injects a fault.
    pub(crate) fn inject(&self, injection: Injection) -> Result<FaultId, InjectError> {
        match injection.client() {
            Some(client) if self.venue(client).is_none() => Err(InjectError::no_client(client)),
            _ => self.faults.inject(injection),
        }
    }
}

fn check_api_key(expected: &str, query: &Query) -> Result<(), Refusal> {
    let message = match query.get("api_key") {
        Some(key) if key == expected => return Ok(()),
        Some(_) => "The API key is not valid.",
        None => "The API key is missing: every request must have api_key in its query.",
    };
    Err(Refusal::new(StatusCode::UNAUTHORIZED, message))
}

/// Returns what a request is for, whether the caller is allowed to send it or not.
fn target(head: &Parts) -> RequestTarget<'_> {
    let address = Address::parse(head.uri.path()).ok();
    let path = address.as_ref().map(|address| address.path);
    let operation = path.and_then(|path| routes::find(path, head).ok());
    RequestTarget {
        operation: operation.map(|operation| operation.name),
        path,
        client: address.map(|address| address.client),
        is_http2: head.version == Version::HTTP_2,
    }
}
