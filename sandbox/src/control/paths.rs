//! What the endpoint has, where, and what may be done with it.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::answer::Refusal;
use crate::faults::FaultId;

/// One of the endpoint's paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Index,
    Faults,
    Fault(FaultId),
    Requests,
    Tls,
    Clock,
    Outbox,
    Reset,
}

/// Path, method, and what it does: what the index answers.
const ALL: &[(&str, &str, &str)] = &[
    ("/", "GET", "this list"),
    ("/faults", "GET", "the faults, with how often each matched and fired"),
    (
        "/faults",
        "POST",
        "adds one: {\"fault\": {\"kind\": \"reset\"}, \"operation\": \"GetEvents\", \"after\": 1, \"times\": 2}, of which only the fault must be there; \"path\" in place of an operation",
    ),
    ("/faults", "DELETE", "removes all"),
    ("/faults/{id}", "GET", "one fault"),
    ("/faults/{id}", "DELETE", "removes one, and answers what it was"),
    (
        "/requests",
        "GET",
        "the requests so far, oldest first; ?operation=GetEvents for those of one operation",
    ),
    ("/requests", "DELETE", "forgets them"),
    ("/tls", "GET", "what is shown and spoken before any request"),
    (
        "/tls",
        "PUT",
        "changes it: {\"server_certificate\": \"expired\", \"versions\": \"only12\", \"http\": \"only_http1\", \"clients\": \"refused_as_expired\"}, each of which may be missing and is then as usual",
    ),
    ("/clock", "GET", "what time it is in the sandbox"),
    ("/clock", "POST", "puts the clock forward: {\"advance_seconds\": 660}"),
    (
        "/outbox",
        "GET",
        "the mails that customers would have got, oldest first",
    ),
    (
        "/reset",
        "POST",
        "everything as it was at the start: customers, baskets, orders, seats, the clock, TLS; no faults, no requests, no mails",
    ),
];

pub(super) fn index() -> Value {
    let paths = ALL.iter();
    paths
        .map(|(path, method, what)| json!({ "method": method, "path": path, "what": what }))
        .collect()
}

impl Path {
    pub(super) fn parse(path: &str) -> Result<Self, Refusal> {
        let found = match path {
            "/" => Some(Self::Index),
            "/faults" => Some(Self::Faults),
            "/requests" => Some(Self::Requests),
            "/tls" => Some(Self::Tls),
            "/clock" => Some(Self::Clock),
            "/outbox" => Some(Self::Outbox),
            "/reset" => Some(Self::Reset),
            path => path.strip_prefix("/faults/").and_then(FaultId::parse).map(Self::Fault),
        };
        found.ok_or_else(|| {
            let message = format!("There is nothing at '{path}'. GET / lists what there is.");
            Refusal::new(StatusCode::NOT_FOUND, message)
        })
    }

    pub(super) fn check_method(self, method: &Method) -> Result<(), Refusal> {
        let here = ALL.iter().filter(|(path, ..)| *path == self.template());
        let allowed: Vec<_> = here.map(|(_, method, _)| *method).collect();
        if allowed.contains(&method.as_str()) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("{method} means nothing here. It is one of {}.", allowed.join(", ")),
        ))
    }

    fn template(self) -> &'static str {
        match self {
            Self::Index => "/",
            Self::Faults => "/faults",
            Self::Fault(_) => "/faults/{id}",
            Self::Requests => "/requests",
            Self::Tls => "/tls",
            Self::Clock => "/clock",
            Self::Outbox => "/outbox",
            Self::Reset => "/reset",
        }
    }
}
