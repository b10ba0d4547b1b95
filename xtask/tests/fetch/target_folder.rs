//! The folder that is replaced: what is kept, what is refused, and when.

use std::fs;

use crate::page_server::PageServer;
use crate::small_site;
use crate::trial::Trial;

#[tokio::test]
async fn pages_that_are_gone_go_and_the_readme_stays() -> anyhow::Result<()> {
    let mut pages = small_site::pages();
    let server = PageServer::start(pages.clone()).await?;
    let mut trial = Trial::new(&server)?;
    trial.fetch().await?;
    fs::write(trial.path("README.md"), "by hand")?;

    let feed = small_site::feed(small_site::OWN_ADDRESS, "2026").replace("KeepAlive", "Renew");
    let renamed = |path: &str| path.replace("KeepAlive", "Renew");
    pages = pages
        .into_iter()
        .map(|(path, answers)| (renamed(&path), answers))
        .collect();
    pages.entry("help".to_owned()).or_default()[0].body = feed.into_bytes();
    let server = PageServer::start(pages).await?;
    trial.options.base = server.base()?;
    trial.fetch().await?;
    let names = trial.names()?;
    assert!(
        names
            .iter()
            .all(|name| name.starts_with("schemas/") && !name.contains("KeepAlive")),
        "{names:?}"
    );
    assert!(names.contains(&"schemas/Renew/request.txt".to_owned()));
    assert_eq!(trial.text("README.md"), "by hand");
    Ok(())
}

/// Lays something in the way of the folder and fetches; nothing may be asked of the service.
async fn refused(lay: impl FnOnce(&mut Trial) -> std::io::Result<()>) -> anyhow::Result<String> {
    let server = PageServer::start(small_site::pages()).await?;
    let mut trial = Trial::new(&server)?;
    lay(&mut trial)?;
    let before = trial.room()?;
    let error = trial.error(&server).await;
    assert_eq!(server.requests(), Vec::<String>::new(), "{error}");
    assert!(trial.room()? == before, "something was touched");
    Ok(error)
}

#[tokio::test]
async fn a_stranger_in_the_folder_is_not_removed() -> anyhow::Result<()> {
    let error = refused(|trial| {
        fs::create_dir_all(trial.path("notes"))?;
        fs::write(trial.path("notes/todo.txt"), "important")?;
        fs::write(trial.path("other"), "")
    });
    insta::assert_snapshot!(error.await?, @"cannot fetch the help pages; ROOM/schemas is as it was: ROOM/schemas holds notes/todo.txt and 1 more, which fetch did not write and would remove; move it elsewhere, or choose another --out");
    Ok(())
}

// Permissions do not bind the superuser, whom tests may run as: a file in the parent's place
// cannot be written into by anyone.
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_refused_before_anything_is_fetched() -> anyhow::Result<()> {
    let error = refused(|trial| {
        fs::write(&trial.options.out, "a file")?;
        trial.options.out.push("schemas");
        Ok(())
    });
    let error = error.await?;
    assert!(
        error.contains("cannot write in ROOM/schemas, where the folder is to stand"),
        "{error}"
    );
    Ok(())
}

#[tokio::test]
async fn other_obstacles_are_named() -> anyhow::Result<()> {
    let error = refused(|trial| fs::write(&trial.options.out, "a file")).await?;
    assert!(error.contains("ROOM/schemas is not a folder"), "{error}");
    let error = refused(|trial| {
        trial.options.out = trial.options.out.join("deep/down");
        Ok(())
    });
    let error = error.await?;
    assert!(error.contains("cannot write in ROOM/schemas/deep"), "{error}");
    let error = refused(|trial| {
        fs::create_dir_all(&trial.options.out)?;
        fs::write(trial.path("lock.toml"), "origin = 1")
    });
    let error = error.await?;
    assert!(
        error.contains("lock.toml is not what `cargo xtask fetch` writes"),
        "{error}"
    );
    Ok(())
}
