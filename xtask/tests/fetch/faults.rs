//! What the service can get wrong: the folder stays as it was, and the error says what to do.

use crate::page_server::{Answer, PageServer};
use crate::small_site;
use crate::trial::Trial;

const PAGE: &str = "help/GetEvents/response/schema";

/// Fetches once, then again from a service with these answers to one path; returns the error.
async fn second_fetch_fails(path: &str, answers: Vec<Answer>) -> anyhow::Result<String> {
    let good = PageServer::start(small_site::pages()).await?;
    let mut trial = Trial::new(&good)?;
    trial.fetch().await?;
    let before = trial.room()?;
    let bad = PageServer::start(small_site::pages_with(path, answers)).await?;
    trial.options.base = bad.base()?;
    trial.options.limits.bytes = 5000;
    let error = trial.error(&bad).await;
    assert!(trial.room()? == before, "the folder was touched: {:?}", trial.names()?);
    Ok(error)
}

#[tokio::test]
async fn a_page_that_keeps_failing_is_named_with_its_answer() -> anyhow::Result<()> {
    let error = second_fetch_fails(PAGE, vec![Answer::status(500, "<html>\r\n  <h1>Runtime Error</h1>")]).await?;
    insta::assert_snapshot!(error, @r#"cannot fetch the help pages; ROOM/schemas is as it was: GetEvents response schema: GET http://HOST/venue/api/v2/help/GetEvents/response/schema answered 500 Internal Server Error: "<html> <h1>Runtime Error</h1>" (3 tries); try again later"#);
    Ok(())
}

#[tokio::test]
async fn every_fault_has_its_advice() -> anyhow::Result<()> {
    let page = |body: &[u8]| Answer::page("text/plain", body);
    let long = "x".repeat(300);
    let rows: Vec<(&str, Answer, &[&str])> = vec![
        (
            PAGE,
            Answer::status(404, ""),
            &["answered 404 Not Found without a body; check --base-url"],
        ),
        (
            PAGE,
            Answer::status(401, "no"),
            &["401 Unauthorized: \"no\"; the service may want a client certificate: pass --cert and --key"],
        ),
        (
            PAGE,
            Answer::status(403, &long),
            &[
                "403 Forbidden: \"xxx",
                "xxx\"; the service may want a client certificate",
            ],
        ),
        (
            PAGE,
            Answer::status(429, "slow down"),
            &["429 Too Many Requests: \"slow down\" (3 tries); try again later"],
        ),
        (
            PAGE,
            Answer::status(302, "").with("location", "http://login.invalid/sign-in?token=S3CRET"),
            &["answered 302 Found, a redirect to login.invalid that is not followed; if the service has moved"],
        ),
        (
            PAGE,
            page(b"<!DOCTYPE html><title>Log in</title>"),
            &["HTML page: \"<!DOCTYPE html>", "--cert and --key"],
        ),
        (PAGE, page(b"what?"), &["not a help page: \"what?\""]),
        (PAGE, page(b"\xff\xfe<\0"), &["not UTF-8 (byte 0)"]),
        (
            PAGE,
            page(b"<Events/>"),
            &["is linked as the schema page but holds a page of kind example"],
        ),
        (
            "help/GetEvents/response/example",
            page(b"<Schemas/>"),
            &["is linked as the example page but holds a page of kind schema"],
        ),
        (PAGE, page(&[b'x'; 5001]), &["answered more than 5000 bytes"]),
        (
            "help",
            page(b"<html><body>Log in"),
            &["help feed: GET http://HOST/venue/api/v2/help answered", "an HTML page"],
        ),
        ("help", page(b"\xff<feed/>"), &["a document that is not XML"]),
        (
            "help",
            Answer::status(500, "oops"),
            &["help feed: GET http://HOST/venue/api/v2/help answered 500"],
        ),
    ];
    for (path, answer, expected) in rows {
        let error = second_fetch_fails(path, vec![answer]).await?;
        for part in expected {
            assert!(error.contains(part), "{error}\nlacks\n{part}");
        }
        assert!(error.contains("ROOM/schemas is as it was"), "{error}");
        assert!(!error.contains("S3CRET") && !error.contains(&"x".repeat(81)), "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_first_fetch_that_fails_leaves_nothing_behind() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages_with(PAGE, vec![Answer::status(404, "")])).await?;
    let trial = Trial::new(&server)?;
    trial.error(&server).await;
    assert_eq!(trial.names()?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn names_that_lead_out_of_the_folder_are_refused() -> anyhow::Result<()> {
    let feed = small_site::feed(small_site::OWN_ADDRESS, "2011").replace("KeepAlive", "../../etc");
    let error = second_fetch_fails("help", vec![Answer::page("application/atom+xml", feed)]).await?;
    assert!(error.contains("\"../../etc\" is not a valid operation name"), "{error}");
    Ok(())
}
