//! The control endpoint: faults, the request log, TLS, the clock and emails over HTTP, for tests in other languages.
//!
//! It uses plain HTTP on a separate port on loopback, so that no certificate is needed, and so that it works while TLS is
//! set to fail. A web page in a browser cannot use it: see [`messages`].

mod messages;
mod paths;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request, Response, StatusCode};
use hyper::body::Body as HttpBody;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::Refusal;
use crate::backend::Backend;
use crate::custom_data::{EditError, Lists};
use crate::faults::{FaultId, Injection, kinds};
use crate::service::Service;
use crate::state::{LiveVenue, Mail, MailContent};
use crate::tls::{TlsSettings, TlsSwitch};
use messages::JsonResponse;
use paths::Path;

/// The control endpoint of a sandbox.
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
        let response = async {
            messages::check_host(&head)?;
            let path = Path::parse(head.uri.path())?;
            path.check_method(&head.method)?;
            let body = messages::json_body(&head, body, path.max_body_bytes()).await?;
            self.handle(path, &head, &body)
        };
        response.await.unwrap_or_else(JsonResponse::from).into_response()
    }

    /// Calls the function for a path and a method.
    fn handle(&self, path: Path, head: &Parts, body: &[u8]) -> Result<JsonResponse, Refusal> {
        let method = &head.method;
        match path {
            Path::Index => Ok(JsonResponse::ok(&paths::index())),
            Path::Faults if method == Method::POST => self.inject(body),
            Path::Faults if method == Method::DELETE => {
                self.service.faults.clear();
                Ok(done())
            }
            Path::Faults => Ok(JsonResponse::ok(&self.service.faults.list())),
            Path::FaultKinds => Ok(JsonResponse::ok(&kinds())),
            Path::Fault(id) if method == Method::DELETE => found(id, self.service.faults.remove(id).as_ref()),
            Path::Fault(id) => found(id, self.service.faults.get(id).as_ref()),
            Path::Requests if method == Method::DELETE => {
                self.service.log.clear();
                Ok(done())
            }
            Path::Requests => Ok(self.requests(head)),
            Path::Tls if method == Method::PUT => self.set_tls(body),
            Path::Tls => Ok(JsonResponse::ok(&self.tls.settings())),
            Path::Data if method == Method::PUT => self.edit(head, body),
            Path::Data => {
                let data = self.backend(head)?.data();
                data.map(|data| JsonResponse::ok(&data))
                    .map_err(messages::internal_error)
            }
            Path::Clock if method == Method::POST => self.advance(head, body),
            Path::Clock => self.venue(head).map(|live| time(&live)),
            Path::Outbox => self.venue(head).map(|live| outbox(&live)),
            Path::Reset => self.reset(),
        }
    }

    fn inject(&self, body: &[u8]) -> Result<JsonResponse, Refusal> {
        let injection: Injection = messages::parse(body)?;
        let injected = self.service.inject(injection);
        let id = injected.map_err(|error| Refusal::invalid(error.to_string()))?;
        let fault = self.service.faults.get(id);
        Ok(JsonResponse::new(StatusCode::CREATED, &fault))
    }

    /// Returns all requests, or those of one operation.
    fn requests(&self, head: &Parts) -> JsonResponse {
        JsonResponse::ok(&match messages::parameter(head, "operation") {
            Some(operation) => self.service.log.for_operation(&operation),
            None => self.service.log.to_vec(),
        })
    }

    fn set_tls(&self, body: &[u8]) -> Result<JsonResponse, Refusal> {
        let settings: TlsSettings = messages::parse(body)?;
        self.tls.set(settings).map_err(messages::internal_error)?;
        Ok(JsonResponse::ok(&settings))
    }

    fn advance(&self, head: &Parts, body: &[u8]) -> Result<JsonResponse, Refusal> {
        let Advance { advance_seconds } = messages::parse(body)?;
        let live = self.venue(head)?;
        live.advance(Duration::from_secs(advance_seconds));
        Ok(time(&live))
    }

    /// Replaces lists of the venue.
    fn edit(&self, head: &Parts, body: &[u8]) -> Result<JsonResponse, Refusal> {
        let lists: Lists = messages::parse(body)?;
        let edited = self.backend(head)?.edit(|data| {
            let replaced = lists.replace_in(data);
            replaced.map_err(|name| EditError::new(format!("{name} can only be replaced when a sandbox starts")))
        });
        edited.map_err(|error| Refusal::invalid(error.to_string()))?;
        Ok(done())
    }

    /// Returns the venue that the parameter `client` names, or the first one.
    fn backend(&self, head: &Parts) -> Result<&Backend, Refusal> {
        let Some(client) = messages::parameter(head, "client") else {
            return Ok(&self.service.backend);
        };
        let venue = self.service.venue(&client).map(|(_, backend)| backend);
        venue.ok_or_else(|| {
            let message = format!("There is no venue with the client name '{client}'.");
            Refusal::new(StatusCode::NOT_FOUND, message)
        })
    }

    fn venue(&self, head: &Parts) -> Result<LiveVenue<'_>, Refusal> {
        let message = "A sandbox that replays recorded bodies has no clock and sends no emails.";
        let live = self.backend(head)?.venue();
        live.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, message))
    }

    fn reset(&self) -> Result<JsonResponse, Refusal> {
        self.service.reset();
        self.tls.reset().map_err(messages::internal_error)?;
        Ok(done())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

fn time(live: &LiveVenue<'_>) -> JsonResponse {
    JsonResponse::ok(&json!({ "now": live.now() }))
}

fn outbox(live: &LiveVenue<'_>) -> JsonResponse {
    let mails = live.state().outbox.to_vec();
    JsonResponse::ok(&mails.iter().map(mail).collect::<Vec<_>>())
}

/// Formats an email. A new password is included, because a test needs it to sign in.
fn mail(mail: &Mail) -> Value {
    let (kind, content) = match &mail.content {
        MailContent::NewPassword(password) => ("new_password", json!(password.expose())),
        MailContent::Confirmation(order) => ("confirmation", json!(order)),
    };
    json!({ "customer": mail.customer, "email": mail.email, kind: content })
}

fn done() -> JsonResponse {
    JsonResponse::ok(&json!({ "done": true }))
}

fn found(id: FaultId, fault: Option<&impl serde::Serialize>) -> Result<JsonResponse, Refusal> {
    fault.map(JsonResponse::ok).ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            format!("There is no fault {id}: it was never injected, or it was removed."),
        )
    })
}
