//! Compressed responses: as a request accepts them, and as faults send them.

use std::io::Read;

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, VARY};
use spektrix_v2_sandbox::{ContentCoding, Fault, HttpVersions};

use crate::support::{Received, Setup, VERSIONS, url};

const CODINGS: [ContentCoding; 4] = [
    ContentCoding::Gzip,
    ContentCoding::Deflate,
    ContentCoding::RawDeflate,
    ContentCoding::Brotli,
];

/// Decompresses a body.
fn decoder<'a>(coding: ContentCoding, body: &'a [u8]) -> Box<dyn Read + 'a> {
    match coding {
        ContentCoding::Gzip => Box::new(GzDecoder::new(body)),
        ContentCoding::Deflate => Box::new(ZlibDecoder::new(body)),
        ContentCoding::RawDeflate => Box::new(DeflateDecoder::new(body)),
        ContentCoding::Brotli => Box::new(brotli::Decompressor::new(body, 4096)),
        other => panic!("{other:?}"),
    }
}

fn decompressed(coding: ContentCoding, body: &[u8]) -> String {
    let mut text = String::new();
    decoder(coding, body)
        .read_to_string(&mut text)
        .unwrap_or_else(|error| panic!("{coding:?}: {error}"));
    text
}

async fn accepting(setup: &Setup, accepted: &str, path: &str) -> Received {
    let path = format!("{path}api_key={}", setup.sandbox.api_key());
    let request = setup
        .client
        .get(url(&setup.sandbox, &path))
        .header(ACCEPT_ENCODING, accepted);
    Setup::receive(request.send().await).await
}

#[tokio::test]
async fn responses_are_compressed_as_requested() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        let plain = accepting(&setup, "identity", "events?all=true&").await;
        assert_eq!(
            (plain.header(CONTENT_ENCODING), plain.header(VARY)),
            ("", "Accept-Encoding")
        );
        let cases = [
            ("gzip", ContentCoding::Gzip, "gzip"),
            ("deflate", ContentCoding::Deflate, "deflate"),
            ("gzip, deflate, br", ContentCoding::Brotli, "br"),
        ];
        for (accepted, coding, name) in cases {
            let received = accepting(&setup, accepted, "events?all=true&").await;
            assert_eq!(received.header(CONTENT_ENCODING), name);
            let body = received.body();
            assert_eq!(received.header(CONTENT_LENGTH), body.len().to_string());
            assert!(body.len() * 3 < plain.body().len(), "{accepted}: {} bytes", body.len());
            assert_eq!(decompressed(coding, &body), plain.text(), "{accepted}");
        }
    }
}

#[tokio::test]
async fn refusals_are_compressed_and_empty_bodies_are_not() {
    let setup = Setup::new(HttpVersions::Both).await;
    let refusal = accepting(&setup, "gzip", "nowhere?").await;
    assert_eq!((refusal.status, refusal.header(CONTENT_ENCODING)), (Some(404), "gzip"));
    assert!(decompressed(ContentCoding::Gzip, &refusal.body()).contains("no operation at"));
    setup.sandbox.inject(Fault::EmptyBody).expect("a valid fault");
    let empty = accepting(&setup, "gzip", "bands?").await;
    assert_eq!((empty.header(CONTENT_ENCODING), empty.body()), ("", vec![]));
}

#[tokio::test]
async fn a_body_is_compressed_whether_accepted_or_not() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        let plain = setup.request().await;
        assert_eq!(plain.header(CONTENT_ENCODING), "", "nothing was accepted");
        for coding in CODINGS {
            let received = setup.request_with(Fault::Compress { coding }).await;
            let expected = match coding {
                ContentCoding::Gzip => "gzip",
                ContentCoding::Brotli => "br",
                _ => "deflate",
            };
            assert_eq!(received.header(CONTENT_ENCODING), expected);
            assert_eq!(decompressed(coding, &received.body()), plain.text(), "{coding:?}");
        }
    }
}

#[tokio::test]
async fn a_bomb_is_small_until_it_is_decompressed() {
    const BYTES: u64 = 10_000_000;
    for coding in CODINGS {
        let setup = Setup::new(HttpVersions::Both).await;
        let plain = setup.request().await.body().len();
        let received = setup
            .request_with(Fault::CompressionBomb { coding, bytes: BYTES })
            .await;
        let body = received.body();
        assert!(body.len() < 50_000, "{coding:?}: {} bytes", body.len());
        let size = std::io::copy(&mut decoder(coding, &body), &mut std::io::sink()).expect("a valid body");
        let padding = u64::try_from(plain + "<Padding></Padding>".len()).expect("a length");
        assert_eq!(size, BYTES + padding, "{coding:?}");
    }
}

#[tokio::test]
async fn faults_of_the_connection_apply_to_compressed_bytes() {
    let setup = Setup::new(HttpVersions::OnlyHttp1).await;
    let coding = ContentCoding::Gzip;
    let whole = setup.request_with(Fault::Compress { coding }).await.body();
    setup.sandbox.clear_faults();
    setup.sandbox.inject(Fault::Compress { coding }).expect("a valid fault");
    setup
        .sandbox
        .inject(Fault::ResetWithinBody { after: 30 })
        .expect("a valid fault");
    let received = setup.request().await;
    assert!(received.reset, "{received:?}");
    assert_eq!(received.body(), whole[..30]);

    setup.sandbox.clear_faults();
    setup.sandbox.inject(Fault::Compress { coding }).expect("a valid fault");
    setup
        .sandbox
        .inject(Fault::Truncated { after: 40 })
        .expect("a valid fault");
    let received = setup.request().await;
    assert_eq!(
        decompressed(coding, &received.body()).len(),
        40,
        "a fault of the body applies before"
    );
}
