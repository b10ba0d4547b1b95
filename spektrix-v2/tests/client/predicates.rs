//! Tests that every predicate of an error is documented, and is true for some error.

use std::collections::BTreeSet;

use spektrix_v2::catalogue::{Catalogue, Guard, Lists};
use spektrix_v2::jiff::Timestamp;
use spektrix_v2::{Band, Error, SessionId, TransportError, TransportErrorKind};

use crate::downloads;
use crate::errors::{list, predicates};
use crate::operations::{NeedsSession, RetiredWrite};
use crate::scripted::{Reply, Scripted};

const SOURCE: &str = include_str!("../../src/error/predicates.rs");

/// Returns the predicates in the source, each with its documentation.
pub(crate) fn documented() -> Vec<(&'static str, String)> {
    let mut documented = Vec::new();
    let mut docs = String::new();
    for line in SOURCE.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            docs.push_str(doc.trim());
            docs.push('\n');
        } else if let Some(name) = line.strip_prefix("pub fn is_") {
            let name = name.split('(').next().unwrap_or_default();
            documented.push((name, std::mem::take(&mut docs)));
        } else {
            docs.clear();
        }
    }
    documented
}

#[test]
fn every_predicate_has_a_troubleshooting_section() {
    for (name, docs) in documented() {
        assert!(docs.starts_with("Returns whether "), "is_{name}: {docs}");
        let advice = docs.split("# Troubleshooting\n").nth(1).unwrap_or_default();
        assert!(advice.len() > 30, "is_{name} has no section `# Troubleshooting`");
    }
}

#[tokio::test]
async fn every_predicate_holds_for_some_error() {
    let mut provoked = BTreeSet::new();
    for error in one_of_each_kind().await {
        let names = predicates(&error);
        assert!(!names.is_empty(), "no predicate holds for: {error}");
        provoked.extend(names);
        provoked.extend(error.is_unavailable().then_some("unavailable"));
    }
    let documented: BTreeSet<_> = documented().into_iter().map(|(name, _)| name).collect();
    assert!(documented.len() > 10);
    assert_eq!(
        provoked, documented,
        "`predicates` must list them all, and `one_of_each_kind` must provoke them"
    );
}

async fn one_of_each_kind() -> Vec<Error> {
    let mut errors = vec![
        Scripted::default().builder().api_key("").build().unwrap_err(),
        list(Reply::Fail(TransportError::new(
            TransportErrorKind::ClientCertificate,
            "",
        )))
        .await,
        list(Reply::Fail(TransportError::new(TransportErrorKind::Timeout, ""))).await,
        list(Reply::ok("not XML")).await,
        SessionId::new("").unwrap_err(),
    ];
    for status in [400, 401, 403, 429, 500] {
        errors.push(list(Reply::status(status, "")).await);
    }
    let transport = Scripted::new([Reply::status(404, ""), Reply::status(410, "")]);
    let session = transport.client().resume_session(SessionId::new("a1").unwrap());
    errors.push(session.send(NeedsSession).await.unwrap_err());
    errors.push(session.send(RetiredWrite::default()).await.unwrap_err());
    errors.push(downloads::into_a_missing_folder().await);
    let bands = vec![Band::new(1, "Stalls")];
    let earlier = Catalogue::from(Lists {
        bands,
        ..Lists::default()
    });
    let empty = Guard::new().check(&earlier, &Catalogue::default(), Timestamp::UNIX_EPOCH);
    errors.push(empty.unwrap_err());
    errors
}
