//! The control endpoint: faults, the log and the rest over HTTP, for test suites in other languages.
//!
//! Plain HTTP on a port of its own, on loopback: it is reached without a certificate, and also while the sandbox is told
//! to show a wrong one. A page in a browser cannot use it: whoever sends a body has to say that it is JSON, which browsers
//! ask leave for first, and the host has to be this machine by name.

mod answer;
mod paths;
mod request;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use hyper::body::Body as HttpBody;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::{FaultId, Injection};
use crate::service::Service;
use crate::state::{Mail, MailContent, World};
use crate::tls::{TlsSettings, TlsSwitch};
use answer::{Answer, Refusal};
use paths::Path;

/// What the endpoint controls.
pub(crate) struct Control {
    service: Arc<Service>,
    tls: Arc<TlsSwitch>,
}

impl Control {
    pub(crate) fn new(service: Arc<Service>, tls: Arc<TlsSwitch>) -> Self {
        Self { service, tls }
    }

    pub(crate) async fn respond<B>(&self, request: Request<B>) -> Response<Bytes>
    where
        B: HttpBody<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
    {
        let (head, body) = request.into_parts();
        let answer = async {
            request::check_host(&head)?;
            let path = Path::parse(head.uri.path())?;
            path.check_method(&head.method)?;
            let body = request::body(&head, body).await?;
            self.answer(path, &head, &body)
        };
        answer.await.unwrap_or_else(Answer::from).into_response()
    }

    /// One arm for each path, with a line for each of its methods.
    fn answer(&self, path: Path, head: &Parts, body: &[u8]) -> Result<Answer, Refusal> {
        let method = &head.method;
        match path {
            Path::Index => Ok(Answer::ok(&paths::index())),
            Path::Faults if method == Method::POST => self.inject(body),
            Path::Faults if method == Method::DELETE => {
                self.service.faults.clear();
                Ok(done())
            }
            Path::Faults => Ok(Answer::ok(&self.service.faults.list())),
            Path::Fault(id) if method == Method::DELETE => found(id, self.service.faults.remove(id).as_ref()),
            Path::Fault(id) => found(id, self.service.faults.get(id).as_ref()),
            Path::Requests if method == Method::DELETE => {
                self.service.log.clear();
                Ok(done())
            }
            Path::Requests => Ok(self.requests(head)),
            Path::Tls if method == Method::PUT => self.set_tls(body),
            Path::Tls => Ok(Answer::ok(&self.tls.settings())),
            Path::Clock if method == Method::POST => self.advance(body),
            Path::Clock => self.world().map(now),
            Path::Outbox => self.world().map(outbox),
            Path::Reset => self.reset(),
        }
    }

    fn inject(&self, body: &[u8]) -> Result<Answer, Refusal> {
        let injection: Injection = request::parse(body)?;
        let id = self.service.faults.inject(injection).map_err(Refusal::bad_request)?;
        let listed = self.service.faults.get(id);
        Ok(Answer::new(StatusCode::CREATED, &listed))
    }

    /// All requests, or those of one operation.
    fn requests(&self, head: &Parts) -> Answer {
        Answer::ok(&match request::parameter(head, "operation") {
            Some(operation) => self.service.log.of(&operation),
            None => self.service.log.to_vec(),
        })
    }

    fn set_tls(&self, body: &[u8]) -> Result<Answer, Refusal> {
        let settings: TlsSettings = request::parse(body)?;
        self.tls.set(settings).map_err(Refusal::failed)?;
        Ok(Answer::ok(&settings))
    }

    fn advance(&self, body: &[u8]) -> Result<Answer, Refusal> {
        let Advance { advance_seconds } = request::parse(body)?;
        let world = self.world()?;
        world.advance(Duration::from_secs(advance_seconds));
        Ok(now(world))
    }

    fn world(&self) -> Result<&World, Refusal> {
        let message = "A sandbox that replays recorded bodies has no clock and sends no mail.";
        let world = self.service.answers.world();
        world.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, message))
    }

    /// As it was at start.
    fn reset(&self) -> Result<Answer, Refusal> {
        self.service.reset();
        self.tls.reset().map_err(Refusal::failed)?;
        Ok(done())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

fn now(world: &World) -> Answer {
    Answer::ok(&json!({ "now": world.now() }))
}

fn outbox(world: &World) -> Answer {
    let mails = world.state().outbox.to_vec();
    Answer::ok(&mails.iter().map(mail).collect::<Vec<_>>())
}

/// With its password, which a test has to read somewhere, as the customer would.
fn mail(mail: &Mail) -> Value {
    let (kind, content) = match &mail.content {
        MailContent::NewPassword(password) => ("new_password", json!(password.expose())),
        MailContent::Confirmation(order) => ("confirmation", json!(order)),
    };
    json!({ "customer": mail.customer, "email": mail.email, kind: content })
}

fn done() -> Answer {
    Answer::ok(&json!({ "done": true }))
}

fn found(id: FaultId, fault: Option<&impl serde::Serialize>) -> Result<Answer, Refusal> {
    fault.map(Answer::ok).ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            format!("There is no fault {id}: it was removed, or never there."),
        )
    })
}
