//! Tests that the generated folder is up to date.

use spektrix_v2_codegen::generate;
use spektrix_v2_tests::folder::Files;
use spektrix_v2_tests::{folder, pages, stale};

#[test]
fn the_generated_folder_is_up_to_date() -> anyhow::Result<()> {
    let (files, _) = generate(&pages::sources(pages::files()?), &pages::overlay()?)?;
    let generated: Files = files
        .into_iter()
        .map(|file| (file.name.to_owned(), file.text.into_bytes()))
        .collect();
    let path = "spektrix-v2/src/generated";
    let stale = stale::differences(&folder::read(&pages::workspace(path))?, &generated);
    assert!(
        stale.is_empty(),
        "{path} is stale: {}.\nRun `cargo xtask codegen` and commit the result.",
        stale.join(", ")
    );
    Ok(())
}
