//! Tests that cover every operation of the help feed exactly once.

use std::collections::BTreeSet;

use spektrix_v2::{BodyNames, OperationInfo, operations};
use spektrix_v2_codegen::template;
use spektrix_v2_tests::pages;
use spektrix_v2_tests::reading::Side;

use crate::calls;
use crate::snapshot;

#[test]
fn every_operation_of_the_feed_is_called_once() -> anyhow::Result<()> {
    let mut feed: Vec<String> = pages::feed()?
        .operations
        .into_iter()
        .map(|operation| operation.name)
        .collect();
    feed.sort();
    let generated: Vec<&str> = operations::ALL.iter().map(|info| info.name).collect();
    let called: Vec<&str> = calls::all()?.iter().map(|call| call.info.name).collect();
    assert_eq!(feed.len(), 40);
    assert_eq!(feed.iter().collect::<BTreeSet<_>>().len(), feed.len());
    assert_eq!(generated, feed);
    assert_eq!(called, feed);
    Ok(())
}

#[test]
fn methods_paths_and_parameters_are_those_of_the_feed() -> anyhow::Result<()> {
    for entry in pages::feed()?.operations {
        let info = operations::ALL.iter().find(|info| info.name == entry.name);
        let info = info.ok_or_else(|| anyhow::anyhow!("{} was not generated", entry.name))?;
        let template = template::parse(&entry.name, &entry.template)?;
        let parameters: Vec<&str> = template.query.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            (info.method.as_str(), info.path),
            (entry.method.as_str(), template.path.as_str())
        );
        assert_eq!(info.parameters, parameters, "{}", entry.name);
    }
    Ok(())
}

#[test]
fn bodies_are_those_that_have_an_example() -> anyhow::Result<()> {
    for info in operations::ALL {
        for side in [Side::Request, Side::Response] {
            let has_body = side.names(info) != BodyNames::EMPTY;
            let has_example = pages::example(info.name, side)?.is_some();
            assert_eq!(has_body, has_example, "{} {side}", info.name);
        }
    }
    Ok(())
}

/// A snapshot that is not compared with anything would look like a test.
#[test]
fn every_snapshot_belongs_to_an_operation() -> anyhow::Result<()> {
    let names = |of: fn(&OperationInfo) -> bool| {
        operations::ALL
            .iter()
            .filter(move |info| of(info))
            .map(|info| info.name)
    };
    assert_eq!(
        snapshot::names("requests")?,
        names(|_| true).map(str::to_owned).collect()
    );
    let with_response = names(|info| info.response != BodyNames::EMPTY);
    assert_eq!(
        snapshot::names("responses")?,
        with_response.map(str::to_owned).collect()
    );
    Ok(())
}
