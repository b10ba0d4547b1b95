//! Tests that the order of pages and operations does not change the generated code.

use anyhow::Context as _;
use spektrix_v2_codegen::{GeneratedFile, generate};
use spektrix_v2_tests::folder::Files;
use spektrix_v2_tests::pages;

fn generated(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> anyhow::Result<Vec<GeneratedFile>> {
    let (generated, _) = generate(&pages::sources(files), &pages::overlay()?)?;
    Ok(generated)
}

#[test]
fn order_of_the_feed_does_not_change_the_code() -> anyhow::Result<()> {
    let files = pages::files()?;
    let expected = generated(files.clone())?;
    assert!(
        generated(files.clone())? == expected,
        "the same pages gave different code"
    );
    let reordered: [fn(&mut Vec<&str>); 2] = [|entries| entries.reverse(), |entries| entries.rotate_left(13)];
    for reorder in reordered {
        let mut files = files.clone();
        reorder_feed(&mut files, reorder)?;
        assert!(
            generated(files.into_iter().rev())? == expected,
            "another order gave different code"
        );
    }
    Ok(())
}

fn reorder_feed(files: &mut Files, reorder: impl Fn(&mut Vec<&str>)) -> anyhow::Result<()> {
    let feed = files.get_mut("help.atom").context("there is no help.atom")?;
    let text = String::from_utf8(feed.clone())?;
    let (start, entries) = text.split_once("<entry>").context("the feed has no entry")?;
    let entries = entries.trim_end_matches("</feed>");
    let mut entries: Vec<&str> = entries.split("<entry>").collect();
    reorder(&mut entries);
    let reordered = format!("{start}<entry>{}</feed>", entries.join("<entry>"));
    anyhow::ensure!(
        reordered != text && reordered.len() == text.len(),
        "the feed was not reordered"
    );
    *feed = reordered.into_bytes();
    Ok(())
}
