<<<<<<<< HEAD:codegen/tests/fuzz_seeds/checks.rs
//! Checks that hold for any bytes. The fuzz targets run them, and a test replays their seeds.
========
//! Checks of the code generator that must hold for any bytes. The fuzz targets search for inputs that break them; the
//! ordinary tests replay the seeds.
>>>>>>>> 2c11039 (Share test code in a crate, and write tests and benches in plain English):test-support/src/codegen_checks.rs

use spektrix_v2_codegen::feed;
use spektrix_v2_codegen::lower::lower;
use spektrix_v2_codegen::page::Page;

<<<<<<<< HEAD:codegen/tests/fuzz_seeds/checks.rs
/// Checks a help feed: it is read, or the error has an offset inside it. Its stable text is read as the same feed.
pub(crate) fn feed(input: &[u8]) {
========
/// A help feed is read or rejected, and the offset of the error is inside it. Its stable text is read as the same feed.
pub fn feed(input: &[u8]) {
>>>>>>>> 2c11039 (Share test code in a crate, and write tests and benches in plain English):test-support/src/codegen_checks.rs
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match feed::parse(text) {
        Ok(feed) => {
            let stable = feed::stable_text(text).unwrap();
            assert_eq!(feed::parse(&stable).unwrap(), feed);
        }
        Err(error) => {
            assert!(error.offset() <= text.len() as u64, "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}

<<<<<<<< HEAD:codegen/tests/fuzz_seeds/checks.rs
/// Checks a help page: its kind is recognized, or the error has a message. The same holds for lowering its schemas.
pub(crate) fn page(input: &[u8]) {
========
/// The kind of a help page is recognized or not, and one with schemas is lowered or rejected with a message.
pub fn page(input: &[u8]) {
>>>>>>>> 2c11039 (Share test code in a crate, and write tests and benches in plain English):test-support/src/codegen_checks.rs
    match Page::parse(input) {
        Ok(Page::Schema(schemas)) => {
            if let Err(error) = lower("Page/response.xsd", &schemas, None) {
                assert!(!error.to_string().is_empty());
            }
        }
        Ok(page) => assert!(!page.kind().is_empty()),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
