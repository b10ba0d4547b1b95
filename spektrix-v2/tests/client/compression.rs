//! Tests of compressed responses: every encoding in chunks of any size, what is not what it declares, and bombs.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use futures_util::{StreamExt, stream};
use http::StatusCode;
use spektrix_v2::{
    BodyStream, CustomerId, DecodeErrorKind, Error, ErrorKind, EventId, PrintAtHomeLinkId, Retry, TransportResponse,
};

use crate::operations::{ListIds, ids};
use crate::scripted::{Reply, Scripted};

fn compressed(encoding: &str, text: &[u8]) -> Vec<u8> {
    match encoding {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        "zlib" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        "raw deflate" => {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        }
        _ => {
            let mut brotli = Vec::new();
            let mut encoder = brotli::CompressorWriter::new(&mut brotli, 4096, 5, 22);
            encoder.write_all(text).unwrap();
            drop(encoder);
            brotli
        }
    }
}

fn reply(status: u16, encoding: &str, body: &[u8], chunk: usize) -> Reply {
    let chunks: Vec<_> = body
        .chunks(chunk)
        .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
        .collect();
    let body = BodyStream::new(stream::iter(chunks));
    let response = TransportResponse::new(StatusCode::from_u16(status).unwrap(), body);
    Reply::Respond(response).with_header("content-encoding", encoding)
}

const FORMS: [(&str, &str); 6] = [
    ("gzip", "gzip"),
    ("X-GZip", "gzip"),
    ("identity, gzip", "gzip"),
    ("deflate", "zlib"),
    ("deflate", "raw deflate"),
    ("br", "brotli"),
];

async fn error(reply: Reply) -> Error {
    Scripted::new([reply])
        .client()
        .send(ListIds::default())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn every_encoding_is_read_in_chunks_of_any_size() {
    let text = ids(1..=500);
    let expected: Vec<_> = (1..=500).map(EventId::new).collect();
    for (name, form) in FORMS {
        let body = compressed(form, text.as_bytes());
        for chunk in [1, 7, body.len()] {
            // The length is that of the compressed body.
            let length = body.len().to_string();
            let reply = || reply(200, name, &body, chunk).with_header("content-length", &length);
            let transport = Scripted::new([reply(), reply()]);
            let client = transport.client();
            assert_eq!(
                client.send(ListIds::default()).await.unwrap(),
                expected,
                "{name} {chunk}"
            );
            let items: Vec<_> = client
                .call(ListIds::default())
                .stream()
                .map(Result::unwrap)
                .collect()
                .await;
            assert_eq!(items, expected, "{name} {chunk}");
        }
    }
}

#[tokio::test]
async fn a_body_may_have_several_members_or_be_empty() {
    let text = ids(1..=9);
    let (first, second) = text.split_at(30);
    let members = [
        compressed("gzip", first.as_bytes()),
        compressed("gzip", second.as_bytes()),
    ]
    .concat();
    let transport = Scripted::new([reply(200, "gzip", &members, 10)]);
    assert_eq!(transport.client().send(ListIds::default()).await.unwrap().len(), 9);
    let error = error(reply(200, "gzip", b"", 1)).await;
    assert_eq!(*error.decode_error().unwrap().kind(), DecodeErrorKind::NoContent);
}

#[tokio::test]
async fn requests_for_xml_accept_compression() {
    let transport = Scripted::new([Reply::ok(ids([])), Reply::ok(ids([])), Reply::ok("%PDF")]);
    transport.client().send(ListIds::default()).await.unwrap();
    let without = transport.builder().compression(false).build().unwrap();
    without.send(ListIds::default()).await.unwrap();
    let document = transport.client();
    let document = document.download_ticket(CustomerId::new(1), PrintAtHomeLinkId::new(2));
    drop(document.await.unwrap());
    let accepted: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| request.headers().get("accept-encoding").cloned())
        .collect();
    assert_eq!(accepted[0].as_ref().unwrap(), "br, gzip, deflate");
    assert_eq!(accepted[1..], [None, None], "a PDF is compressed already");
}

#[tokio::test]
async fn what_is_not_in_its_encoding_is_an_error() {
    let gzip = compressed("gzip", ids(1..=9).as_bytes());
    let wrong = |name, body: &[u8]| reply(200, name, body, 5);
    let mut damaged = gzip.clone();
    damaged[15] ^= 0xFF;
    let cases = [
        (
            wrong("gzip", b"<Events></Events>"),
            "it is not in the encoding that its headers declare",
        ),
        (wrong("gzip", &damaged), "it is not in the encoding"),
        (wrong("br", b"<Events></Events>"), "it is not in the encoding"),
        (wrong("deflate", b"<Events/>"), "it is not in the encoding"),
        (
            wrong("zstd", &gzip),
            "it is compressed with `zstd`, which was not asked for",
        ),
        (wrong("gzip, br", &gzip), "it is compressed more than once"),
    ];
    for (reply, words) in cases {
        let error = error(reply).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_compressed_body_that_ends_early_is_retried() {
    for (name, form) in FORMS {
        let body = compressed(form, ids(1..=500).as_bytes());
        let cut = &body[..body.len() - 5];
        let transport = Scripted::new([reply(200, name, cut, 50), reply(200, name, &body, 50)]);
        let client = transport.builder().retry(Retry::new()).build().unwrap();
        assert_eq!(client.send(ListIds::default()).await.unwrap().len(), 500, "{form}");
        let error = error(reply(200, name, cut, 50)).await;
        assert_eq!(error.kind(), ErrorKind::Connection, "{form}: {error}");
    }
}

#[tokio::test]
async fn the_status_of_a_compressed_refusal_is_not_lost() {
    let page = compressed("br", b"<Error>Seat is taken</Error>");
    let refused = error(reply(409, "br", &page, 9)).await;
    assert_eq!(
        (refused.kind(), refused.message()),
        (ErrorKind::Conflict, Some("Seat is taken"))
    );
    for (name, body) in [("gzip", &b"no gzip"[..]), ("zstd", b"anything"), ("br", &page[..9])] {
        assert_eq!(
            error(reply(409, name, body, 9)).await.kind(),
            ErrorKind::Conflict,
            "{name}"
        );
    }
}

/// Ten gigabytes of whitespace within a list.
fn bomb(form: &'static str, name: &str) -> Reply {
    let blank = vec![b' '; 1 << 20];
    let (start, member) = (b"<Events>".as_slice(), Bytes::from(compressed(form, &blank)));
    let chunks: Box<dyn Iterator<Item = Bytes> + Send> = if form == "gzip" {
        let start = Bytes::from(compressed(form, start));
        Box::new(std::iter::once(start).chain(std::iter::repeat_n(member, 10_000)))
    } else {
        // The other encodings have no members: one body of 64 MiB.
        let whole = [start, &blank.repeat(64)].concat();
        Box::new(std::iter::once(Bytes::from(compressed(form, &whole))))
    };
    let body = BodyStream::new(stream::iter(chunks.map(Ok)));
    Reply::Respond(TransportResponse::new(StatusCode::OK, body)).with_header("content-encoding", name)
}

#[tokio::test]
async fn a_bomb_is_an_error() {
    for (form, name) in [("gzip", "gzip"), ("brotli", "br"), ("zlib", "deflate")] {
        let error = error(bomb(form, name)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert!(
            error.to_string().contains("it expands to more than 250 times its size"),
            "{error}"
        );
        let transport = Scripted::new([bomb(form, name)]);
        let error = transport
            .client()
            .call(ListIds::default())
            .stream()
            .next()
            .await
            .unwrap()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
    }
}

/// What is within the ratio is limited by its size, as any other body is.
#[tokio::test]
async fn the_limit_of_bytes_counts_what_is_decompressed() {
    let body = compressed("gzip", ids(1..=5_000).as_bytes());
    let transport = Scripted::new([reply(200, "gzip", &body, 4096)]);
    let options = spektrix_v2::DecodeOptions::default().max_bytes(50_000);
    assert!(body.len() < 50_000);
    let client = transport.builder().decode_options(options).build().unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert!(
        matches!(error.decode_error().unwrap().kind(), DecodeErrorKind::Limit(_)),
        "{error}"
    );
}
