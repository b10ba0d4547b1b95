//! The folder that is replaced: what is kept, and what is refused before anything is fetched.

use std::fs;

use crate::fetch_test::FetchTest;
use crate::page_server::PageServer;
use crate::site;

#[tokio::test]
async fn removed_pages_are_removed_and_the_readme_is_kept() -> anyhow::Result<()> {
    let mut pages = site::pages();
    let server = PageServer::start(pages.clone()).await?;
    let mut test = FetchTest::new(&server)?;
    test.fetch().await?;
    fs::write(test.path("README.md"), "by hand")?;

    let feed = site::feed(site::OWN_ADDRESS, "2026").replace("KeepAlive", "Renew");
    let renamed = |path: &str| path.replace("KeepAlive", "Renew");
    pages = pages
        .into_iter()
        .map(|(path, responses)| (renamed(&path), responses))
        .collect();
    pages.entry("help".to_owned()).or_default()[0].body = feed.into_bytes();
    let server = PageServer::start(pages).await?;
    test.options.base = server.base()?;
    test.fetch().await?;
    let names = test.names()?;
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("schemas/") && !name.contains("KeepAlive")),
        "{names:?}"
    );
    assert!(names.contains(&"schemas/Renew/request.txt".to_owned()));
    assert_eq!(test.text("README.md"), "by hand");
    Ok(())
}

/// Prepares the folder and fetches. The fetch must fail without a request and without a change.
async fn refused(prepare: impl FnOnce(&mut FetchTest) -> std::io::Result<()>) -> anyhow::Result<String> {
    let server = PageServer::start(site::pages()).await?;
    let mut test = FetchTest::new(&server)?;
    prepare(&mut test)?;
    let before = test.files()?;
    let error = test.error(&server).await;
    assert_eq!(server.requests(), Vec::<String>::new(), "{error}");
    assert!(test.files()? == before, "something was changed");
    Ok(error)
}

#[tokio::test]
async fn foreign_files_are_not_removed() -> anyhow::Result<()> {
    let error = refused(|test| {
        fs::create_dir_all(test.path("notes"))?;
        fs::write(test.path("notes/todo.txt"), "important")?;
        fs::write(test.path("other"), "")
    });
    insta::assert_snapshot!(error.await?, @"cannot fetch the help pages; TEMP/schemas is unchanged: TEMP/schemas holds notes/todo.txt and 1 more, which fetch did not write and would remove; move them, or choose another --out");
    Ok(())
}

// Tests may run as root, for whom permissions do not count. Nobody can write into a file as if it were a folder.
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_refused() -> anyhow::Result<()> {
    let error = refused(|test| {
        fs::write(&test.options.out, "a file")?;
        test.options.out.push("schemas");
        Ok(())
    });
    let error = error.await?;
    assert!(
        error.contains("cannot write to TEMP/schemas, the parent of the folder"),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn other_obstacles_are_reported() -> anyhow::Result<()> {
    let error = refused(|test| fs::write(&test.options.out, "a file")).await?;
    assert!(error.contains("TEMP/schemas is not a folder"), "{error}");
    let error = refused(|test| {
        test.options.out = test.options.out.join("deep/down");
        Ok(())
    });
    let error = error.await?;
    assert!(error.contains("cannot write to TEMP/schemas/deep"), "{error}");
    let error = refused(|test| {
        fs::create_dir_all(&test.options.out)?;
        fs::write(test.path("lock.toml"), "origin = 1")
    });
    let error = error.await?;
    assert!(
        error.contains("lock.toml, line 1: not written by `cargo xtask fetch`"),
        "{error}"
    );
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_that_leads_nowhere_is_refused_first() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let test = FetchTest::new(&server)?;
    std::os::unix::fs::symlink(test.options.out.with_file_name("nowhere"), &test.options.out)?;
    let error = test.error(&server).await;
    assert_eq!(server.requests(), Vec::<String>::new());
    assert!(error.contains("a symbolic link that leads nowhere"), "{error}");
    Ok(())
}
