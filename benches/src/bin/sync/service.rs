//! The service, with the lists of instances and of their availability. The venue `after` differs from the venue `before` in
//! the availability of one instance in a hundred. The names of venues that get compressed lists start with `gzip-`.

use std::io::Write as _;

use anyhow::Result;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::Response;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http_body_util::Full;
use spektrix_v2_benches::{instances, local_server, statuses};

/// A list, as it is and compressed.
#[derive(Clone)]
struct List {
    plain: Bytes,
    compressed: Bytes,
}

impl List {
    fn new(root: &str, items: &str) -> Result<Self> {
        let plain = format!("<{root}>{items}</{root}>");
        let mut writer = GzEncoder::new(Vec::new(), Compression::default());
        writer.write_all(plain.as_bytes())?;
        Ok(Self {
            compressed: writer.finish()?.into(),
            plain: plain.into(),
        })
    }
}

/// Responds with prepared bodies, so that the service costs little of the time that is measured.
pub(crate) async fn serve(count: usize) -> Result<()> {
    let programme = List::new("Instances", &instances(count))?;
    let before = List::new("InstancePlanStatuses", &statuses(count, 0))?;
    let after = List::new("InstancePlanStatuses", &statuses(count, count / 100))?;
    local_server::serve(b"http/1.1", move |request| {
        let path = request.uri().path();
        let list = if path.ends_with("/instances") {
            &programme
        } else if path.contains("after/") {
            &after
        } else {
            &before
        };
        let response = Response::builder().header(CONTENT_TYPE, "text/xml");
        Ok(if path.starts_with("/gzip-") {
            let response = response.header(CONTENT_ENCODING, "gzip");
            response.body(Full::new(list.compressed.clone()))?
        } else {
            response.body(Full::new(list.plain.clone()))?
        })
    })
    .await
}
