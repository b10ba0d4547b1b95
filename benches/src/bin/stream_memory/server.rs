//! A server of instances, in another process.

use std::convert::Infallible;
use std::iter;

use anyhow::Result;
use bytes::Bytes;
use clap::ValueEnum;
use futures_util::stream;
use http::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::StreamBody;
use hyper::body::{Body, Frame};
use spektrix_v2_benches::{instances, local_server};

use crate::BLOCK;

/// The version of HTTP that the server uses.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum HttpVersion {
    #[value(name = "1.1")]
    Http1,
    #[value(name = "2")]
    Http2,
}

impl HttpVersion {
    fn protocol(self) -> &'static [u8] {
        match self {
            Self::Http1 => b"http/1.1",
            Self::Http2 => b"h2",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Http1 => "1.1",
            Self::Http2 => "2",
        }
    }
}

/// Sends this many blocks of instances for each request, until it is killed.
pub(crate) async fn serve(blocks: usize, http: HttpVersion) -> Result<()> {
    let block = Bytes::from(instances(BLOCK));
    local_server::serve(http.protocol(), move |request| {
        // A request with a limit gets one block, any other gets all.
        let query = request.uri().query().unwrap_or_default();
        let blocks = if query.contains("limit=") { 1 } else { blocks };
        response(block.clone(), blocks)
    })
    .await
}

fn response(block: Bytes, blocks: usize) -> Result<Response<impl Body<Data = Bytes, Error = Infallible>>> {
    const START: Bytes = Bytes::from_static(b"<Instances>");
    const END: Bytes = Bytes::from_static(b"</Instances>");
    let length = START.len() + block.len() * blocks + END.len();
    let chunks = iter::once(START).chain(iter::repeat_n(block, blocks)).chain([END]);
    let body = StreamBody::new(stream::iter(
        chunks.map(|chunk| Ok::<_, Infallible>(Frame::data(chunk))),
    ));
    let response = Response::builder()
        .header(CONTENT_TYPE, "text/xml")
        .header(CONTENT_LENGTH, length);
    Ok(response.body(body)?)
}
