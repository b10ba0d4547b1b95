//! A service that is slow, busy or gone.

use std::time::Duration;

use tokio::net::TcpListener;

use crate::page_server::{Answer, PageServer};
use crate::small_site;
use crate::trial::Trial;

const PAGE: &str = "help/GetEvents/response/schema";

/// Far longer than a fetch here takes, so that a wrong wait shows as a failure and not as a hang.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_page_that_recovers_is_as_good_as_any() -> anyhow::Result<()> {
    let good = small_site::pages()[PAGE].clone();
    let rows = [
        [Answer::status(500, "oops"), Answer::status(503, "still")],
        // Far longer than any test waits, were it not capped.
        [
            Answer::status(429, "slow").with("retry-after", "3600"),
            Answer::status(502, "").with("retry-after", "soon"),
        ],
    ];
    for row in rows {
        let server = PageServer::start(small_site::pages_with(PAGE, [&row[..], &good].concat())).await?;
        let trial = Trial::new(&server)?;
        tokio::time::timeout(PATIENCE, trial.fetch()).await??;
        assert_eq!(trial.text("GetEvents/response.xsd"), "<Schemas/>\r\n");
        let retries = trial
            .said()
            .iter()
            .filter(|line| line.contains("GetEvents response schema: answered"))
            .count();
        assert_eq!(retries, 2, "{:?}", trial.said());
    }
    Ok(())
}

#[tokio::test]
async fn retry_after_comes_before_our_own_schedule() -> anyhow::Result<()> {
    let busy = Answer::status(503, "").with("retry-after", "0");
    let pages = small_site::pages_with(PAGE, [vec![busy], small_site::pages()[PAGE].clone()].concat());
    let server = PageServer::start(pages).await?;
    let mut trial = Trial::new(&server)?;
    trial.options.limits.first_wait = Duration::from_secs(3600);
    trial.options.limits.longest_wait = Duration::from_secs(3600);
    tokio::time::timeout(PATIENCE, trial.fetch()).await??;
    assert_eq!(
        trial.said()[0].split("; ").last(),
        Some("trying again in 0.0 s"),
        "{:?}",
        trial.said()
    );
    Ok(())
}

#[tokio::test]
async fn a_page_that_never_comes_is_given_up() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages_with("help", vec![Answer::never()])).await?;
    let mut trial = Trial::new(&server)?;
    trial.options.limits.page = Duration::from_millis(30);
    let error = trial.error(&server).await;
    let expected =
        "help feed: GET http://HOST/venue/api/v2/help gave no whole answer within 30ms (3 tries); try again later";
    assert!(error.ends_with(expected), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_service_that_is_gone_says_so() -> anyhow::Result<()> {
    let server = PageServer::start(small_site::pages()).await?;
    let mut trial = Trial::new(&server)?;
    // A port that was just free: nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
    trial.options.base = format!("http://127.0.0.1:{port}").parse()?;
    let error = trial.error(&server).await;
    assert!(
        error.contains("/help failed: ") && error.contains("(3 tries); check the network and --base-url"),
        "{error}"
    );
    Ok(())
}
