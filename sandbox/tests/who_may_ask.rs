//! Who is refused, and at which door: TLS, the certificate's name, the API key.

mod support;

use reqwest::StatusCode;
use spektrix_v2_sandbox::{ClientCertificate, Sandbox};
use support::{Shows, client, rightful_client, send, url};

#[tokio::test]
async fn a_certificate_that_does_not_verify_gets_no_answer() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let new = || sandbox.client_certificate_builder();
    let foreign = new().from_foreign_authority().issue().expect("a certificate");
    let expired = new().expired().issue().expect("a certificate");
    let cases = [
        ("none", Shows::Nothing),
        ("foreign", shows(&foreign)),
        ("expired", shows(&expired)),
    ];
    for (name, shows) in cases {
        let answer = client(&sandbox, &shows).get(url(&sandbox, "help")).send().await;
        assert!(answer.is_err(), "{name}: {answer:?}");
    }
    assert_eq!(sandbox.requests(), [], "no request may get through");

    let good = new().issue().expect("a certificate");
    let answer = client(&sandbox, &shows(&good)).get(url(&sandbox, "help")).send().await;
    assert_eq!(answer.expect("an answer").status(), StatusCode::OK);
}

#[tokio::test]
async fn the_certificate_must_be_the_clients_own() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let other = sandbox.client_certificate_builder().common_name("other").issue();
    let other = client(&sandbox, &shows(&other.expect("a certificate")));
    let rightful = rightful_client(&sandbox);
    let base = sandbox.base_url();
    let cases = [
        (
            "another's certificate",
            &other,
            format!("{base}sandbox/api/v2/help"),
            403,
        ),
        ("another's path", &rightful, format!("{base}other/api/v2/help"), 403),
        (
            "another venue altogether",
            &other,
            format!("{base}other/api/v2/help"),
            404,
        ),
        ("one's own", &rightful, format!("{base}sandbox/api/v2/help"), 200),
    ];
    for (name, client, url, status) in cases {
        let answer = client.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{name}");
    }
}

#[tokio::test]
async fn the_key_must_be_there_and_right() {
    let key = "k3y with & signs";
    let sandbox = Sandbox::builder().api_key(key).start().await.expect("a sandbox");
    let cases = [
        ("bands", 401, "api_key in its query"),
        ("bands?api_key=", 401, "not valid"),
        ("bands?api_key=wrong", 401, "not valid"),
        ("bands?API_KEY=k3y+with+%26+signs", 401, "api_key in its query"),
        (
            "bands?api_key=k3y+with+%26+signs&api_key=x",
            400,
            "'api_key' is given more than once",
        ),
        ("nowhere?api_key=wrong", 401, "not valid"),
        ("nowhere?api_key=k3y+with+%26+signs", 404, "no operation at 'nowhere'"),
        ("help", 200, "Service help page"),
    ];
    for (path, status, text) in cases {
        let answer = send(&sandbox, "GET", path).await;
        assert_eq!(answer.status(), status, "{path}");
        let body = answer.text().await.expect("a body");
        let body = body.replace("&apos;", "'");
        assert!(body.contains(text), "{path}: {body}");
        assert!(!body.contains("k3y"), "{path}: {body}");
    }
}

#[tokio::test]
async fn nothing_printed_holds_a_secret() {
    let key = "never-to-be-printed";
    let builder = Sandbox::builder().api_key(key);
    let described = format!("{builder:?}");
    let sandbox = builder.start().await.expect("a sandbox");
    send(&sandbox, "GET", "bands?api_key=never-to-be-printed&limit=1").await;
    let issued = sandbox.client_certificate_builder().issue().expect("a certificate");
    let (files, requests) = (sandbox.files(), sandbox.requests());
    let printed = format!("{described} {sandbox:?} {issued:?} {files:?} {requests:?}");
    assert!(!printed.contains(key) && !printed.contains("PRIVATE KEY"), "{printed}");
    assert!(printed.contains("limit=1"), "{printed}");
}

fn shows(certificate: &ClientCertificate) -> Shows<'_> {
    Shows::Certificate {
        certificate_pem: certificate.certificate_pem(),
        key_pem: certificate.key_pem(),
    }
}
