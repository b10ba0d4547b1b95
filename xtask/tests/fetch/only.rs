//! `--only`: some operations are fetched again, and the pages of the others are kept.

use jiff::civil::date;
use xtask::fetch::lock::{Entry, Lock};

use crate::fetch_test::FetchTest;
use crate::page_server::{PageServer, Pages, Response};
use crate::site;

/// Returns the site at a later time: both operations have changed.
fn later() -> Pages {
    let mut pages = site::pages();
    for (path, body) in [
        ("help/GetEvents/response/schema", "<Schemas> </Schemas>"),
        ("help/GetEvents/response/example", "The response body is empty."),
        ("help/KeepAlive/request/schema", "The request body is arbitrary XML."),
    ] {
        pages.insert(path.to_owned(), vec![Response::page("text/plain", body)]);
    }
    pages
}

/// Fetches the earlier site, and returns options to fetch some operations of the later one.
async fn fetched_before(only: &[&str]) -> anyhow::Result<(FetchTest, PageServer)> {
    let server = PageServer::start(site::pages()).await?;
    let mut test = FetchTest::new(&server)?;
    test.fetch().await?;
    let server = PageServer::start(later()).await?;
    test.options.base = server.base()?;
    test.options.only = only.iter().map(ToString::to_string).collect();
    test.options.date = date(2026, 4, 1);
    Ok((test, server))
}

#[tokio::test]
async fn one_operation_is_replaced_and_the_others_are_kept() -> anyhow::Result<()> {
    let (test, server) = fetched_before(&["GetEvents"]).await?;
    std::fs::write(test.path("README.md"), "by hand")?;
    let before = Lock::parse(&test.text("lock.toml"))?;
    let summary = test.fetch().await?.to_string();
    assert!(
        summary.contains(": 1 of 3 operations, 2 pages (1 empty, 1 schema), no faults"),
        "{summary}"
    );
    assert_eq!(server.requests().len(), 3);
    assert_eq!(
        test.names()?,
        [
            "schemas/GetEvents/response.example.txt",
            "schemas/GetEvents/response.xsd",
            "schemas/KeepAlive/request.txt",
            "schemas/KeepAlive/response.txt",
            "schemas/README.md",
            "schemas/help.atom",
            "schemas/lock.toml",
        ]
    );
    assert_eq!(test.text("GetEvents/response.xsd"), "<Schemas> </Schemas>");
    assert_eq!(test.text("KeepAlive/request.txt"), "The request body is empty.");
    assert_eq!(test.text("README.md"), "by hand");

    let after = Lock::parse(&test.text("lock.toml"))?;
    let kept = |lock: &Lock| -> Vec<Entry> {
        lock.pages
            .iter()
            .filter(|entry| entry.operation() == Some("KeepAlive"))
            .cloned()
            .collect()
    };
    assert_eq!(kept(&after), kept(&before));
    assert_eq!(kept(&after).len(), 4);
    let fresh = after.pages.iter().filter(|entry| entry.date == "2026-04-01").count();
    assert_eq!((after.date.as_str(), fresh), ("2026-04-01", 3));
    Ok(())
}

#[tokio::test]
async fn pages_that_cannot_be_merged_are_refused() -> anyhow::Result<()> {
    let refused = async |only: &[&str], change: &dyn Fn(&mut FetchTest) -> std::io::Result<()>| {
        let (mut test, server) = fetched_before(only).await?;
        change(&mut test)?;
        let before = test.files()?;
        let error = test.error(&server).await;
        assert!(test.files()? == before, "the folder was changed");
        anyhow::Ok(error)
    };
    let nothing = |_: &mut FetchTest| Ok(());
    let error = refused(&["getevent", "KeepAlive", "Zzz"], &nothing).await?;
    insta::assert_snapshot!(error, @"cannot fetch the help pages; TEMP/schemas is unchanged: --only: the feed has no operation getevent; similar names: GetEvents; the feed has no operation Zzz; it has GetEvents, KeepAlive, Plain");
    let error = refused(&["GetEvents"], &|test| std::fs::remove_file(test.path("lock.toml"))).await?;
    assert!(error.contains("which fetch did not write"), "{error}");
    let error = refused(&["GetEvents"], &|test| std::fs::remove_dir_all(&test.options.out)).await?;
    assert!(
        error.contains("this one has no lock.toml; fetch without --only first"),
        "{error}"
    );
    let error = refused(&["GetEvents"], &|test| {
        std::fs::write(test.path("KeepAlive/request.txt"), "edited")
    })
    .await?;
    assert!(
        error.contains("KeepAlive/request.txt was changed after it was fetched"),
        "{error}"
    );
    let error = refused(&["GetEvents"], &|test| {
        test.options.origin = "elsewhere".to_owned();
        Ok(())
    });
    let error = error.await?;
    assert!(
        error.contains("come from \"a test\", the new ones would come from \"elsewhere\""),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn a_feed_that_changed_for_kept_pages_is_refused() -> anyhow::Result<()> {
    let rows = [
        ("<td>POST</td>", "<td>PUT</td>", "(KeepAlive); fetch without --only"),
        ("Plain", "Fancy", "(Fancy, Plain); fetch without --only"),
    ];
    for (from, to, expected) in rows {
        let (mut test, _) = fetched_before(&["GetEvents"]).await?;
        let feed = site::feed(site::OWN_ADDRESS, "2026").replace(from, to);
        let server = PageServer::start(site::pages_with("help", vec![Response::page("", feed)])).await?;
        test.options.base = server.base()?;
        let error = test.error(&server).await;
        assert!(error.contains(expected), "{error}");
    }
    Ok(())
}
