//! Snapshots of what each operation sends, byte for byte, and of its decoded response.

use std::collections::BTreeSet;

use spektrix_v2::{Call, Operation, Session, operations};

use crate::caller::Caller;
use crate::venue::Venue;
use crate::{show, table};

/// Requires that every call succeeds, and keeps what it sent and received.
struct Record<'a> {
    venue: &'a Venue,
    seen: Vec<(&'static str, String)>,
}

impl Caller for Record<'_> {
    async fn call<O: Operation + 'static>(&mut self, call: Call<O>) {
        let name = O::INFO.name;
        let before = self.venue.asked().len();
        let response = call.send().await.unwrap_or_else(|error| panic!("{error}"));
        let asked = self.venue.asked();
        let [asked] = &asked[before..] else {
            panic!("{name} was not sent once, but {} times", asked.len() - before);
        };
        assert_eq!(asked.operation, Some(name));
        assert_eq!(asked.header("accept"), Some("application/xml"));
        let status = asked.status.unwrap_or_default();
        let seen = format!(
            "{}\n\n=> {status}\n{}",
            show::request(asked),
            show::response(&response, &self.venue.sandbox.base_url())
        );
        self.seen.push((name, seen));
    }
}

#[tokio::test]
async fn each_operation_matches_its_snapshot() {
    let venue = Venue::open().await;
    let (client, mut record) = (
        venue.client(),
        Record {
            venue: &venue,
            seen: Vec::new(),
        },
    );
    let session: Session = client.session();
    table::every_operation(&client, &session, &mut record).await;
    let names: Vec<_> = record.seen.iter().map(|(name, _)| *name).collect();
    assert_whole(&names);
    for (name, seen) in record.seen {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, seen));
    }
}

/// Checks that the names are the operations of the help feed, each once.
pub(crate) fn assert_whole(names: &[&str]) {
    let all: BTreeSet<&str> = operations::ALL.iter().map(|info| info.name).collect();
    let tried: BTreeSet<&str> = names.iter().copied().collect();
    let missing: Vec<_> = all.difference(&tried).collect();
    assert!(missing.is_empty(), "no row of the table is about {missing:?}");
    assert_eq!(
        (names.len(), all.len()),
        (40, 40),
        "an operation has two rows: {names:?}"
    );
}
