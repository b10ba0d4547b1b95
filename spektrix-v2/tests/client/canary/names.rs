//! Tests of names that contain secrets: hosts, content types, elements and attributes.

use std::sync::{Arc, Mutex};

use spektrix_v2::operations::GetBands;
use spektrix_v2::{CustomerId, DecodeOptions, Error, PrintAtHomeLinkId, SessionId};

use super::{API_KEY, CANARIES, SESSION, assert_log_unseen, assert_silent, assert_unseen, client, listen, session};
use crate::operations::ListIds;
use crate::scripted::{Reply, Scripted};

/// Returns the secrets of a request and a card number, each reduced to characters that a name may have.
fn names() -> Vec<String> {
    let sent = [API_KEY, SESSION, CANARIES[4].1];
    let names = sent.map(|canary| canary.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    names
        .into_iter()
        .flat_map(|name| [name.clone(), format!("x{name}x"), name[..9].to_owned()])
        // Without the last name: the beginning of a card number is an ordinary number.
        .take(8)
        .collect()
}

#[track_caller]
fn assert_nameless(error: &Error, name: &str, context: &str) {
    assert_silent(error, context);
    assert_hidden(
        &spektrix_v2_test_support::canary::everything_printed(error),
        name,
        context,
    );
}

#[track_caller]
fn assert_hidden(text: &str, name: &str, context: &str) {
    assert_unseen(text, context);
    let text = text.to_ascii_lowercase();
    assert!(
        !text.contains(&name.to_ascii_lowercase()),
        "{context}: {name} in {text}"
    );
}

async fn error_of_list(reply: Reply) -> Error {
    let session = session(Scripted::new([reply]).builder());
    session.send(ListIds::default()).await.unwrap_err()
}

#[tokio::test]
async fn the_host_of_a_redirect_shows_no_secret() {
    let log = listen();
    for name in names() {
        for location in [
            format!("https://{name}/"),
            format!("https://{name}.example:8443/"),
            format!("https://www.{name}.example/{name}?{name}"),
            format!("//{name}/"),
            format!("http://{name}@elsewhere.example/"),
        ] {
            let error = error_of_list(Reply::status(302, "").with_header("location", &location)).await;
            assert!(error.to_string().contains("302 Found"), "{error}");
            assert_nameless(&error, &name, &location);
        }
    }
    assert_log_unseen(log);
}

#[tokio::test]
async fn the_content_type_of_a_download_shows_no_secret() {
    let log = listen();
    // A download carries no session.
    for name in names().into_iter().filter(|name| !name.contains(&SESSION[..4])) {
        for kind in [
            format!("text/{name}"),
            format!("text/html+{name}; charset=utf-8"),
            format!("{name}/xml"),
            format!("text/x{}{name}", "-".repeat(80)),
        ] {
            let reply = Reply::ok("not a document").with_header("content-type", &kind);
            let client = client(Scripted::new([reply]).builder());
            let (customer, document) = (CustomerId::new(7), PrintAtHomeLinkId::new(60));
            let error = client.download_ticket(customer, document).await.unwrap_err();
            assert!(error.is_decode(), "{error}");
            assert_nameless(&error, &name, &kind);
        }
    }
    assert_log_unseen(log);
}

/// Returns bodies with the name wherever a decode error may quote it.
fn bodies(name: &str) -> Vec<String> {
    vec![
        format!("<n{name}/>"),
        format!("<Events><Event id=\"{name}\"/></Events>"),
        format!("<Events><Event id=\"{}{name}\"/></Events>", "x".repeat(30)),
        format!("<Events><Event id=\"1\"></n{name}></Events>"),
        format!("<Events><n{name}></Events>"),
        format!("<Events><n{name}:></Events>"),
        format!("<Events></n{name}>"),
        format!("<Events><Event n{name} id=\"x\"></Event></Events>"),
        format!("<Events>&{name};<Event id=\"x\"/></Events>"),
        format!("<Events><Event id=\"&{};\"/></Events>", &name[..8]),
        format!("<?xml version=\"1.0\" encoding=\"{name}\"?><Events/>"),
        format!("<!DOCTYPE {name}><Events/>"),
        format!("<Events><Event id=\"1\"/></Events>{name}"),
        name.to_owned(),
    ]
}

#[tokio::test]
async fn a_decode_error_quotes_no_secret() {
    let log = listen();
    for name in names() {
        for body in bodies(&name) {
            let whole = error_of_list(Reply::ok(body.clone())).await;
            assert!(whole.is_decode(), "{body}: {whole}");
            assert_nameless(&whole, &name, &body);
            let session = session(Scripted::new([Reply::ok(body.clone())]).builder());
            let mut bands = session.call(GetBands::new()).stream();
            let streamed = bands.next().await.unwrap().unwrap_err();
            assert_nameless(&streamed, &name, &body);
        }
    }
    assert_log_unseen(log);
}

/// A decode error quotes 40 characters of a value, so it may cut a secret.
#[tokio::test]
async fn a_value_cut_within_a_secret_shows_no_part_of_it() {
    let log = listen();
    for secret in [API_KEY, SESSION] {
        let escaped = secret.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        for left in 4..secret.chars().count() {
            let body = format!("<Events><Event id=\"{}{escaped}\"/></Events>", "-".repeat(40 - left));
            let error = error_of_list(Reply::ok(body.clone())).await;
            assert!(error.to_string().contains("is not a whole number"), "{error}");
            assert_nameless(&error, &secret[..4], &body);
        }
    }
    assert_log_unseen(log);
}

#[tokio::test]
async fn the_path_of_an_unknown_part_shows_no_secret() {
    let log = listen();
    for name in names() {
        let body = format!(
            "<Bands><Band id=\"1\" n{name}=\"1\"><Name>Stalls</Name><n{name}/><A{}B/></Band></Bands>",
            "\u{202E}"
        );
        let reported = Arc::new(Mutex::new(String::new()));
        let listener = Arc::clone(&reported);
        let transport = Scripted::new([Reply::ok(body.clone()), Reply::ok(body)]);
        let builder = transport
            .builder()
            .decode_options(DecodeOptions::default())
            .on_unknown(move |operation, path| listener.lock().unwrap().extend([operation, " ", path, "\n"]));
        let session = client(builder).resume_session(SessionId::new(SESSION).unwrap());
        session.send(GetBands::new()).await.unwrap();
        let mut bands = session.call(GetBands::new()).stream();
        while let Some(band) = bands.next().await {
            band.unwrap();
        }
        let reported = reported.lock().unwrap();
        assert!(reported.contains("GetBands "), "{reported}");
        assert!(reported.contains("Bands/Band/A\\u{202e}B"), "{reported}");
        assert_hidden(&reported, &name, "the hook");
        assert!(
            !log.text().to_ascii_lowercase().contains(&name.to_ascii_lowercase()),
            "the log: {name}"
        );
    }
    assert_log_unseen(log);
}

/// For any response, an error is one line of limited length.
#[tokio::test]
async fn a_long_name_is_cut() {
    let long = "x".repeat(30_000);
    let client = client(
        Scripted::new([
            Reply::ok("").with_header("content-type", &format!("text/{long}")),
            Reply::status(302, "").with_header("location", &format!("https://{long}/")),
            Reply::ok(format!("<{long}/>")),
        ])
        .builder(),
    );
    let download = client
        .download_ticket(CustomerId::new(7), PrintAtHomeLinkId::new(60))
        .await;
    assert!(download.unwrap_err().to_string().len() < 500);
    for _ in 0..2 {
        let error = client.send(ListIds::default()).await.unwrap_err();
        assert!(error.to_string().len() < 500, "{error}");
    }
}
