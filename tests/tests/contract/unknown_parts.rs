//! What a later release of the service may add: it changes no value, and is reported.

use spektrix_v2::operations;
use spektrix_v2::xml::DecodeOptions;
use spektrix_v2_tests::reading::{Side, read};
use spektrix_v2_tests::{inject, pages};

#[test]
fn unknown_parts_change_no_value_and_are_reported() -> anyhow::Result<()> {
    for options in [DecodeOptions::default(), DecodeOptions::default().whole_leaves(false)] {
        for info in operations::ALL {
            let Some(example) = pages::example(info.name, Side::Response)? else {
                continue;
            };
            let injected = inject::unknown_parts(&example)?;
            let plain = read(info.name, Side::Response, example.as_bytes(), &options)?;
            let found = read(info.name, Side::Response, injected.xml.as_bytes(), &options)?;
            assert_eq!((&found.json, &found.xml), (&plain.json, &plain.xml), "{}", info.name);
            assert_eq!(found.unknown, injected.paths, "{}", info.name);
        }
    }
    Ok(())
}
