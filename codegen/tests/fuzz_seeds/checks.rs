//! Checks that hold for any bytes. The fuzz targets run them, and a test replays their seeds.

use spektrix_v2_codegen::feed;
use spektrix_v2_codegen::lower::lower;
use spektrix_v2_codegen::page::Page;

/// Checks a help feed: it is read, or the error has an offset inside it. Its stable text is read as the same feed.
pub(crate) fn feed(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match feed::parse(text) {
        Ok(read) => {
            let stable = feed::stable_text(text).unwrap();
            assert_eq!(feed::parse(&stable).unwrap(), read);
        }
        Err(error) => {
            assert!(error.offset() <= text.len() as u64, "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}

/// Checks a help page: its kind is recognized, or the error has a message. The same holds for lowering its schemas.
pub(crate) fn page(input: &[u8]) {
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
