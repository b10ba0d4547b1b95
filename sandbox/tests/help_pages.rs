//! The vendored help pages come back byte for byte, with the content types that the lock file records.

mod support;

use std::path::Path;

use reqwest::header::CONTENT_TYPE;
use spektrix_v2_sandbox::Sandbox;
use support::{rightful_client, url};

#[tokio::test]
async fn every_page_of_the_lock_file_is_served_as_it_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    let lock = std::fs::read_to_string(folder.join("lock.toml")).expect("a lock file");
    let lock: toml::Table = lock.parse().expect("TOML");
    let pages = lock["page"].as_array().expect("an array of pages");
    assert!(pages.len() > 100, "only {} pages", pages.len());

    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = rightful_client(&sandbox);
    for page in pages {
        let text = |name: &str| page[name].as_str().expect("a text");
        let (path, file) = (text("path"), text("file"));
        let answer = client.get(url(&sandbox, path)).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()[CONTENT_TYPE], text("content-type"), "{path}");
        let expected = std::fs::read(folder.join(file)).expect("a page");
        assert_eq!(answer.bytes().await.expect("a body"), expected, "{path}");
    }
}
