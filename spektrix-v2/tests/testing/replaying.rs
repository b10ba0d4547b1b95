//! Answers from a table or a folder.

use std::fs;

use http::header::{HeaderValue, RETRY_AFTER};
use spektrix_v2::operations::{GetBands, GetBasket, GetTags, UpdateBasket};
use spektrix_v2::testing::{Replay, Reply};
use spektrix_v2::{Basket, Client, Retry, TransportFault, UpdateStyle};

fn client(replay: &Replay) -> Client {
    let builder = Client::builder("venue").api_key("test-k3y").retry(Retry::none());
    builder.transport(replay.clone()).build().unwrap()
}

fn bands(name: &str) -> String {
    format!("<Bands><Band id=\"1\"><Name>{name}</Name></Band></Bands>")
}

#[tokio::test]
async fn answers_come_in_turn_and_the_last_one_stays() {
    let replay = Replay::new()
        .answer("GetBands", bands("a"))
        .answer("GetBands", bands("b"));
    let client = client(&replay);
    let mut names = Vec::new();
    for _ in 0..4 {
        names.push(client.send(GetBands::new()).await.unwrap()[0].name.clone());
    }
    assert_eq!(names, ["a", "b", "b", "b"]);
}

#[tokio::test]
async fn a_path_stands_for_its_operations_and_a_name_goes_first() {
    let replay = Replay::new()
        .answer("basket", Reply::status(404))
        .answer("UpdateBasket", Reply::status(400).with_body("by name"));
    let client = client(&replay);
    assert!(client.send(GetBasket::new()).await.unwrap_err().is_not_found());
    let error = client.send(UpdateBasket::new(Basket::new())).await.unwrap_err();
    assert_eq!(error.excerpt(), Some("by name"));
}

#[tokio::test]
async fn an_update_is_known_however_it_is_spelt() {
    for style in [
        UpdateStyle::Patch,
        UpdateStyle::PostWithOverride,
        UpdateStyle::Proppatch,
    ] {
        let replay = Replay::new().answer("UpdateBasket", Reply::status(422));
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
        .answer("GetBands", Reply::failure(TransportFault::Closed))
        .answer("GetBands", wait)
        .answer("GetBands", bands("a"));
    let start = tokio::time::Instant::now();
    let call = client(&replay).call(GetBands::new()).retry(Retry::new());
    assert_eq!(call.await.unwrap()[0].name, "a");
    assert_eq!(start.elapsed().as_secs(), 9);
}

#[tokio::test]
async fn what_has_no_answer_is_named() {
    let error = client(&Replay::new()).send(GetTags::new()).await.unwrap_err();
    assert!(
        error.to_string().contains("there is no answer for GetTags to replay"),
        "{error}"
    );
}

#[tokio::test]
async fn a_folder_is_a_table() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("GetBands.xml"), bands("from a file")).unwrap();
    fs::write(folder.path().join("README.md"), "passed over").unwrap();
    let client = client(&Replay::from_folder(&folder).unwrap());
    assert_eq!(client.send(GetBands::new()).await.unwrap()[0].name, "from a file");
}

#[test]
fn a_folder_that_is_none_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let why = |path| Replay::from_folder(path).unwrap_err();
    let missing = why(folder.path().join("missing"));
    let empty = why(folder.path().to_owned());
    fs::write(folder.path().join("GetBand.xml"), "").unwrap();
    let misnamed = why(folder.path().to_owned());
    let cases = [
        (missing, "missing cannot be replayed: "),
        (empty, "cannot be replayed: there is no XML file in it"),
        (
            misnamed,
            "GetBand.xml cannot be replayed: it is named after no operation",
        ),
    ];
    for (error, text) in cases {
        assert!(error.is_configuration());
        assert!(error.to_string().contains(text), "{error}");
    }
}
