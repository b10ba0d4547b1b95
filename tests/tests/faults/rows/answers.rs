//! Answers that are another than the one that was asked for: late, lost, a refusal, a page of somebody else.

use std::time::Duration;

use spektrix_v2_sandbox::{Fault, RetryAfter};

use super::Cause::{Answer, Late};
use super::Row;
use crate::expected::Expected::Success;
use crate::expected::{Failure, fails};

pub(super) fn rows() -> Vec<Row> {
    let retry_after = Some(RetryAfter::Seconds(600));
    let late = fails(&[&["timeout"]], 3..=3, &["slow: try again later"]);
    let closed = fails(
        &[&["connect"]],
        3..=3,
        &["a refused client certificate often shows only like this"],
    );
    let busy = fails(&[&["rate_limited"]], 3..=3, &["too many requests"]);
    let down = fails(&[&["server"]], 3..=3, &["not available at the moment"]);
    let broken = fails(&[&["server"]], 1..=1, &["the service failed"]);
    let web_page = fails(&[&["decode"]], 1..=1, &["a sign-in page or a maintenance notice"]);
    let elsewhere = fails(&[&[]], 1..=1, &["check the base URL"]);
    vec![
        Row::new(
            "nothing",
            Answer(Fault::Latency { delay: Duration::ZERO }),
            Success,
            Success,
        ),
        Row::new(
            "an answer too late",
            Late(Fault::Latency {
                delay: Duration::from_secs(600),
            }),
            late.clone(),
            late.in_the_dark(),
        )
        .stream(fails(
            &[&["timeout"]],
            1..=1,
            &["allow more time with `ClientBuilder::timeout`"],
        )),
        Row::new(
            "a reset before it acts",
            Answer(Fault::Reset),
            closed.clone(),
            closed.clone().in_the_dark(),
        ),
        Row::new(
            "a reset after it acted",
            Answer(Fault::LoseResponse),
            closed.clone(),
            closed.in_the_dark(),
        ),
        Row::new(
            "too many requests",
            Answer(status(429)),
            busy.clone(),
            busy.clone().once(),
        ),
        Row::new(
            "too many requests for a long time",
            Answer(Fault::Status {
                status: 429,
                retry_after,
            }),
            busy.clone().once(),
            busy.once(),
        ),
        Row::new("down", Answer(status(503)), down.clone(), down.clone().in_the_dark()),
        Row::new(
            "down, says a page",
            Answer(Fault::HtmlPage { status: 502 }),
            down.clone(),
            down.in_the_dark(),
        ),
        Row::new("broken", Answer(status(500)), broken.clone(), broken.in_the_dark()),
        refused(
            "an unknown key",
            401,
            fails(&[&["unauthorized"]], 1..=1, &["check the API key"]),
        ),
        refused(
            "no access",
            403,
            fails(&[&["forbidden"]], 1..=1, &["those of this venue"]),
        ),
        refused(
            "not there",
            404,
            fails(&[&["not_found"]], 1..=1, &["what was asked for does not exist"]),
        ),
        refused(
            "not accepted",
            400,
            fails(&[&["validation"]], 1..=1, &["does not accept the values"]),
        ),
        Row::new(
            "a web page",
            Answer(Fault::HtmlPage { status: 200 }),
            web_page.clone(),
            web_page.in_the_dark(),
        ),
        Row::new("a redirect", Answer(redirect()), elsewhere.clone(), elsewhere),
    ]
}

/// A refusal is one, whoever is refused.
fn refused(name: &'static str, code: u16, expected: Failure) -> Row {
    Row::new(name, Answer(status(code)), expected.clone(), expected)
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
