//! Tests of the calendar against the sandbox: its pages, and that they are served while the service is down.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use spektrix_v2::catalogue::LiveCatalogue;
use spektrix_v2_sandbox::{Fault, Sandbox};
use tower::ServiceExt as _;

use super::site;

async fn get(live: &LiveCatalogue, path: &str) -> anyhow::Result<(StatusCode, String)> {
    let request = Request::get(path).body(Body::empty())?;
    let response = site(live.clone()).oneshot(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    Ok((status, String::from_utf8(body.to_vec())?))
}

#[tokio::test]
async fn pages_show_the_programme_also_during_an_outage() -> anyhow::Result<()> {
    let sandbox = Sandbox::start().await?;
    let live = LiveCatalogue::start(&sandbox.client()?).await?;
    sandbox.inject(Fault::Status {
        status: 503,
        retry_after: None,
    })?;
    assert!(live.refresh().await.is_err(), "the service is down");

    let catalogue = live.catalogue();
    let next = catalogue
        .between(Timestamp::now()..)
        .find(|instance| instance.is_on_sale);
    let next = next.ok_or_else(|| anyhow::anyhow!("the sandbox has a performance on sale"))?;
    let event = catalogue
        .event(next.event)
        .ok_or_else(|| anyhow::anyhow!("it has its event"))?;

    let (status, body) = get(&live, "/").await?;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains(&format!("<a href=\"/events/{}\">", event.id)), "{body}");
    assert_eq!(body.matches("<h2>").count(), 14, "{body}");
    assert!(body.contains(": from £"), "{body}");

    let (status, body) = get(&live, &format!("/events/{}", event.id)).await?;
    assert_eq!(status, StatusCode::OK);
    assert!(
        body.contains("<h1>") && body.contains(&event.html_description),
        "{body}"
    );
    // Each line has a time: `7:30pm: from £12.00`.
    let upcoming = catalogue.between(Timestamp::now()..);
    let upcoming = upcoming.filter(|instance| instance.event == event.id).count();
    assert_eq!(body.matches("m: ").count(), upcoming, "{body}");

    let (status, body) = get(&live, "/health").await?;
    assert_eq!(status, StatusCode::OK, "the availability is seconds old");
    assert!(body.contains("503"), "{body}");
    assert_eq!(get(&live, "/events/999999").await?.0, StatusCode::NOT_FOUND);
    sandbox.stop().await;
    Ok(())
}
