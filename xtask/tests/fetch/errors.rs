//! Failures of the service: the folder is unchanged, and the error has a hint.

use std::time::Duration;

use tokio::net::TcpListener;

use crate::fetch_test::FetchTest;
use crate::page_server::{PageServer, Response};
use crate::site;

const PAGE: &str = "help/GetEvents/response/schema";

/// Fetches once, and again from a service with other responses for one path. Returns the error.
async fn second_fetch_fails(path: &str, responses: Vec<Response>) -> anyhow::Result<String> {
    let good = PageServer::start(site::pages()).await?;
    let mut test = FetchTest::new(&good)?;
    test.fetch().await?;
    let before = test.files()?;
    let bad = PageServer::start(site::pages_with(path, responses)).await?;
    test.options.base = bad.base()?;
    test.options.limits.bytes = 5000;
    let error = test.error(&bad).await;
    assert!(test.files()? == before, "the folder was changed: {:?}", test.names()?);
    Ok(error)
}

#[tokio::test]
async fn a_page_that_keeps_failing_is_named_and_quoted() -> anyhow::Result<()> {
    let error = second_fetch_fails(PAGE, vec![Response::status(500, "<html>\r\n  <h1>Runtime Error</h1>")]).await?;
    insta::assert_snapshot!(error, @r#"cannot fetch the help pages; TEMP/schemas is unchanged: GetEvents response schema: GET http://HOST/venue/api/v2/help/GetEvents/response/schema: 500 Internal Server Error: "<html> <h1>Runtime Error</h1>" (3 attempts); retry later"#);
    Ok(())
}

#[tokio::test]
async fn every_failure_has_a_hint() -> anyhow::Result<()> {
    let page = |body: &[u8]| Response::page("text/plain", body);
    let long = "x".repeat(300);
    let deep = format!("<Schemas>{}{}</Schemas>", "<a>".repeat(60), "</a>".repeat(60));
    let rows: Vec<(&str, Response, &[&str])> = vec![
        (
            PAGE,
            Response::status(404, ""),
            &[": 404 Not Found without a body; check --base-url"],
        ),
        (
            PAGE,
            Response::status(401, "no"),
            &["401 Unauthorized: \"no\"; the service may require a client certificate: pass --cert and --key"],
        ),
        (
            PAGE,
            Response::status(403, &long),
            &[
                "403 Forbidden: \"xxx",
                "xxx\"; the service may require a client certificate",
            ],
        ),
        (
            PAGE,
            Response::status(429, "slow down"),
            &["429 Too Many Requests: \"slow down\" (3 attempts); retry later"],
        ),
        (
            PAGE,
            Response::status(302, "").with("location", "http://login.invalid/sign-in?token=S3CRET"),
            &[": 302 Found, a redirect to login.invalid, which is not followed; if the service has moved"],
        ),
        (
            PAGE,
            Response::status(301, "").with("location", "https://127.0.0.1/venue/api/v2/help?token=S3CRET"),
            &[
                "301 Moved Permanently, a redirect to 127.0.0.1",
                "pass --base-url https://127.0.0.1/venue/api/v2",
            ],
        ),
        (
            PAGE,
            page(b"<Schemas/>").with("content-encoding", "br"),
            &["the page is compressed as br, which is not supported; the server, or a proxy"],
        ),
        (
            PAGE,
            page(b"<Schemas/>").with("content-encoding", "gzip"),
            &["the page cannot be decompressed"],
        ),
        (
            PAGE,
            page(b"<!DOCTYPE a><Schemas/>"),
            &["codegen would refuse the page: GetEvents response schema: the page has a document type declaration"],
        ),
        (
            PAGE,
            page(deep.as_bytes()),
            &["codegen would refuse the page", "more than 40 levels of elements"],
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
            &["linked as the schema page, but the page is of kind example"],
        ),
        (
            "help/GetEvents/response/example",
            page(b"<Schemas/>"),
            &["linked as the example page, but the page is of kind schema"],
        ),
        (PAGE, page(&[b'x'; 5001]), &["the response has more than 5000 bytes"]),
        (
            "help",
            page(b"<html><body>Log in"),
            &["help feed: GET http://HOST/venue/api/v2/help: ", "an HTML page"],
        ),
        ("help", page(b"\xff<feed/>"), &["a document that is not XML"]),
        (
            "help",
            Response::status(500, "oops"),
            &["help feed: GET http://HOST/venue/api/v2/help: 500"],
        ),
    ];
    for (path, response, expected) in rows {
        let error = second_fetch_fails(path, vec![response]).await?;
        for part in expected {
            assert!(error.contains(part), "{error}\nlacks\n{part}");
        }
        assert!(error.contains("TEMP/schemas is unchanged"), "{error}");
        assert!(!error.contains("S3CRET") && !error.contains(&"x".repeat(81)), "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_first_fetch_that_fails_writes_nothing() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages_with(PAGE, vec![Response::status(404, "")])).await?;
    let test = FetchTest::new(&server)?;
    test.error(&server).await;
    assert_eq!(test.names()?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn names_that_leave_the_folder_are_refused() -> anyhow::Result<()> {
    let feed = site::feed(site::OWN_ADDRESS, "2011").replace("KeepAlive", "../../etc");
    let error = second_fetch_fails("help", vec![Response::page("application/atom+xml", feed)]).await?;
    assert!(error.contains("\"../../etc\" is not a valid operation name"), "{error}");
    Ok(())
}

/// Much longer than a fetch takes here, so that a wrong wait is a failure and not a hang.
const TIMEOUT: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_page_is_retried_until_it_succeeds() -> anyhow::Result<()> {
    let good = site::pages()[PAGE].clone();
    let rows = [
        [Response::status(500, "oops"), Response::status(503, "still")],
        // Without the limit on waits, this would be much too long.
        [
            Response::status(429, "slow").with("retry-after", "3600"),
            Response::status(502, "").with("retry-after", "soon"),
        ],
    ];
    for row in rows {
        let server = PageServer::start(site::pages_with(PAGE, [&row[..], &good].concat())).await?;
        let test = FetchTest::new(&server)?;
        tokio::time::timeout(TIMEOUT, test.fetch()).await??;
        assert_eq!(test.text("GetEvents/response.xsd"), "<Schemas/>\r\n");
        let retries = test
            .progress()
            .iter()
            .filter(|line| line.contains("GetEvents response schema: ") && line.contains("; retry in"))
            .count();
        assert_eq!(retries, 2, "{:?}", test.progress());
    }
    Ok(())
}

#[tokio::test]
async fn retry_after_overrides_the_schedule() -> anyhow::Result<()> {
    let busy = Response::status(503, "").with("retry-after", "0");
    let pages = site::pages_with(PAGE, [vec![busy], site::pages()[PAGE].clone()].concat());
    let server = PageServer::start(pages).await?;
    let mut test = FetchTest::new(&server)?;
    test.options.limits.first_wait = Duration::from_secs(3600);
    test.options.limits.longest_wait = Duration::from_secs(3600);
    tokio::time::timeout(TIMEOUT, test.fetch()).await??;
    assert_eq!(
        test.progress()[0].split("; ").last(),
        Some("retry in 0.0 s"),
        "{:?}",
        test.progress()
    );
    Ok(())
}

#[tokio::test]
async fn a_page_that_does_not_arrive_times_out() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages_with("help", vec![Response::hanging()])).await?;
    let mut test = FetchTest::new(&server)?;
    test.options.limits.page = Duration::from_millis(30);
    let error = test.error(&server).await;
    let expected = "help feed: GET http://HOST/venue/api/v2/help: no complete response within 30ms (3 attempts); retry \
                    later";
    assert!(error.ends_with(expected), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_refused_connection_is_reported() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let mut test = FetchTest::new(&server)?;
    // A port that was just free: no server listens there.
    let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
    test.options.base = format!("http://127.0.0.1:{port}").parse()?;
    let error = test.error(&server).await;
    assert!(
        error.contains("/help: connection failed: ")
            && error.contains("(3 attempts); check the network and --base-url"),
        "{error}"
    );
    Ok(())
}

/// Compresses bytes.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[tokio::test]
async fn compressed_pages_are_stored_decompressed() -> anyhow::Result<()> {
    let page = Response::page("application/xml", gzip(b"<Schemas/>")?).with("content-encoding", "gzip");
    let server = PageServer::start(site::pages_with(PAGE, vec![page])).await?;
    let test = FetchTest::new(&server)?;
    test.fetch().await?;
    assert_eq!(test.text("GetEvents/response.xsd"), "<Schemas/>");
    Ok(())
}

#[tokio::test]
async fn a_compressed_page_is_limited_decompressed() -> anyhow::Result<()> {
    let page = Response::page("text/plain", gzip(&[b' '; 5001])?).with("content-encoding", "gzip");
    let error = second_fetch_fails(PAGE, vec![page]).await?;
    assert!(error.contains("the response has more than 5000 bytes"), "{error}");
    Ok(())
}

#[tokio::test]
async fn https_at_a_port_of_plain_http_fails_without_retries() -> anyhow::Result<()> {
    let server = PageServer::start(site::pages()).await?;
    let mut test = FetchTest::new(&server)?;
    test.options.base = format!("https://{}/venue/api/v2", server.host()).parse()?;
    let error = test.error(&server).await;
    assert!(error.contains("check the scheme and the port of --base-url"), "{error}");
    assert!(!error.contains("attempts"), "{error}");
    Ok(())
}
