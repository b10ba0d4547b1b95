//! The path of a request: log, faults, authentication, routing, parameters, body, and the operation itself.

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, StatusCode, Version};
use hyper::body::Body as HttpBody;
use spektrix_v2::Effect;

use crate::api::{Call, ContentCoding, Parameters, Query, Refusal, Reply, read_body, session_cookie};
use crate::custom_data::{EditError, VenueData};
use crate::faults::{Affinity, FaultPlan, Faults, Outcome, RequestTarget, compress};
use crate::help_pages::HelpPages;
use crate::replay::Replay;
use crate::request_log::{EntryId, RecordedRequest, RequestLog};
use crate::routes::{self, Address};
use crate::state::{LiveVenue, SharedVenue};
use crate::tls::Peer;
use crate::writes::{WritePolicy, new_session};
use crate::{reads, writes};

/// The service behind the TLS of one sandbox, for one client.
pub(crate) struct Service {
    pub(crate) client_name: String,
    pub(crate) api_key: String,
    pub(crate) help_pages: HelpPages,
    pub(crate) backend: Backend,
    pub(crate) faults: Faults,
    pub(crate) affinity: Affinity,
    pub(crate) log: RequestLog,
    pub(crate) write_policy: WritePolicy,
}

/// Where responses come from.
pub(crate) enum Backend {
    /// Recorded bodies.
    Replay(Replay),
    /// The fictional venue.
    Venue(Box<SharedVenue>),
}

impl Backend {
    fn respond(&self, call: &Call<'_>) -> Result<Reply, Refusal> {
        match self {
            Self::Replay(replay) => replay.respond(call),
            Self::Venue(venue) if call.operation.effect == Effect::Write => writes::respond(&venue.open(), call),
            Self::Venue(venue) => reads::respond(&venue.open(), call),
        }
    }

    /// Opens the venue, unless the backend is a replay.
    pub(crate) fn venue(&self) -> Option<LiveVenue<'_>> {
        self.shared_venue().map(SharedVenue::open)
    }

    fn shared_venue(&self) -> Option<&SharedVenue> {
        match self {
            Self::Replay(_) => None,
            Self::Venue(venue) => Some(venue),
        }
    }

    /// Edits the venue. A replay has none.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut VenueData) -> Result<(), EditError>) -> Result<(), EditError> {
        let message =
            "a sandbox that replays recorded bodies cannot be edited: start it with the bodies as custom data";
        let venue = self.shared_venue().ok_or_else(|| EditError::new(message))?;
        venue.edit(change)
    }
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
        let is_known = |session: &&str| server.is_none_or(|server| self.affinity.knows(server, session));
        let session = session_cookie(&head.headers).filter(is_known);
        if plan.forgets_session() {
            self.remove_session(session);
        }
        let reply = self.handle(peer, head, session, body, entry, plan).await;
        let mut response = match reply.and_then(|reply| self.rename_session(session, reply, plan)) {
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
        self.authenticate(peer, address.client)?;
        if let Some(page) = address.help_page() {
            return self.help_pages.respond(page, &head.method);
        }
        let query = Query::parse(head.uri.query().unwrap_or_default())?;
        self.check_api_key(&query)?;
        let operation = routes::find(address.path, head)?;
        if let Err(refusal) = self.write_policy.check(operation) {
            // Read for the log, so that a test can check what was refused.
            self.read_body(body, entry).await?;
            return Err(refusal);
        }
        let mut parameters = Parameters::parse(operation, &query)?;
        parameters.set_paging_faults(plan.paging());
        let body = self.read_body(body, entry).await?;
        self.backend.respond(&Call {
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

    fn remove_session(&self, session: Option<&str>) {
        if let (Some(live), Some(session)) = (self.backend.venue(), session) {
            live.state().remove_session(session);
        }
    }

    /// Gives the session of a request that was processed another id, if a fault does that.
    fn rename_session(&self, session: Option<&str>, reply: Reply, plan: &FaultPlan) -> Result<Reply, Refusal> {
        let (Some(live), Some(session), true) = (self.backend.venue(), session, plan.renames_session()) else {
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
        if let Some(venue) = self.backend.shared_venue() {
            venue.reset();
        }
    }

    /// Checks that the certificate was issued for the client in the path, and that this is the sandbox's client.
    fn authenticate(&self, peer: &Peer, client: &str) -> Result<(), Refusal> {
        if peer.common_name() != Some(client) {
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                format!("The client certificate was not issued for the client '{client}'."),
            ));
        }
        if client != self.client_name {
            return Err(Refusal::new(
                StatusCode::NOT_FOUND,
                format!("There is no client '{client}'."),
            ));
        }
        Ok(())
    }

    fn check_api_key(&self, query: &Query) -> Result<(), Refusal> {
        let message = match query.get("api_key") {
            Some(key) if key == self.api_key => return Ok(()),
            Some(_) => "The API key is not valid.",
            None => "The API key is missing: every request must have api_key in its query.",
        };
        Err(Refusal::new(StatusCode::UNAUTHORIZED, message))
    }
}

/// Returns what a request is for, whether the caller is allowed to send it or not.
fn target(head: &Parts) -> RequestTarget<'_> {
    let path = Address::parse(head.uri.path()).ok().map(|address| address.path);
    let operation = path.and_then(|path| routes::find(path, head).ok());
    RequestTarget {
        operation: operation.map(|operation| operation.name),
        path,
        is_http2: head.version == Version::HTTP_2,
    }
}
