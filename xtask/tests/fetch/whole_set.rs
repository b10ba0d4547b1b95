//! A whole fetch: the vendored pages served and fetched are the vendored folder again.

use std::path::PathBuf;

use xtask::fetch::lock::Lock;

use crate::page_server::{Answer, PageServer, Pages};
use crate::small_site;
use crate::trial::{Trial, files_below};

fn vendored() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas"))
}

fn vendored_pages(lock: &Lock) -> anyhow::Result<Pages> {
    let page = |entry: &xtask::fetch::lock::Entry| {
        let body = std::fs::read(vendored().join(&entry.file))?;
        Ok((entry.path.clone(), vec![Answer::page(&entry.content_type, body)]))
    };
    lock.pages.iter().map(page).collect()
}

#[tokio::test]
async fn the_vendored_pages_come_back_as_the_vendored_folder() -> anyhow::Result<()> {
    let lock = Lock::parse(&std::fs::read_to_string(vendored().join("lock.toml"))?)?;
    let server = PageServer::start(vendored_pages(&lock)?).await?;
    let mut trial = Trial::new(&server)?;
    trial.options.origin.clone_from(&lock.origin);
    trial.options.date = lock.date.parse()?;
    let summary = trial.fetch().await?.to_string();
    assert!(
        summary.contains("40 operations, 110 pages (34 empty, 38 example, 38 schema), no faults"),
        "{summary}"
    );

    let mut expected = files_below(&vendored())?;
    expected.remove("README.md");
    let fetched = files_below(&trial.options.out)?;
    assert_eq!(fetched.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (file, bytes) in fetched {
        assert!(expected.get(&file) == Some(&bytes), "{file} differs");
    }
    Ok(())
}

#[tokio::test]
async fn pages_are_asked_for_below_the_given_base_and_two_at_a_time() -> anyhow::Result<()> {
    let elsewhere = PageServer::start(small_site::pages()).await?;
    let linked = elsewhere.base()?.to_string();
    let server = PageServer::start(small_site::pages_linked_at(&linked)).await?;
    let trial = Trial::new(&server)?;
    trial.fetch().await?;
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
    let requests = server.requests();
    assert_eq!(requests.len(), 7, "{requests:?}");
    assert!(
        requests.iter().all(|path| path.starts_with("/venue/api/v2/help")),
        "{requests:?}"
    );
    assert!(server.most_at_once() <= 2, "{} at once", server.most_at_once());
    Ok(())
}

#[tokio::test]
async fn every_page_is_kept_as_it_came_and_reported() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages()).await?;
    let trial = Trial::new(&server)?;
    let summary = trial.fetch().await?;
    assert_eq!(
        trial.names()?,
        [
            "schemas/GetEvents/response.xml",
            "schemas/GetEvents/response.xsd",
            "schemas/KeepAlive/request.txt",
            "schemas/KeepAlive/response.txt",
            "schemas/help.atom",
            "schemas/lock.toml",
        ]
    );
    assert_eq!(trial.text("GetEvents/response.xsd"), "<Schemas/>\r\n");
    insta::assert_snapshot!(trial.steady(&summary.to_string(), &server), @"ROOM/schemas: 3 operations, 6 pages (4 empty, 1 example, 1 schema), no faults");
    let mut said = trial.said();
    said.sort();
    assert_eq!(said[0], "GetEvents  response example  9 bytes");
    assert_eq!(said.len(), 6);
    insta::assert_snapshot!("lock", trial.text("lock.toml"));
    Ok(())
}

#[tokio::test]
async fn texts_in_place_of_pages_get_files_that_do_not_clash() -> anyhow::Result<()> {
    let text = |text: &str| vec![Answer::page("text/plain", text)];
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
        let server = PageServer::start(small_site::pages_with(path, text(body))).await?;
        let trial = Trial::new(&server)?;
        let summary = trial.fetch().await?;
        assert_eq!(trial.text(file), body, "{path}");
        let faults = if body == fault {
            vec![format!("KeepAlive request schema: the service says: {fault}")]
        } else {
            vec![]
        };
        assert_eq!(summary.faults(), faults);
        let warned = trial
            .said()
            .iter()
            .filter(|line| line.starts_with("warning: KeepAlive"))
            .count();
        assert_eq!(warned, faults.len());
    }
    Ok(())
}

#[tokio::test]
async fn the_digest_of_the_feed_does_not_follow_the_clock() -> anyhow::Result<()> {
    let mut digests = Vec::new();
    for updated in ["2011", "2026-01-01T00:00:00Z"] {
        let feed = small_site::feed(small_site::OWN_ADDRESS, updated);
        let pages = small_site::pages_with("help", vec![Answer::page("application/atom+xml", feed.clone())]);
        let server = PageServer::start(pages).await?;
        let trial = Trial::new(&server)?;
        trial.fetch().await?;
        assert_eq!(trial.text("help.atom"), feed);
        digests.push(Lock::parse(&trial.text("lock.toml"))?.pages.swap_remove(0).sha256);
    }
    assert_eq!(digests[0], digests[1]);
    Ok(())
}
