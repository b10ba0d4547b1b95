//! What happens to a request, top-down: who asks, with which key, for what, with which parameters, and the answer.

mod address;
mod body;
mod cookies;
mod parameters;
mod peer;
mod query;
mod refusal;
mod reply;
mod required;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, StatusCode};
use hyper::body::Body as HttpBody;

use crate::answers::{Answers, Call};
use crate::faults::{Faults, Outcome, Plan, Target};
use crate::log::{Entry, RecordedRequest, RequestLog};
use crate::pages::Pages;
use crate::routes;
use crate::writes::refuse_retired;
use address::Address;
pub(crate) use body::read as read_body;
pub(crate) use parameters::Parameters;
pub(crate) use peer::Peer;
pub(crate) use query::Query;
pub(crate) use refusal::{Refusal, error_page};
pub(crate) use reply::Reply;

/// The service behind the TLS of one sandbox, for one client.
pub(crate) struct Service {
    pub(crate) client_name: String,
    pub(crate) api_key: String,
    pub(crate) pages: Pages,
    pub(crate) answers: Answers,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    /// Whether customers can only be read.
    pub(crate) retired_customers: bool,
}

impl Service {
    /// Answers a request, a refusal being an answer too, unless a fault strikes it.
    pub(crate) async fn respond<B>(&self, peer: &Peer, request: Request<B>) -> Outcome
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let (head, body) = request.into_parts();
        let target = target(&head);
        let session = cookies::session(&head.headers);
        let entry = self
            .log
            .arrived(RecordedRequest::new(&head, target.operation, session.is_some()));
        let plan = Plan::new(self.faults.strike(&target));
        // A timer's shortest time is a millisecond, which nobody has asked for.
        if !plan.delay().is_zero() {
            tokio::time::sleep(plan.delay()).await;
        }
        if plan.forgets_session() {
            self.forget_session(session);
        }
        let outcome = match plan.instead() {
            Some(outcome) => {
                if outcome.is_some() {
                    // Whoever answers in the service's place has read the request too.
                    self.read(body, entry).await.ok();
                }
                outcome
            }
            None => plan.spoil(match self.handle(peer, &head, session, body, entry).await {
                Ok(reply) => reply.into_response(),
                Err(refusal) => refusal.into_response(),
            }),
        };
        if let Some(response) = &outcome {
            self.log.answered(entry, response.status());
        }
        outcome
    }

    async fn handle<B>(
        &self,
        peer: &Peer,
        head: &Parts,
        session: Option<&str>,
        body: B,
        entry: Entry,
    ) -> Result<Reply, Refusal>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let address = Address::parse(head.uri.path())?;
        self.admit(peer, address.client)?;
        if let Some(page) = address.help_page() {
            return self.pages.answer(page, &head.method);
        }
        let query = Query::parse(head.uri.query().unwrap_or_default())?;
        self.check_key(&query)?;
        let operation = routes::find(address.path, head)?;
        let parameters = Parameters::check(operation, &query)?;
        let body = self.read(body, entry).await?;
        if self.retired_customers {
            refuse_retired(operation)?;
        }
        self.answers.answer(&Call {
            operation,
            parameters: &parameters,
            session,
            head,
            body: &body,
        })
    }

    async fn read<B>(&self, body: B, entry: Entry) -> Result<Bytes, Refusal>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let body = read_body(body).await?;
        self.log.sent(entry, &body);
        Ok(body)
    }

    fn forget_session(&self, session: Option<&str>) {
        if let (Some(world), Some(session)) = (self.answers.world(), session) {
            world.state().forget_session(session);
        }
    }

    /// As it was at start, as if nobody had ever asked.
    pub(crate) fn reset(&self) {
        self.faults.clear();
        self.log.clear();
        if let Some(world) = self.answers.world() {
            world.reset();
        }
    }

    /// The certificate must have been issued for the client in the path, and that client must be ours.
    fn admit(&self, peer: &Peer, client: &str) -> Result<(), Refusal> {
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

    fn check_key(&self, query: &Query) -> Result<(), Refusal> {
        let message = match query.get("api_key") {
            Some(key) if key == self.api_key => return Ok(()),
            Some(_) => "The API key is not valid.",
            None => "The API key is missing: every call carries api_key in its query.",
        };
        Err(Refusal::new(StatusCode::UNAUTHORIZED, message))
    }
}

/// What a request is aimed at, whoever asks, and whether they may.
fn target(head: &Parts) -> Target<'_> {
    let path = Address::parse(head.uri.path()).ok().map(|address| address.path);
    let operation = path.and_then(|path| routes::find(path, head).ok());
    Target {
        operation: operation.map(|operation| operation.name),
        path,
    }
}
