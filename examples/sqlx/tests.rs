//! Tests of the table: identifiers are read back as they were stored, and the cookbook shows its row.

use spektrix_v2::EventId;

use super::{SavedEvent, open, save, saved_by};

#[tokio::test]
async fn identifiers_are_read_back() -> anyhow::Result<()> {
    let database = open("sqlite::memory:").await?;
    save(&database, "jo", EventId::new(7002), "with Sam").await?;
    save(&database, "jo", EventId::new(7001), "?").await?;
    save(&database, "jo", EventId::new(7001), "for the birthday").await?;
    save(&database, "sam", EventId::new(7003), "").await?;
    let saved = |event, note: &str| SavedEvent {
        event: EventId::new(event),
        note: note.to_owned(),
    };
    let expected = [saved(7001, "for the birthday"), saved(7002, "with Sam")];
    assert_eq!(saved_by(&database, "jo").await?, expected);
    Ok(())
}

#[test]
fn the_cookbook_shows_the_row() {
    let page = include_str!("../../spektrix-v2/docs/cookbook.md");
    let row = page
        .split_once("```text\n")
        .and_then(|(_, rest)| rest.split_once("```"));
    let (row, _) = row.expect("the page has a row");
    assert!(
        row.contains("SavedEvent") && include_str!("main.rs").contains(row),
        "{row}"
    );
}
