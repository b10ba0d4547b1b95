//! A fetch of all pages.

use std::path::PathBuf;

use xtask::fetch::lock::Lock;

use crate::fetch_test::{FetchTest, files_below};
use crate::page_server::{PageServer, Pages, Response};
use crate::site;

fn vendored() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas"))
}

fn vendored_pages(lock: &Lock) -> anyhow::Result<Pages> {
    let page = |entry: &xtask::fetch::lock::Entry| {
        let body = std::fs::read(vendored().join(&entry.file))?;
        Ok((entry.path.clone(), vec![Response::page(&entry.content_type, body)]))
    };
    lock.pages.iter().map(page).collect()
}

#[tokio::test]
async fn fetching_the_vendored_pages_gives_the_vendored_folder() -> anyhow::Result<()> {
    let lock = Lock::parse(&std::fs::read_to_string(vendored().join("lock.toml"))?)?;
    let server = PageServer::start(vendored_pages(&lock)?).await?;
    let mut test = FetchTest::new(&server)?;
    test.options.origin.clone_from(&lock.origin);
    test.options.date = lock.date.parse()?;
    let summary = test.fetch().await?.to_string();
    assert!(
        summary.contains("40 operations, 110 pages (34 empty, 38 example, 38 schema), no faults"),
        "{summary}"
    );

    let mut expected = files_below(&vendored())?;
    expected.remove("README.md");
    let fetched = files_below(&test.options.out)?;
    assert_eq!(fetched.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (file, bytes) in fetched {
        assert!(expected.get(&file) == Some(&bytes), "{file} differs");
    }
    Ok(())
}

#[tokio::test]
async fn pages_are_fetched_below_the_base_and_two_at_a_time() -> anyhow::Result<()> {
    let elsewhere = PageServer::start(site::pages()).await?;
    let linked = elsewhere.base()?.to_string();
    let server = PageServer::start(site::pages_linked_at(&linked)).await?;
    let test = FetchTest::new(&server)?;
    test.fetch().await?;
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
    let requests = server.requests();
    assert_eq!(requests.len(), 7, "{requests:?}");
    assert!(
        requests.iter().all(|path| path.starts_with("/venue/api/v2/help")),
        "{requests:?}"
    );
    assert!(server.max_open() <= 2, "{} at the same time", server.max_open());
    Ok(())
}

#[tokio::test]
async fn every_page_is_stored_unchanged_and_reported() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let test = FetchTest::new(&server)?;
    let summary = test.fetch().await?;
    assert_eq!(
        test.names()?,
        [
            "schemas/GetEvents/response.xml",
            "schemas/GetEvents/response.xsd",
            "schemas/KeepAlive/request.txt",
            "schemas/KeepAlive/response.txt",
            "schemas/help.atom",
            "schemas/lock.toml",
        ]
    );
    assert_eq!(test.text("GetEvents/response.xsd"), "<Schemas/>\r\n");
    insta::assert_snapshot!(test.stable(&summary.to_string(), &server), @"TEMP/schemas: 3 operations, 6 pages (4 empty, 1 example, 1 schema), no faults");
    let mut progress = test.progress();
    progress.sort();
    assert_eq!(progress[0], "GetEvents response example: 9 bytes");
    assert_eq!(progress.len(), 6);
    insta::assert_snapshot!("lock", test.text("lock.toml"));
    Ok(())
}

#[tokio::test]
async fn lines_in_place_of_pages_get_unique_files() -> anyhow::Result<()> {
    let line = |text: &str| vec![Response::page("text/plain", text)];
    let fault = "Could not generate schema for request. Failed with error: too deep";
    let rows = [
        (
            "help/GetEvents/response/example",
            "The response body is empty.",
            "GetEvents/response.example.txt",
        ),
        (
            "help/GetEvents/response/schema",
            "The response body is arbitrary XML.",
            "GetEvents/response.txt",
        ),
        (
            "help/GetEvents/response/example",
            "{\"Events\":[]}",
            "GetEvents/response.json",
        ),
        (
            "help/KeepAlive/request/example",
            "The request body is an Atom feed.",
            "KeepAlive/request.example.txt",
        ),
        ("help/KeepAlive/request/schema", fault, "KeepAlive/request.txt"),
    ];
    for (path, body, file) in rows {
        let server = PageServer::start(site::pages_with(path, line(body))).await?;
        let test = FetchTest::new(&server)?;
        let summary = test.fetch().await?;
        assert_eq!(test.text(file), body, "{path}");
        let faults = if body == fault {
            vec![format!("KeepAlive request schema: the service reports: {fault}")]
        } else {
            vec![]
        };
        assert_eq!(summary.faults(), faults);
        let warned = test
            .progress()
            .iter()
            .filter(|line| line.starts_with("warning: KeepAlive"))
            .count();
        assert_eq!(warned, faults.len());
    }
    Ok(())
}

#[tokio::test]
async fn digest_of_the_feed_does_not_depend_on_the_time() -> anyhow::Result<()> {
    let mut digests = Vec::new();
    for updated in ["2011", "2026-01-01T00:00:00Z"] {
        let feed = site::feed(site::OWN_ADDRESS, updated);
        let pages = site::pages_with("help", vec![Response::page("application/atom+xml", feed.clone())]);
        let server = PageServer::start(pages).await?;
        let test = FetchTest::new(&server)?;
        test.fetch().await?;
        assert_eq!(test.text("help.atom"), feed);
        digests.push(Lock::parse(&test.text("lock.toml"))?.pages.swap_remove(0).sha256);
    }
    assert_eq!(digests[0], digests[1]);
    Ok(())
}

#[tokio::test]
async fn messages_and_content_types_are_short_lines() -> anyhow::Result<()> {
    let fault = format!(
        "Could not generate schema for request.\n::error::\u{1b}[2J\u{202e}{}",
        "x".repeat(5000)
    );
    let pages = site::pages_with(
        "help/KeepAlive/request/schema",
        vec![Response::page("text/plain", fault)],
    );
    let server = PageServer::start(pages).await?;
    let test = FetchTest::new(&server)?;
    let summary = test.fetch().await?;
    let [fault] = summary.faults() else {
        anyhow::bail!("{:?}", summary.faults());
    };
    assert!(fault.len() < 400, "{} bytes", fault.len());
    assert!(!fault.contains(['\n', '\u{1b}', '\u{202e}']), "{fault:?}");

    let content_type = format!("text/xml; x=\"{}\"", "x".repeat(5000));
    let pages = site::pages_with(
        "help/GetEvents/response/schema",
        vec![Response::page(&content_type, "<Schemas/>")],
    );
    let server = PageServer::start(pages).await?;
    let test = FetchTest::new(&server)?;
    test.fetch().await?;
    let lock = Lock::parse(&test.text("lock.toml"))?;
    let longest = lock.pages.iter().map(|entry| entry.content_type.len()).max();
    assert_eq!(longest, Some(200));
    Ok(())
}
