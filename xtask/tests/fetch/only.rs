//! `--only`: some operations are fetched again, the others stay as they are.

use jiff::civil::date;
use xtask::fetch::lock::{Entry, Lock};

use crate::page_server::{Answer, PageServer, Pages};
use crate::small_site;
use crate::trial::Trial;

/// The site, some time later: both operations look different.
fn later() -> Pages {
    let mut pages = small_site::pages();
    for (path, body) in [
        ("help/GetEvents/response/schema", "<Schemas> </Schemas>"),
        ("help/GetEvents/response/example", "The response body is empty."),
        ("help/KeepAlive/request/schema", "The request body is arbitrary XML."),
    ] {
        pages.insert(path.to_owned(), vec![Answer::page("text/plain", body)]);
    }
    pages
}

/// A folder of the site as it was, and options to fetch one operation of the later one.
async fn fetched_before(only: &[&str]) -> anyhow::Result<(Trial, PageServer)> {
    let server = PageServer::start(small_site::pages()).await?;
    let mut trial = Trial::new(&server)?;
    trial.fetch().await?;
    let server = PageServer::start(later()).await?;
    trial.options.base = server.base()?;
    trial.options.only = only.iter().map(ToString::to_string).collect();
    trial.options.date = date(2026, 4, 1);
    Ok((trial, server))
}

#[tokio::test]
async fn one_operation_is_replaced_and_the_rest_carried_over() -> anyhow::Result<()> {
    let (trial, server) = fetched_before(&["GetEvents"]).await?;
    std::fs::write(trial.path("README.md"), "by hand")?;
    let before = Lock::parse(&trial.text("lock.toml"))?;
    let summary = trial.fetch().await?.to_string();
    assert!(
        summary.contains(": 1 of 3 operations, 2 pages (1 empty, 1 schema), no faults"),
        "{summary}"
    );
    assert_eq!(server.requests().len(), 3);
    assert_eq!(
        trial.names()?,
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
    assert_eq!(trial.text("GetEvents/response.xsd"), "<Schemas> </Schemas>");
    assert_eq!(trial.text("KeepAlive/request.txt"), "The request body is empty.");
    assert_eq!(trial.text("README.md"), "by hand");

    let after = Lock::parse(&trial.text("lock.toml"))?;
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
async fn what_cannot_be_merged_is_refused() -> anyhow::Result<()> {
    let refused = async |only: &[&str], change: &dyn Fn(&mut Trial) -> std::io::Result<()>| {
        let (mut trial, server) = fetched_before(only).await?;
        change(&mut trial)?;
        let before = trial.room()?;
        let error = trial.error(&server).await;
        assert!(trial.room()? == before, "the folder was touched");
        anyhow::Ok(error)
    };
    let nothing = |_: &mut Trial| Ok(());
    let error = refused(&["getevent", "KeepAlive", "Zzz"], &nothing).await?;
    insta::assert_snapshot!(error, @"cannot fetch the help pages; ROOM/schemas is as it was: --only: the feed has no operation getevent; close to it are GetEvents; the feed has no operation Zzz, but these: GetEvents, KeepAlive, Plain");
    let error = refused(&["GetEvents"], &|trial| std::fs::remove_file(trial.path("lock.toml"))).await?;
    assert!(error.contains("which fetch did not write"), "{error}");
    let error = refused(&["GetEvents"], &|trial| std::fs::remove_dir_all(&trial.options.out)).await?;
    assert!(
        error.contains("this one has no lock.toml; fetch everything first"),
        "{error}"
    );
    let error = refused(&["GetEvents"], &|trial| {
        std::fs::write(trial.path("KeepAlive/request.txt"), "edited")
    })
    .await?;
    assert!(
        error.contains("KeepAlive/request.txt is not what was fetched"),
        "{error}"
    );
    let error = refused(&["GetEvents"], &|trial| {
        trial.options.origin = "elsewhere".to_owned();
        Ok(())
    });
    let error = error.await?;
    assert!(
        error.contains("come from \"a test\", these would come from \"elsewhere\""),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn a_feed_that_changed_elsewhere_asks_for_a_whole_fetch() -> anyhow::Result<()> {
    let rows = [
        ("<td>POST</td>", "<td>PUT</td>", "about KeepAlive; fetch everything"),
        ("Plain", "Fancy", "about Fancy, Plain; fetch everything"),
    ];
    for (from, to, expected) in rows {
        let (mut trial, _) = fetched_before(&["GetEvents"]).await?;
        let feed = small_site::feed(small_site::OWN_ADDRESS, "2026").replace(from, to);
        let server = PageServer::start(small_site::pages_with("help", vec![Answer::page("", feed)])).await?;
        trial.options.base = server.base()?;
        let error = trial.error(&server).await;
        assert!(error.contains(expected), "{error}");
    }
    Ok(())
}
