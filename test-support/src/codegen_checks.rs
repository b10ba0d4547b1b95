//! Checks of the code generator that must hold for any bytes. The fuzz targets search for inputs that break them; the
//! ordinary tests replay the seeds.

use spektrix_v2_codegen::feed;
use spektrix_v2_codegen::lower::lower;
use spektrix_v2_codegen::page::Page;

/// A help feed is read or rejected, and the offset of the error is inside it. Its stable text is read as the same feed.
pub fn feed(input: &[u8]) {
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

/// The kind of a help page is recognized or not, and one with schemas is lowered or rejected with a message.
pub fn page(input: &[u8]) {
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
