//! Tests of the request of every operation: request line, query parameters, body.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use spektrix_v2_tests::reading::Side;
use spektrix_v2_tests::{counts, pages};

use crate::calls::{self, Call};
use crate::snapshot;

/// The snapshots have line breaks between tags, to be readable. Nothing else is added.
#[test]
fn requests_match_their_snapshots() -> anyhow::Result<()> {
    for call in calls::all()? {
        snapshot::check("requests", call.info.name, &shown(&call)?);
    }
    Ok(())
}

fn shown(call: &Call) -> anyhow::Result<String> {
    let mut shown = format!("{} {}\n", call.info.method, call.info.path);
    for (name, value) in call.parameters.iter() {
        writeln!(shown, "  {name} = {value}")?;
    }
    if let Err(refused) = call.parameters.check(&call.info) {
        writeln!(shown, "refused before it is sent: {refused}")?;
    }
    if let Some(body) = &call.body {
        assert!(!body.contains('\n'), "{}: a line break would be sent", call.info.name);
        writeln!(shown, "\n{}", body.replace("><", ">\n<"))?;
    }
    Ok(shown)
}

#[test]
fn every_parameter_is_set() -> anyhow::Result<()> {
    for call in calls::all()? {
        let set: Vec<&str> = call.parameters.iter().map(|(name, _)| name).collect();
        assert_eq!(set, call.info.parameters, "{}", call.info.name);
    }
    Ok(())
}

/// This ensures that the snapshots show every element that can be sent.
#[test]
fn every_path_of_the_request_examples_is_sent() -> anyhow::Result<()> {
    for call in calls::all()? {
        let example = pages::example(call.info.name, Side::Request)?;
        let (expected, sent) = (paths(example)?, paths(call.body)?);
        let different: Vec<_> = expected.symmetric_difference(&sent).collect();
        assert!(
            different.is_empty(),
            "{}: on one side only: {different:?}",
            call.info.name
        );
    }
    Ok(())
}

fn paths(xml: Option<String>) -> anyhow::Result<BTreeSet<String>> {
    let counts = xml.map(|xml| counts::of_xml(&xml)).transpose()?;
    Ok(counts.unwrap_or_default().into_keys().collect())
}
