//! Faults that change or replace bodies, as a client receives them.

use std::time::Duration;

use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use spektrix_v2::operations::GetBands;
use spektrix_v2_sandbox::{CertificatePage, Fault, HttpVersions, Sandbox};

use crate::support::{Received, Setup, VERSIONS, Visitor, accepted_client, decode, url};

const XML: &str = "application/xml; charset=utf-8";

#[tokio::test]
async fn an_empty_list_is_valid() {
    let setup = Setup::new(HttpVersions::Both).await;
    let received = setup.request_with(Fault::EmptyList).await;
    assert_eq!((received.status, received.header(CONTENT_TYPE)), (Some(200), XML));
    assert_eq!(decode::<GetBands>(&received.text(), "bands"), []);
}

#[tokio::test]
async fn any_response_can_be_sent() {
    let setup = Setup::new(HttpVersions::Both).await;
    let cases: [(u16, &str, &[u8]); 3] = [
        (200, XML, b"<Bands><Band id=\"7\"/></Bands>"),
        (503, "text/plain", b"\xff\0\xfe"),
        (404, "application/json", b""),
    ];
    for (status, content_type, body) in cases {
        let fault = Fault::Respond {
            status,
            content_type: content_type.to_owned(),
            body: body.to_vec().into(),
        };
        let received = setup.request_with(fault).await;
        assert_eq!(received.status, Some(status));
        assert_eq!(received.header(CONTENT_TYPE), content_type);
        assert_eq!(received.body(), body);
    }
}

#[tokio::test]
async fn a_write_can_have_a_body() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let body = "<Added>1</Added>";
    let fault = Fault::ReplaceBody { body: body.into() };
    sandbox
        .inject(fault.on("AddBasketItems").times(1))
        .expect("a valid fault");
    let mut visitor = Visitor::new(&sandbox);
    let items = "<BasketItems><MerchandiseItem><StockItem id=\"501\"/></MerchandiseItem></BasketItems>";
    let response = visitor.request("POST", "basket/items", Some(items)).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()[CONTENT_TYPE]),
        (200, &XML.parse().expect("a value"))
    );
    assert_eq!(response.text().await.expect("a body"), body);
    assert_eq!(visitor.basket().await.merchandise_items.len(), 1, "it was processed");
    let response = visitor.request("POST", "basket/items", Some(items)).await;
    assert!(response.headers().get(CONTENT_TYPE).is_none());
    assert_eq!(response.text().await.expect("a body"), "", "an ordinary write has none");
}

#[tokio::test]
async fn a_certificate_is_refused_with_the_page_of_a_server() {
    let setup = Setup::new(HttpVersions::Both).await;
    let cases = [
        (
            CertificatePage::NginxMissing,
            400,
            "400 No required SSL certificate was sent",
        ),
        (CertificatePage::NginxInvalid, 400, "400 The SSL certificate error"),
        (CertificatePage::Status495, 495, "The SSL certificate error"),
        (CertificatePage::Status496, 496, "No required SSL certificate was sent"),
        (
            CertificatePage::Iis403_7,
            403,
            "HTTP Error 403.7 - Client certificate required",
        ),
        (
            CertificatePage::Iis403_16,
            403,
            "403.16 - Forbidden: Client certificate is untrusted or invalid",
        ),
    ];
    for (page, status, expected) in cases {
        let received = setup.request_with(Fault::CertificateRefused { page }).await;
        assert_eq!(received.status, Some(status), "{page:?}");
        assert_eq!(received.header(CONTENT_TYPE), "text/html; charset=UTF-8");
        assert!(received.text().contains(expected), "{page:?}: {received:?}");
    }
}

#[tokio::test]
async fn declared_encodings_can_be_false() {
    let setup = Setup::new(HttpVersions::Both).await;
    let whole = setup.request().await.text();
    for encoding in ["iso-8859-1", "utf-16"] {
        let fault = Fault::FalseXmlEncoding {
            encoding: encoding.to_owned(),
        };
        let received = setup.request_with(fault).await;
        let expected = whole.replace("encoding=\"utf-8\"", &format!("encoding=\"{encoding}\""));
        assert_ne!(expected, whole);
        assert_eq!((received.text(), received.header(CONTENT_TYPE)), (expected, XML));
    }
    for value in ["gzip", "br", "nonsense"] {
        let fault = Fault::FalseContentEncoding {
            value: value.to_owned(),
        };
        let received = setup.request_with(fault).await;
        assert_eq!(received.header(CONTENT_ENCODING), value);
        assert_eq!(received.text(), whole, "it is not compressed");
    }
}

/// Returns the status and the headers of a refusal whose body stalls.
async fn stalled(setup: &Setup, path: &str) -> Received {
    let client = accepted_client(&setup.sandbox);
    let response = client
        .get(url(&setup.sandbox, path))
        .send()
        .await
        .expect("response headers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let mut response = response;
    let next = async {
        let mut length = 0;
        while let Ok(Some(chunk)) = response.chunk().await {
            length += chunk.len();
        }
        length
    };
    let ended = tokio::time::timeout(Duration::from_millis(100), next).await;
    assert!(ended.is_err(), "{path}: the body ended after {ended:?} bytes");
    Received {
        status: Some(status),
        headers,
        ..Received::default()
    }
}

#[tokio::test]
async fn the_body_of_a_refusal_can_stall() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        setup.sandbox.inject(Fault::Stall { after: 10 }).expect("a valid fault");
        let refusal = stalled(&setup, "bands?api_key=wrong").await;
        assert_eq!(refusal.status, Some(401), "{versions:?}");
        assert_ne!(refusal.header(CONTENT_LENGTH), "");
        let status = Fault::Status {
            status: 503,
            retry_after: None,
        };
        setup.sandbox.inject(status).expect("a valid fault");
        let refusal = stalled(&setup, "bands?api_key=sandbox-api-key").await;
        assert_eq!(refusal.status, Some(503), "{versions:?}");
    }
}
