//! Invalid settings, and values that are printed: neither shows a secret.

use spektrix_v2::operations::AuthenticateCustomer;
use spektrix_v2::{Client, Identity, SessionId};

use super::{
    API_KEY, PASSWORD, PROXY_PASSWORD, SESSION, assert_log_unseen, assert_silent, assert_unseen, credentials, listen,
    session,
};
use crate::authority::{Authority, Issued};
use crate::scripted::Scripted;

#[test]
fn no_invalid_setting_is_quoted() {
    let log = listen();
    let builder = || Scripted::default().builder().api_key(API_KEY);
    let builders = [
        builder().api_key(format!("{API_KEY}\n")),
        builder().api_key(format!(" {API_KEY}")),
        builder().base_url(format!("https://user:{API_KEY}@host/")),
        builder().base_url(format!("http://host/?api_key={API_KEY}")),
        builder().base_url(API_KEY),
        builder().user_agent(format!("agent {API_KEY}\n")),
        builder().trust_only(API_KEY),
        Client::builder(API_KEY).api_key(API_KEY).transport(Scripted::default()),
        Client::builder("venue").api_key(API_KEY),
        builder().proxy(format!("http://venue:{PROXY_PASSWORD}@localhost:1")),
        Client::builder("venue")
            .api_key(API_KEY)
            .base_url("https://localhost/")
            .proxy(format!("ftp://venue:{PROXY_PASSWORD}@localhost:1")),
    ];
    for (index, builder) in builders.into_iter().enumerate() {
        let context = format!("setting {index}");
        // The client name is not a secret, so the builder shows it.
        if index != 7 {
            assert_unseen(&format!("{builder:?}"), &context);
        }
        assert_silent(&builder.build().unwrap_err(), &context);
    }
    for id in [
        format!("{SESSION};"),
        format!("{SESSION} "),
        format!("{SESSION}\r\nX: y"),
    ] {
        assert_silent(&SessionId::new(id).unwrap_err(), "a session");
    }
    assert_log_unseen(log);
}

#[test]
fn no_printed_value_shows_a_secret() {
    let session = session(Scripted::default().builder());
    let operation = AuthenticateCustomer::new(credentials());
    let printed = [
        format!("{operation:#?}"),
        serde_json::to_string(&operation.credentials).unwrap(),
        format!("{:?}", session.call(operation)),
        format!("{session:#?}"),
        format!("{:#?}", session.client()),
        format!("{:?}", session.id()),
    ];
    for printed in printed {
        assert!(printed.len() > 10);
        assert_unseen(&printed, "printed");
    }
    let read_back: Result<spektrix_v2::CustomerCredentials, _> = serde_json::from_str(&format!(
        "{{\"email\":\"a\",\"password\":{PASSWORD:?},\"add_to_basket\":7}}"
    ));
    assert_unseen(&read_back.unwrap_err().to_string(), "JSON that cannot be read");
}

/// Whether a string shows a line of a key in any form.
fn shows_key(text: &str, key: &str) -> bool {
    let mut lines = key.lines().filter(|line| line.len() > 10 && !line.starts_with('-'));
    lines.any(|line| {
        let encodings = super::encodings::of(line);
        encodings.iter().any(|(_, form)| text.contains(form.as_str()))
    })
}

#[test]
fn no_error_about_a_key_shows_it() {
    let log = listen();
    let authority = Authority::new("a root");
    let Issued { certificate, key } = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    let other = authority.client_pem((2000, 1, 1), (2500, 1, 1)).certificate;
    let cut = |length: usize| key[..key.len() - length].to_owned();
    let texts = [
        (certificate.clone(), cut(30)),
        (certificate.clone(), cut(60)),
        (certificate.clone(), key.replace('A', "*")),
        (
            certificate.clone(),
            key.replace("-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY"),
        ),
        (certificate.clone(), key.replace("PRIVATE KEY", "RSA PRIVATE KEY")),
        (certificate.clone(), key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")),
        (certificate.clone(), key.replace("PRIVATE KEY", "PUBLIC KEY")),
        (certificate.clone(), format!("{key}{key}")),
        (key.clone(), certificate.clone()),
        (key.clone(), key.clone()),
        (key.replace("PRIVATE KEY", "CERTIFICATE"), key.clone()),
        (other, key.clone()),
    ];
    for (index, (certificate, key_text)) in texts.into_iter().enumerate() {
        let error = Identity::from_pem(certificate, key_text).unwrap_err();
        let printed = spektrix_v2_test_support::canary::everything_printed(&error);
        assert!(!shows_key(&printed, &key), "{index}: {printed}");
    }
    let identity = Identity::from_pem(&certificate, &key).unwrap();
    assert!(!shows_key(&format!("{identity:#?}"), &key));
    assert!(!shows_key(&log.text(), &key), "the log");
}
