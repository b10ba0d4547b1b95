//! Bodies that are cut off, corrupted, slow or unusual.

use std::time::Duration;

use spektrix_v2_sandbox::Fault;

use super::Cause::{LateResponse, Response};
use super::Row;
use crate::expected::Expected::{Success, SuccessOr};
use crate::expected::fails;

pub(super) fn rows() -> Vec<Row> {
    let slow = Fault::Drip {
        chunk: 4096,
        pause: Duration::from_millis(1),
    };
    let late = fails(&[&["timeout"]], 3..=3, &["slow. Allow more time"]);
    let stalled = fails(
        &[&["timeout"]],
        1..=1,
        &["allow more time with `ClientBuilder::timeout`"],
    );
    // If the reset overtakes the data before it, not even the headers arrive.
    let hints = &[
        "the connection broke",
        "a refused client certificate often shows only as a closed connection",
    ];
    let reset = fails(&[&["connect"]], 3..=3, hints);
    // A body that lacks its end is retried. A stream has begun.
    let cut = fails(&[&["decode"]], 3..=3, &["may have cut the response off"]);
    let malformed = cut.clone().once();
    let huge = fails(&[&["decode"]], 1..=1, &["or raise the limit"]);
    let strange = fails(&[&["decode"]], 1..=1, &["may have changed the response"]);
    vec![
        Row::new("a slow body", Response(slow), Success, Success),
        Row::new(
            "a body that stalls",
            LateResponse(Fault::Stall { after: 60 }),
            late.clone(),
            late.clone().with_unknown_outcome(),
        )
        .empty_write(SuccessOr(late.with_unknown_outcome()))
        .stream(stalled),
        Row::new(
            "a reset within the body",
            Response(Fault::ResetWithinBody { after: 60 }),
            reset.clone(),
            reset.clone().with_unknown_outcome(),
        )
        .empty_write(SuccessOr(reset.with_unknown_outcome()))
        .stream(fails(&[&["connect"]], 1..=3, hints)),
        Row::new(
            "a body that is cut off",
            Response(Fault::Truncated { after: 60 }),
            cut.clone(),
            cut.clone().with_unknown_outcome(),
        )
        .empty_write(Success)
        .stream(cut.clone().once()),
        Row::new(
            "a body that is not XML",
            Response(Fault::Malformed),
            malformed.clone(),
            malformed.with_unknown_outcome(),
        ),
        Row::new(
            "no body",
            Response(Fault::EmptyBody),
            cut.clone(),
            cut.clone().with_unknown_outcome(),
        )
        .empty_write(Success)
        .stream(cut.once()),
        Row::new(
            "a huge body",
            Response(Fault::Oversized { bytes: 3 << 20 }),
            huge.clone(),
            huge.with_unknown_outcome(),
        ),
        Row::new(
            "a body in UTF-16",
            Response(Fault::Utf16),
            strange.clone(),
            strange.with_unknown_outcome(),
        ),
        Row::new("a byte order mark", Response(Fault::ByteOrderMark), Success, Success),
        Row::new("unknown parts", Response(Fault::UnknownParts), Success, Success),
        Row::new("another content type", Response(content_type()), Success, Success),
    ]
}

fn content_type() -> Fault {
    Fault::ContentType {
        value: "text/plain".to_owned(),
    }
}
