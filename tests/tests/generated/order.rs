//! The order in which pages and operations come makes no difference.

use anyhow::Context as _;
use spektrix_v2_codegen::{GeneratedFile, generate};
use spektrix_v2_tests::folder::Files;
use spektrix_v2_tests::pages;

fn generated(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> anyhow::Result<Vec<GeneratedFile>> {
    let (generated, _) = generate(&pages::sources(files), &pages::overlay()?)?;
    Ok(generated)
}

#[test]
fn the_order_of_the_feed_changes_no_byte() -> anyhow::Result<()> {
    let files = pages::files()?;
    let expected = generated(files.clone())?;
    assert!(
        generated(files.clone())? == expected,
        "the same pages made two different results"
    );
    let reordered: [fn(&mut Vec<&str>); 2] = [|entries| entries.reverse(), |entries| entries.rotate_left(13)];
    for reorder in reordered {
        let mut files = files.clone();
        reorder_feed(&mut files, reorder)?;
        assert!(
            generated(files.into_iter().rev())? == expected,
            "another order made another result"
        );
    }
    Ok(())
}

fn reorder_feed(files: &mut Files, reorder: impl Fn(&mut Vec<&str>)) -> anyhow::Result<()> {
    let feed = files.get_mut("help.atom").context("there is no help.atom")?;
    let text = String::from_utf8(feed.clone())?;
    let mut pieces: Vec<&str> = text.split("<entry>").collect();
    let head = pieces.remove(0);
    let mut entries = pieces.iter().map(|entry| entry.trim_end_matches("</feed>")).collect();
    reorder(&mut entries);
    let reordered = format!("{head}<entry>{}</feed>", entries.join("<entry>"));
    anyhow::ensure!(
        reordered != text && reordered.len() == text.len(),
        "the feed was not reordered"
    );
    *feed = reordered.into_bytes();
    Ok(())
}
