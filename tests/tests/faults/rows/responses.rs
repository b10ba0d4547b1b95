//! Responses that are late, lost, a refusal, or a page of another server.

use std::time::Duration;

use spektrix_v2_sandbox::{Fault, RetryAfter};

use super::Cause::{LateResponse, Response};
use super::Row;
use crate::expected::Expected::Success;
use crate::expected::{Failure, fails};

pub(super) fn rows() -> Vec<Row> {
    [lost(), failures(), refusals()].into_iter().flatten().collect()
}

/// No response, or a late one.
fn lost() -> Vec<Row> {
    let late = fails(&[&["timeout"]], 3..=3, &["slow. Allow more time"]);
    let closed = fails(
        &[&["connect"]],
        3..=3,
        // A page follows one that arrived with the same certificate.
        &[
            "a refused client certificate often shows only as a closed connection",
            "the connection broke",
        ],
    );
    vec![
        Row::new(
            "nothing",
            Response(Fault::Latency { delay: Duration::ZERO }),
            Success,
            Success,
        ),
        Row::new(
            "a late response",
            LateResponse(Fault::Latency {
                delay: Duration::from_secs(600),
            }),
            late.clone(),
            late.with_unknown_outcome(),
        )
        .stream(fails(
            &[&["timeout"]],
            1..=1,
            &["allow more time with `ClientBuilder::timeout`"],
        )),
        Row::new(
            "a reset before the service acts",
            Response(Fault::Reset),
            closed.clone(),
            closed.clone().with_unknown_outcome(),
        ),
        Row::new(
            "a reset after the service acted",
            Response(Fault::LoseResponse),
            closed.clone(),
            closed.with_unknown_outcome(),
        ),
    ]
}

/// The service is not available, or fails.
fn failures() -> Vec<Row> {
    let retry_after = Some(RetryAfter::Seconds(600));
    let busy = fails(&[&["rate_limited"]], 3..=3, &["too many requests"]);
    let down = fails(&[&["server"]], 3..=3, &["the service is not available"]);
    let broken = fails(&[&["server"]], 1..=1, &["the service failed"]);
    vec![
        Row::new(
            "too many requests",
            Response(status(429)),
            busy.clone(),
            busy.clone().once(),
        ),
        Row::new(
            "too many requests for a long time",
            Response(Fault::Status {
                status: 429,
                retry_after,
            }),
            busy.clone().once(),
            busy.once(),
        ),
        Row::new(
            "down",
            Response(status(503)),
            down.clone(),
            down.clone().with_unknown_outcome(),
        ),
        Row::new(
            "down, with a page",
            Response(Fault::HtmlPage { status: 502 }),
            down.clone(),
            down.with_unknown_outcome(),
        ),
        Row::new(
            "broken",
            Response(status(500)),
            broken.clone(),
            broken.with_unknown_outcome(),
        ),
    ]
}

/// The service refuses the request, or another server responds.
fn refusals() -> Vec<Row> {
    let web_page = fails(&[&["decode"]], 1..=1, &["a sign-in page or a maintenance page"]);
    let elsewhere = fails(&[&[]], 1..=1, &["Check the base URL"]);
    vec![
        refused(
            "an unknown key",
            401,
            fails(&[&["unauthorized"]], 1..=1, &["check the API key"]),
        ),
        refused(
            "no access",
            403,
            fails(&[&["forbidden"]], 1..=1, &["belong to this venue"]),
        )
        .empty_write(fails(&[&["forbidden", "retired"]], 1..=1, &["since 2025"])),
        refused(
            "not there",
            404,
            fails(&[&["not_found"]], 1..=1, &["the object does not exist"]),
        )
        .empty_write(fails(&[&["not_found", "retired"]], 1..=1, &["since 2025"])),
        refused(
            "not accepted",
            400,
            fails(&[&["validation"]], 1..=1, &["did not accept the values"]),
        ),
        Row::new(
            "a web page",
            Response(Fault::HtmlPage { status: 200 }),
            web_page.clone(),
            web_page.with_unknown_outcome(),
        ),
        Row::new("a redirect", Response(redirect()), elsewhere.clone(), elsewhere),
    ]
}

/// A refusal has the same result for every kind of call.
fn refused(name: &'static str, code: u16, expected: Failure) -> Row {
    Row::new(name, Response(status(code)), expected.clone(), expected)
}

fn status(status: u16) -> Fault {
    Fault::Status {
        status,
        retry_after: None,
    }
}

fn redirect() -> Fault {
    Fault::Redirect {
        location: "https://elsewhere.invalid/".to_owned(),
    }
}
