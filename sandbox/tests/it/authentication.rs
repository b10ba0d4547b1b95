//! Authentication: the client certificate, its common name, and the API key.

use crate::support::{Presents, accepted_client, client, send, url};
use reqwest::StatusCode;
use spektrix_v2_sandbox::{ClientCertificate, Sandbox};

#[tokio::test]
async fn an_invalid_certificate_is_refused_by_tls() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let new = || sandbox.client_certificate_builder();
    let foreign = new().from_foreign_authority().issue().expect("a certificate");
    let expired = new().expired().issue().expect("a certificate");
    let cases = [
        ("none", Presents::Nothing),
        ("unknown authority", presents(&foreign)),
        ("expired", presents(&expired)),
    ];
    for (name, presents) in cases {
        let response = client(&sandbox, &presents).get(url(&sandbox, "help")).send().await;
        assert!(response.is_err(), "{name}: {response:?}");
    }
    assert_eq!(sandbox.requests(), [], "no request must arrive");

    let valid = new().issue().expect("a certificate");
    let client = client(&sandbox, &presents(&valid));
    let response = client.get(url(&sandbox, "help")).send().await;
    assert_eq!(response.expect("a response").status(), StatusCode::OK);
}

#[tokio::test]
async fn the_common_name_must_be_the_client_name() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let other = sandbox.client_certificate_builder().common_name("other").issue();
    let other = client(&sandbox, &presents(&other.expect("a certificate")));
    let accepted = accepted_client(&sandbox);
    let base = sandbox.base_url();
    let cases = [
        (
            "certificate of another client",
            &other,
            format!("{base}sandbox/api/v2/help"),
            403,
        ),
        (
            "path of another client",
            &accepted,
            format!("{base}other/api/v2/help"),
            403,
        ),
        (
            "certificate and path of another client",
            &other,
            format!("{base}other/api/v2/help"),
            404,
        ),
        ("accepted", &accepted, format!("{base}sandbox/api/v2/help"), 200),
    ];
    for (name, client, url, status) in cases {
        let response = client.get(url).send().await.expect("a response");
        assert_eq!(response.status(), status, "{name}");
    }
}

#[tokio::test]
async fn the_api_key_must_be_valid() {
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
        let response = send(&sandbox, "GET", path).await;
        assert_eq!(response.status(), status, "{path}");
        let body = response.text().await.expect("a body");
        let body = body.replace("&apos;", "'");
        assert!(body.contains(text), "{path}: {body}");
        assert!(!body.contains("k3y"), "{path}: {body}");
    }
}

#[tokio::test]
async fn debug_output_has_no_secrets() {
    let key = "never-to-be-printed";
    let builder = Sandbox::builder().api_key(key);
    let builder_output = format!("{builder:?}");
    let sandbox = builder.start().await.expect("a sandbox");
    send(&sandbox, "GET", "bands?api_key=never-to-be-printed&limit=1").await;
    let issued = sandbox.client_certificate_builder().issue().expect("a certificate");
    let (files, requests) = (sandbox.files(), sandbox.requests());
    let output = format!("{builder_output} {sandbox:?} {issued:?} {files:?} {requests:?}");
    assert!(!output.contains(key) && !output.contains("PRIVATE KEY"), "{output}");
    assert!(output.contains("limit=1"), "{output}");
}

fn presents(certificate: &ClientCertificate) -> Presents<'_> {
    Presents::Certificate {
        certificate_pem: certificate.certificate_pem(),
        key_pem: certificate.key_pem(),
    }
}
