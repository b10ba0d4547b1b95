//! The service, with the lists of instances and of their availability. The venue `after` differs from the venue `before` in
//! the availability of one instance in a hundred.

use anyhow::Result;
use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use http_body_util::Full;
use spektrix_v2_benches::{instances, local_server, statuses};

pub(crate) const BEFORE: &str = "before";
pub(crate) const AFTER: &str = "after";

/// Responds with prepared bodies, uncompressed, so that the service costs little of the time that is measured.
pub(crate) async fn serve(count: usize) -> Result<()> {
    let list = |root: &str, items: String| Bytes::from(format!("<{root}>{items}</{root}>"));
    let programme = list("Instances", instances(count));
    let before = list("InstancePlanStatuses", statuses(count, 0));
    let after = list("InstancePlanStatuses", statuses(count, count / 100));
    local_server::serve(b"http/1.1", move |request| {
        let path = request.uri().path();
        let body = if path.ends_with("/instances") {
            programme.clone()
        } else if path.starts_with("/after/") {
            after.clone()
        } else {
            before.clone()
        };
        Ok(Response::builder()
            .header(CONTENT_TYPE, "text/xml")
            .body(Full::new(body))?)
    })
    .await
}
