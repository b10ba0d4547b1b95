//! The paths and methods of the control endpoint, and their descriptions.

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{MAX_BODY_BYTES, Refusal};
use crate::faults::FaultId;

/// A path of the control endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Index,
    Faults,
    FaultKinds,
    Fault(FaultId),
    Requests,
    Tls,
    Data,
    Clock,
    Outbox,
    Reset,
}

/// All paths and methods with a description, as the index lists them.
const ALL: &[(&str, &str, &str)] = &[
    ("/", "GET", "returns this list"),
    (
        "/faults",
        "GET",
        "returns the faults, with how often each matched a request and fired",
    ),
    (
        "/faults",
        "POST",
        "adds a fault: {\"fault\": {\"kind\": \"reset\"}, \"operation\": \"GetEvents\", \"after\": 1, \"times\": 2}. Only \"fault\" is required. \"path\" can be set instead of an operation, and \"client\" limits it to one of several venues.",
    ),
    ("/faults", "DELETE", "removes all faults"),
    (
        "/faults/kinds",
        "GET",
        "returns all kinds of faults, each with an example and a description",
    ),
    ("/faults/{id}", "GET", "returns a fault"),
    ("/faults/{id}", "DELETE", "removes a fault, and returns it"),
    (
        "/requests",
        "GET",
        "returns the requests so far, oldest first. ?operation=GetEvents returns those of one operation.",
    ),
    ("/requests", "DELETE", "clears the log of requests"),
    ("/tls", "GET", "returns the TLS settings"),
    (
        "/tls",
        "PUT",
        "sets the TLS settings: {\"server_certificate\": \"expired\", \"versions\": \"only12\", \"http\": \"only_http1\", \"clients\": \"refused_as_expired\"}. A setting that is missing has its default.",
    ),
    (
        "/data",
        "GET",
        "returns the lists of the venue, as PUT takes them and as --data reads them. ?client=NAME selects one of several venues, also in PUT and in /outbox.",
    ),
    (
        "/data",
        "PUT",
        "replaces lists of the venue: {\"events\": [...], \"instances\": [...]}. A list is replaced as a whole, so an item that it lacks is removed. Lists that are missing stay as they are, except that objects of something that was removed are removed too, such as the instances of an event. Any other reference to an object that does not exist is an error, and then nothing changes.",
    ),
    ("/clock", "GET", "returns the time in the sandbox"),
    ("/clock", "POST", "advances the clock: {\"advance_seconds\": 660}"),
    (
        "/outbox",
        "GET",
        "returns the emails that customers would have received, oldest first",
    ),
    (
        "/reset",
        "POST",
        "resets everything to how it was at the start: the lists of the venue, customers, baskets, orders, seats, the clock, TLS. Removes faults, requests and emails.",
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
            "/faults/kinds" => Some(Self::FaultKinds),
            "/requests" => Some(Self::Requests),
            "/tls" => Some(Self::Tls),
            "/data" => Some(Self::Data),
            "/clock" => Some(Self::Clock),
            "/outbox" => Some(Self::Outbox),
            "/reset" => Some(Self::Reset),
            path => path.strip_prefix("/faults/").and_then(FaultId::parse).map(Self::Fault),
        };
        found.ok_or_else(|| {
            let message = format!("There is nothing at '{path}'. GET / lists the paths.");
            Refusal::new(StatusCode::NOT_FOUND, message)
        })
    }

    /// Returns how long the body of a request can be. The lists of a venue with 100,000 instances fit.
    pub(super) fn max_body_bytes(self) -> usize {
        if self == Self::Data {
            128 * MAX_BODY_BYTES
        } else {
            MAX_BODY_BYTES
        }
    }

    pub(super) fn check_method(self, method: &Method) -> Result<(), Refusal> {
        let here = ALL.iter().filter(|(path, ..)| *path == self.template());
        let allowed: Vec<_> = here.map(|(_, method, _)| *method).collect();
        if allowed.contains(&method.as_str()) {
            return Ok(());
        }
        Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!(
                "The method {method} is not allowed here. Allowed: {}.",
                allowed.join(", ")
            ),
        ))
    }

    fn template(self) -> &'static str {
        match self {
            Self::Index => "/",
            Self::Faults => "/faults",
            Self::FaultKinds => "/faults/kinds",
            Self::Fault(_) => "/faults/{id}",
            Self::Requests => "/requests",
            Self::Tls => "/tls",
            Self::Data => "/data",
            Self::Clock => "/clock",
            Self::Outbox => "/outbox",
            Self::Reset => "/reset",
        }
    }
}
