//! Bodies that are cut, spoilt, slow or strange.

use std::time::Duration;

use spektrix_v2_sandbox::Fault;

use super::Cause::{Answer, Late};
use super::Row;
use crate::expected::Expected::{Success, SuccessOr};
use crate::expected::fails;

pub(super) fn rows() -> Vec<Row> {
    let slow = Fault::Drip {
        chunk: 4096,
        pause: Duration::from_millis(1),
    };
    let late = fails(&[&["timeout"]], 3..=3, &["slow: try again later"]);
    let stalled = fails(
        &[&["timeout"]],
        1..=1,
        &["allow more time with `ClientBuilder::timeout`"],
    );
    // Where the reset overtakes what was sent before it, not even the head has come.
    let hints = &[
        "a read can be sent again",
        "a refused client certificate often shows only like this",
    ];
    let reset = fails(&[&["connect"]], 3..=3, hints);
    let cut = fails(&[&["decode"]], 1..=1, &["cut short on its way"]);
    let huge = fails(&[&["decode"]], 1..=1, &["or raise the limit"]);
    let strange = fails(&[&["decode"]], 1..=1, &["may have changed the answer"]);
    vec![
        Row::new("a slow body", Answer(slow), Success, Success),
        Row::new(
            "a body that stalls",
            Late(Fault::Stall { after: 60 }),
            late.clone(),
            late.clone().in_the_dark(),
        )
        .empty_write(SuccessOr(late.in_the_dark()))
        .stream(stalled),
        Row::new(
            "a reset within the body",
            Answer(Fault::ResetWithinBody { after: 60 }),
            reset.clone(),
            reset.clone().in_the_dark(),
        )
        .empty_write(SuccessOr(reset.in_the_dark()))
        .stream(fails(&[&["connect"]], 1..=3, hints)),
        Row::new(
            "a body that is cut",
            Answer(Fault::Truncated { after: 60 }),
            cut.clone(),
            cut.clone().in_the_dark(),
        )
        .empty_write(Success),
        Row::new(
            "a body that is no XML",
            Answer(Fault::Malformed),
            cut.clone(),
            cut.clone().in_the_dark(),
        ),
        Row::new("no body", Answer(Fault::EmptyBody), cut.clone(), cut.in_the_dark()).empty_write(Success),
        Row::new(
            "a huge body",
            Answer(Fault::Oversized { bytes: 3 << 20 }),
            huge.clone(),
            huge.in_the_dark(),
        ),
        Row::new(
            "a body in UTF-16",
            Answer(Fault::Utf16),
            strange.clone(),
            strange.in_the_dark(),
        ),
        Row::new("a byte order mark", Answer(Fault::ByteOrderMark), Success, Success),
        Row::new(
            "parts that no schema knows",
            Answer(Fault::UnknownParts),
            Success,
            Success,
        ),
        Row::new("another content type", Answer(content_type()), Success, Success),
    ]
}

fn content_type() -> Fault {
    Fault::ContentType {
        value: "text/plain".to_owned(),
    }
}
