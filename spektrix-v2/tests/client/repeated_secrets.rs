//! Tests that no error shows the API key or the session, in any encoding in which a server may repeat it.

use http::StatusCode;
use spektrix_v2::{
    BodyStream, Client, ClientBuilder, SessionId, TransportError, TransportErrorKind, TransportResponse,
};

use crate::operations::{ListIds, NeedsSession, RetiredWrite};
use crate::scripted::{Reply, Scripted};
use spektrix_v2_test_support::canary::everything_printed;

const KEY: &str = "Ke y+/&1é";
const ID: &str = "s3ss10n==";
/// The secrets as a server may repeat them: unencoded, as they were sent, and as other software writes them.
const FORMS: [&str; 8] = [
    KEY,
    "Ke%20y%2B%2F%261%C3%A9",
    "Ke%20y%2b%2f%261%c3%a9",
    "Ke+y%2B%2F%261%C3%A9",
    "Ke y+/&amp;1é",
    ID,
    "s3ss10n%3D%3D",
    "s3ss10n%3d%3d",
];

/// Returns every response in which a server, or a network stack, may repeat a secret.
pub(crate) fn replies(secret: &str) -> Vec<Reply> {
    let failed_body = TransportError::new(TransportErrorKind::Body, secret);
    let chunks = futures_util::stream::iter([Err(failed_body)]);
    let host = "https://elsewhere.example/";
    vec![
        Reply::status(400, secret),
        Reply::status(
            401,
            format!("<html><p title='{secret}'>Invalid {secret}</p><!-- {secret} --></html>"),
        ),
        Reply::status(500, format!("{}{secret}", "x".repeat(295))),
        Reply::status(503, format!("at /venue/api/v2/events?api_key={secret}")),
        Reply::status(302, secret).with_header("location", &format!("{host}?api_key=Ke%20y%2B%2F%261%C3%A9")),
        Reply::ok(format!("<html><h1>{secret}</h1></html>")),
        Reply::ok(secret),
        Reply::ok(format!("<Events>{secret}")),
        Reply::ok(format!(
            "<Events><Event id=\"{}\"/></Events>",
            secret.replace('&', "&amp;")
        )),
        Reply::ok(format!("<Events><Event id=\"1\"></{secret}></Events>")),
        Reply::ok(format!("<{secret}/>")),
        Reply::ok(format!("<?xml version=\"1.0\" encoding=\"{secret}\"?><Events/>")),
        Reply::Respond(TransportResponse::new(StatusCode::OK, BodyStream::new(chunks))),
        Reply::Fail(TransportError::new(TransportErrorKind::Other, secret)),
        Reply::Fail(TransportError::new(
            TransportErrorKind::Connect,
            format!("https://host/?a=1&api_key={secret}"),
        )),
    ]
}

fn assert_silent(said: &str, context: &str) {
    for form in FORMS {
        assert!(!said.contains(form), "{context}: {form} shows in:\n{said}");
    }
}

#[tokio::test]
async fn no_error_repeats_a_secret() {
    for form in FORMS {
        for (index, reply) in replies(form).into_iter().enumerate() {
            let transport = Scripted::new([reply]);
            let client = transport.builder().api_key(KEY).build().unwrap();
            let session = client.resume_session(SessionId::new(ID).unwrap());
            let error = session.send(ListIds::default()).await.unwrap_err();
            assert_silent(&everything_printed(&error), &format!("{form}, response {index}"));
        }
    }
}

#[tokio::test]
async fn the_text_around_a_secret_is_shown() {
    let transport = Scripted::new([Reply::status(401, format!("key {KEY} of venue is revoked"))]);
    let client = transport.builder().api_key(KEY).build().unwrap();
    let error = client.send(ListIds::default()).await.unwrap_err();
    assert_eq!(error.excerpt(), Some("key *** of venue is revoked"));
}

#[tokio::test]
async fn the_error_of_an_invalid_request_shows_no_secret() {
    let client = Scripted::default().builder().api_key(KEY).build().unwrap();
    let code = Some("x".repeat(70_000));
    let too_long = client
        .send(ListIds {
            code,
            ..ListIds::default()
        })
        .await
        .unwrap_err();
    let note = format!("{KEY}\u{1}");
    let not_xml = client.send(RetiredWrite { note }).await.unwrap_err();
    for error in [too_long, not_xml] {
        assert!(error.is_invalid_request());
        assert_silent(&everything_printed(&error), "an invalid request");
    }
}

#[test]
fn debug_output_shows_no_secret() {
    let id = SessionId::new(ID).unwrap();
    let builder = || Scripted::default().builder().api_key(KEY);
    let client = builder().build().unwrap();
    let session = client.resume_session(id.clone());
    let code = Some(KEY.to_owned());
    let call = ListIds {
        code,
        ..ListIds::default()
    };
    let leaky_url: ClientBuilder = Client::builder("venue").base_url(format!("https://u:{KEY}@host/"));
    let printed = [
        format!("{:?}", builder()),
        format!("{leaky_url:?}"),
        format!("{client:#?}"),
        format!("{session:?}"),
        format!("{id:?}"),
        format!("{:?}", session.call(call)),
        format!("{:?}", session.call(NeedsSession)),
    ];
    for printed in printed {
        assert!(printed.len() > 5);
        assert_silent(&printed, "Debug");
    }
    let address = leaky_url.build().unwrap_err();
    assert_silent(&everything_printed(&address), "base URL");
    let not_an_id = SessionId::new(format!("{ID};")).unwrap_err();
    assert_silent(&everything_printed(&not_an_id), "session");
}
