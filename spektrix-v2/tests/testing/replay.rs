//! Tests of `Replay`: tables, folders, headers and failures.

use std::fs;

use http::header::{HeaderValue, RETRY_AFTER};
use spektrix_v2::operations::{GetBands, GetBasket, GetTags, UpdateBasket};
use spektrix_v2::testing::{Replay, Reply};
use spektrix_v2::{Basket, Client, Retry, TransportErrorKind, UpdateStyle};

fn client(replay: &Replay) -> Client {
    let builder = Client::builder("venue").api_key("test-k3y").retry(Retry::none());
    builder.transport(replay.clone()).build().unwrap()
}

fn bands(name: &str) -> String {
    format!("<Bands><Band id=\"1\"><Name>{name}</Name></Band></Bands>")
}

#[tokio::test]
async fn replies_are_used_in_order_and_the_last_one_repeats() {
    let replay = Replay::new()
        .respond("GetBands", bands("a"))
        .respond("GetBands", bands("b"));
    let client = client(&replay);
    let mut names = Vec::new();
    for _ in 0..4 {
        names.push(client.send(GetBands::new()).await.unwrap()[0].name.clone());
    }
    assert_eq!(names, ["a", "b", "b", "b"]);
}

#[tokio::test]
async fn an_operation_has_precedence_over_a_path() {
    let replay = Replay::new()
        .respond("basket", Reply::status(404))
        .respond("UpdateBasket", Reply::status(400).with_body("by name"));
    let client = client(&replay);
    assert!(client.send(GetBasket::new()).await.unwrap_err().is_not_found());
    let error = client.send(UpdateBasket::new(Basket::new())).await.unwrap_err();
    assert_eq!(error.excerpt(), Some("by name"));
}

#[tokio::test]
async fn updates_are_recognized_in_every_update_style() {
    for style in [
        UpdateStyle::Patch,
        UpdateStyle::PostWithOverride,
        UpdateStyle::Proppatch,
    ] {
        let replay = Replay::new().respond("UpdateBasket", Reply::status(422));
        let builder = Client::builder("venue").api_key("test-k3y").update_style(style);
        let client = builder.transport(replay).build().unwrap();
        let error = client.send(UpdateBasket::new(Basket::new())).await.unwrap_err();
        assert!(error.is_validation(), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn failures_and_headers_are_replayed() {
    let wait = Reply::status(503).with_header(RETRY_AFTER, HeaderValue::from_static("9"));
    let replay = Replay::new()
        .respond("GetBands", Reply::failure(TransportErrorKind::Closed))
        .respond("GetBands", wait)
        .respond("GetBands", bands("a"));
    let start = tokio::time::Instant::now();
    let call = client(&replay).call(GetBands::new()).retry(Retry::new());
    assert_eq!(call.await.unwrap()[0].name, "a");
    assert_eq!(start.elapsed().as_secs(), 9);
}

#[tokio::test]
async fn a_request_without_a_reply_names_its_operation() {
    let error = client(&Replay::new()).send(GetTags::new()).await.unwrap_err();
    assert!(
        error.to_string().contains("the replay has no reply for GetTags"),
        "{error}"
    );
}

#[tokio::test]
async fn replies_are_read_from_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("GetBands.xml"), bands("from a file")).unwrap();
    fs::write(folder.path().join("README.md"), "skipped").unwrap();
    let client = client(&Replay::from_folder(&folder).unwrap());
    assert_eq!(client.send(GetBands::new()).await.unwrap()[0].name, "from a file");
}

#[test]
fn an_unusable_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let why = |path| Replay::from_folder(path).unwrap_err();
    let missing = why(folder.path().join("missing"));
    let empty = why(folder.path().to_owned());
    fs::write(folder.path().join("GetBand.xml"), "").unwrap();
    let misnamed = why(folder.path().to_owned());
    let cases = [
        (missing, "missing: "),
        (empty, ": the folder has no XML file"),
        (misnamed, "GetBand.xml: no operation has the name of this file"),
    ];
    for (error, text) in cases {
        assert!(error.is_configuration());
        let line = error.to_string();
        assert!(line.starts_with("cannot replay ") && line.contains(text), "{line}");
    }
}
