//! Tests of downloads: the request, the chunks, and files that are either complete or absent.

use std::fs;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::StatusCode;
use spektrix_v2::{
    BodyStream, CustomerId, Download, Error, PrintAtHomeLinkId, Retry, TransportError, TransportErrorKind,
    TransportResponse,
};

use crate::errors::predicates;
use crate::scripted::{Reply, Scripted};

type Chunk = Result<Bytes, TransportError>;

#[expect(clippy::unnecessary_wraps, reason = "a body is a stream of results")]
fn chunk(text: &'static str) -> Chunk {
    Ok(Bytes::from_static(text.as_bytes()))
}

fn broken() -> Chunk {
    Err(TransportError::new(
        TransportErrorKind::Body,
        "reset at api_key=test-k3y",
    ))
}

fn pdf(chunks: impl IntoIterator<Item = Chunk, IntoIter: Send + 'static>) -> Reply {
    let body = BodyStream::new(stream::iter(chunks));
    Reply::Respond(TransportResponse::new(StatusCode::OK, body)).with_header("content-type", "application/pdf")
}

async fn download(transport: &Scripted) -> Result<Download, Error> {
    let client = transport.client();
    client
        .download_ticket(CustomerId::new(7), PrintAtHomeLinkId::new(60))
        .await
}

async fn save(reply: Reply, path: &Path) -> Result<u64, Error> {
    download(&Scripted::new([reply])).await?.save(path).await
}

pub(crate) async fn into_a_missing_folder() -> Error {
    let folder = tempfile::tempdir().unwrap();
    save(pdf([chunk("%PDF")]), &folder.path().join("missing/tickets.pdf"))
        .await
        .unwrap_err()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn the_request_is_as_documented() {
    let transport = Scripted::new([pdf([chunk("%PDF")])]);
    drop(download(&transport).await.unwrap());
    let request = transport.requests().remove(0);
    assert_eq!(
        request.uri(),
        "https://api.system.spektrix.com/venue/api/v2/customers/print-at-home-download\
         ?customer_id=7&document_id=60&api_key=test-k3y"
    );
    assert_eq!(request.method(), "GET");
    assert_eq!(request.headers()["accept"], "application/pdf");
    assert!(!request.headers().contains_key("cookie"));
}

#[tokio::test]
async fn a_download_returns_its_chunks() {
    let reply = pdf([chunk("%PDF"), chunk("-1.7")]).with_header("content-length", "8");
    let mut document = download(&Scripted::new([reply])).await.unwrap();
    assert_eq!(document.length(), Some(8));
    let mut chunks = Vec::new();
    while let Some(chunk) = document.next().await {
        chunks.push(chunk.unwrap());
    }
    assert_eq!(chunks, ["%PDF", "-1.7"]);
}

#[tokio::test]
async fn save_replaces_an_existing_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tickets.pdf");
    fs::write(&path, "an older one").unwrap();
    assert_eq!(save(pdf([chunk("%PDF"), chunk("-1.7")]), &path).await.unwrap(), 8);
    assert_eq!(fs::read(&path).unwrap(), b"%PDF-1.7");
    assert_eq!(names(folder.path()), ["tickets.pdf"]);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tickets.pdf");
    save(pdf([chunk("%PDF")]), &path).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_failed_download_leaves_the_folder_unchanged() {
    type Case = (fn() -> Reply, &'static str);
    let cases: [Case; 3] = [
        (|| pdf([chunk("%PDF"), broken()]), "(reset at api_key=***)"),
        (
            || pdf([chunk("%PDF")]).with_header("content-length", "9"),
            "(received 4 of 9 bytes)",
        ),
        (
            || pdf([chunk("%PDF-1.7%%EOF")]).with_header("content-length", "9"),
            "(received 13 of 9 bytes)",
        ),
    ];
    for (reply, words) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tickets.pdf");
        fs::write(&path, "an older one").unwrap();
        let error = save(reply(), &path).await.unwrap_err();
        assert_eq!(predicates(&error), ["connect"]);
        let start = "DownloadTicket: the connection was closed";
        assert!(error.to_string().starts_with(start), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(names(folder.path()), ["tickets.pdf"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "an older one");
    }
}

#[tokio::test]
async fn a_dropped_download_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let body = BodyStream::new(stream::iter([chunk("%PDF")]).chain(stream::pending()));
    let reply = Reply::Respond(TransportResponse::new(StatusCode::OK, body));
    let document = download(&Scripted::new([reply])).await.unwrap();
    {
        let mut saving = pin!(document.save(folder.path().join("tickets.pdf")));
        let mut context = Context::from_waker(Waker::noop());
        while names(folder.path()).is_empty() {
            assert!(saving.as_mut().poll(&mut context).is_pending());
            tokio::task::yield_now().await;
        }
        assert!(names(folder.path())[0].starts_with(".ticket-"));
        // It continues until it waits for the rest.
        for _ in 0..20 {
            assert!(saving.as_mut().poll(&mut context).is_pending());
            tokio::task::yield_now().await;
        }
    }
    // The thread that created the file may need a moment to remove it.
    for _ in 0..1000 {
        if names(folder.path()).is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{:?} remained", names(folder.path()));
}

#[tokio::test]
async fn an_error_names_the_file_that_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("tickets.pdf");
    let error = save(pdf([chunk("%PDF")]), &path).await.unwrap_err();
    assert_eq!(predicates(&error), ["file"]);
    let words = "tickets.pdf cannot be written: ";
    assert!(error.to_string().contains(words), "{error}");
    assert!(error.hint().unwrap().contains("check that the folder exists"));
}

#[tokio::test]
async fn a_text_instead_of_the_document_is_an_error() {
    for (kind, shown) in [
        ("text/html; charset=utf-8", "text/html"),
        ("Application/XML", "application/xml"),
        ("application/json", "application/json"),
    ] {
        let reply = Reply::ok("<html>").with_header("content-type", kind);
        let error = download(&Scripted::new([reply])).await.unwrap_err();
        assert_eq!(predicates(&error), ["decode"]);
        assert_eq!(error.status(), Some(StatusCode::OK));
        let words = format!("the response is {shown}, not a document: the document may not be ready");
        assert!(error.to_string().contains(&words), "{error}");
    }
}

/// The content decides, whatever the headers declare.
#[tokio::test]
async fn what_is_not_a_pdf_is_refused() {
    type Case = (fn() -> Reply, &'static str);
    let cases: [Case; 9] = [
        (
            || pdf([chunk("<html>Sorry, an error occurred</html>")]),
            "the response is a web page or XML, not a document (\"Sorry, an error occurred\")",
        ),
        (
            || pdf([chunk("\u{FEFF} <!DOCTYPE html><title>%PDF</title>")]),
            "the response is a web page or XML, not a document (\"%PDF\")",
        ),
        (
            || pdf([chunk("%P"), chunk("NG")]),
            "the response is data of another kind, not a document:",
        ),
        (
            || pdf([chunk("{\"error\": \"Ada\"}")]),
            "the response is JSON, not a document:",
        ),
        (|| pdf([]), "the response is empty, not a document:"),
        (
            || pdf([chunk("%PD")]),
            "the response is data of another kind, not a document:",
        ),
        (|| pdf([chunk(" \r\n")]), "the response is empty, not a document:"),
        (
            || pdf([chunk("%PDF-1.7")]).with_header("content-length", "0"),
            "the response is empty, not a document:",
        ),
        (|| Reply::status(204, ""), "the response is empty, not a document:"),
    ];
    for (reply, expected) in cases {
        let error = download(&Scripted::new([reply()])).await.unwrap_err();
        assert_eq!(predicates(&error), ["decode"], "{error}");
        assert!(error.to_string().contains(expected), "{error}");
    }
}

#[tokio::test]
async fn a_pdf_may_begin_after_whitespace_and_in_any_chunk() {
    let reply = pdf([chunk("\u{FEFF}\r\n"), chunk(" %"), chunk("PDF-1.7"), chunk("rest")]);
    let mut document = download(&Scripted::new([reply])).await.unwrap();
    let mut chunks = Vec::new();
    while let Some(chunk) = document.next().await {
        chunks.push(chunk.unwrap());
    }
    assert_eq!(chunks.concat(), "\u{FEFF}\r\n %PDF-1.7rest".as_bytes());
}

#[tokio::test(start_paused = true)]
async fn starting_is_retried_and_a_stall_has_a_limit() {
    let body = BodyStream::new(stream::iter([chunk("%PDF")]).chain(stream::pending()));
    let hangs = Reply::Respond(TransportResponse::new(StatusCode::OK, body));
    let transport = Scripted::new([Reply::status(503, ""), hangs, Reply::status(404, "")]);
    let builder = transport.builder().retry(Retry::new());
    let client = builder.timeout(Duration::from_secs(9)).build().unwrap();
    let ids = (CustomerId::new(7), PrintAtHomeLinkId::new(60));

    let mut document = client.download_ticket(ids.0, ids.1).await.unwrap();
    assert_eq!(document.next().await.unwrap().unwrap(), "%PDF");
    let error = document.next().await.unwrap().unwrap_err();
    assert_eq!(predicates(&error), ["timeout"]);
    assert!(error.to_string().contains("no data for 9s"), "{error}");
    assert_eq!(error.attempts(), 2);

    assert!(client.download_ticket(ids.0, ids.1).await.unwrap_err().is_not_found());
    assert_eq!(transport.requests().len(), 3);
}
