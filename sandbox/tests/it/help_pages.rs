//! The vendored help pages are served byte for byte, with the content types of the lock file.

use std::path::Path;

use crate::support::{accepted_client, url};
use reqwest::header::CONTENT_TYPE;
use spektrix_v2_sandbox::Sandbox;

#[tokio::test]
async fn every_page_of_the_lock_file_is_served_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let lock = std::fs::read_to_string(folder.join("lock.toml")).expect("a lock file");
    let lock: toml::Table = lock.parse().expect("TOML");
    let pages = lock["page"].as_array().expect("an array of pages");
    assert!(pages.len() > 100, "only {} pages", pages.len());

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = accepted_client(&sandbox);
    for page in pages {
        let string = |name: &str| page[name].as_str().expect("a string");
        let (path, file) = (string("path"), string("file"));
        let response = client.get(url(&sandbox, path)).send().await.expect("a response");
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()[CONTENT_TYPE], string("content-type"), "{path}");
        let expected = std::fs::read(folder.join(file)).expect("a page");
        assert_eq!(response.bytes().await.expect("a body"), expected, "{path}");
    }
}
