//! Faults, as a client receives them.

use std::time::{Duration, Instant};

use crate::support::{Setup, VERSIONS, accepted_client, decode, url};
use reqwest::Method;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION, RETRY_AFTER};
use spektrix_v2::operations::GetBands;
use spektrix_v2::{DecodeOptions, Operation as _};
use spektrix_v2_sandbox::{
    ClientPolicy, Fault, HttpVersions, RetryAfter, Sandbox, ServerCertificate, TlsSettings, TlsVersions,
};

#[tokio::test]
async fn connections_are_reset() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        for fault in [Fault::Reset, Fault::LoseResponse] {
            let received = setup.request_with(fault.clone()).await;
            assert!(
                received.status.is_none() && received.reset,
                "{versions:?} {fault:?}: {received:?}"
            );
        }
        assert!(setup.sandbox.requests().iter().all(|request| request.status.is_none()));
        for after in [0, 30] {
            let received = setup.request_with(Fault::ResetWithinBody { after }).await;
            assert_eq!(received.status, Some(200), "{versions:?}: {received:?}");
            assert!(
                received.reset && received.body().len() == after,
                "{versions:?}: {received:?}"
            );
        }
        setup.sandbox.clear_faults();
        assert!(
            setup.request().await.error.is_none(),
            "{versions:?}: the next request succeeds"
        );
    }
}

#[tokio::test]
async fn a_stalled_body_stays_open() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        setup.sandbox.inject(Fault::Stall { after: 30 }).expect("a valid fault");
        let mut response = setup.bands().await.expect("response headers");
        let chunk = response.chunk().await.expect("no error").expect("a chunk");
        assert_eq!(chunk.len(), 30);
        let next = tokio::time::timeout(Duration::from_millis(100), response.chunk()).await;
        assert!(next.is_err(), "{versions:?}: {next:?}");
    }
}

#[tokio::test]
async fn responses_are_delayed() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        let whole = setup.request().await.body();
        let pause = Duration::from_millis(2);
        let received = setup.request_with(Fault::Drip { chunk: 100, pause }).await;
        assert_eq!(received.body(), whole);
        assert_eq!(received.header(CONTENT_LENGTH), whole.len().to_string());
        assert!(received.chunks.len() > 1, "{received:?}");

        let delay = Duration::from_millis(60);
        let before = Instant::now();
        assert_eq!(setup.request_with(Fault::Latency { delay }).await.body(), whole);
        assert!(before.elapsed() >= delay, "a slow machine only makes the delay longer");
    }
}

#[tokio::test]
async fn responses_are_replaced() {
    let setup = Setup::new(HttpVersions::Both).await;
    for status in [429, 503, 404, 200] {
        let received = setup
            .request_with(Fault::Status {
                status,
                retry_after: None,
            })
            .await;
        assert_eq!((received.status, received.header(RETRY_AFTER)), (Some(status), ""));
        let received = setup.request_with(Fault::HtmlPage { status }).await;
        assert_eq!(received.status, Some(status));
        assert_eq!(received.header(CONTENT_TYPE), "text/html; charset=UTF-8");
        assert!(received.text().starts_with("<!DOCTYPE html>"), "{received:?}");
    }
    let with = |retry_after| Fault::Status {
        status: 503,
        retry_after: Some(retry_after),
    };
    let received = setup.request_with(with(RetryAfter::Seconds(7))).await;
    assert_eq!(received.header(RETRY_AFTER), "7");
    let received = setup.request_with(with(RetryAfter::DateInSeconds(7))).await;
    let date = received.header(RETRY_AFTER);
    assert!(date.len() == 29 && date.ends_with(" GMT"), "{date}");
    let statuses: Vec<_> = setup.sandbox.requests().iter().map(|request| request.status).collect();
    let expected = [429, 429, 503, 503, 404, 404, 200, 200, 503, 503];
    assert_eq!(statuses, expected.map(Some));
}

#[tokio::test]
async fn faults_determine_whether_a_write_is_applied() {
    const ITEMS: &str = "<BasketItems><MerchandiseItem><StockItem id=\"501\"/></MerchandiseItem></BasketItems>";
    let Setup { sandbox, client } = Setup::new(HttpVersions::OnlyHttp1).await;
    let cookie = format!("SessionId={}", sandbox.seeded_session_id());
    let request = |method: Method, path: &str| {
        let path = format!("{path}?api_key={}", sandbox.api_key());
        client.request(method, url(&sandbox, &path)).header("Cookie", &cookie)
    };
    let items = async || {
        let basket = request(Method::GET, "basket").send().await.expect("a response");
        let basket = basket.text().await.expect("a basket");
        basket.matches("<StockItem id=\"501\"/>").count()
    };
    let status = Fault::Status {
        status: 503,
        retry_after: None,
    };
    let location = "https://elsewhere.invalid/".to_owned();
    let cases = [
        (status, false),
        (Fault::HtmlPage { status: 200 }, false),
        (Fault::Redirect { location }, false),
        (Fault::Reset, false),
        (Fault::LoseResponse, true),
        (
            Fault::ContentType {
                value: "text/html".to_owned(),
            },
            true,
        ),
    ];
    for (fault, is_applied) in cases {
        let before = items().await;
        sandbox.clear_requests();
        let (description, is_read) = (format!("{fault:?}"), fault != Fault::Reset);
        sandbox
            .inject(fault.on("AddBasketItems").times(1))
            .expect("a valid fault");
        let add = request(Method::POST, "basket/items").header("Content-Type", "application/xml");
        // The client gets an error for some of the faults.
        add.body(ITEMS).send().await.ok();
        let [sent] = &sandbox.requests_for("AddBasketItems")[..] else {
            panic!("{description}: one request")
        };
        assert_eq!(sent.body_text(), if is_read { ITEMS } else { "" }, "{description}");
        assert!(
            sent.session && sent.header("content-type") == Some("application/xml"),
            "{description}"
        );
        assert_eq!(items().await, before + usize::from(is_applied), "{description}");
    }
}

#[tokio::test]
async fn a_redirect_has_its_location() {
    let setup = Setup::new(HttpVersions::Both).await;
    let location = "https://elsewhere.invalid/login";
    let fault = Fault::Redirect {
        location: location.to_owned(),
    };
    let received = setup.request_with(fault).await;
    assert_eq!((received.status, received.header(LOCATION)), (Some(302), location));
}

#[tokio::test]
async fn bodies_are_changed() {
    let setup = Setup::new(HttpVersions::Both).await;
    let whole = setup.request().await.text();
    let half = whole.len() / 2;

    let received = setup.request_with(Fault::Truncated { after: half }).await;
    assert_eq!(received.text(), whole[..half]);
    assert_eq!(received.header(CONTENT_LENGTH), half.to_string());
    assert_eq!(setup.request_with(Fault::EmptyBody).await.text(), "");
    assert_eq!(
        setup.request_with(Fault::ByteOrderMark).await.text(),
        format!("\u{feff}{whole}")
    );
    let malformed = setup.request_with(Fault::Malformed).await.text();
    assert_eq!(malformed.replace("<broken & ", ""), whole);
    assert_ne!(malformed, whole);

    let received = setup.request_with(Fault::Utf16).await;
    assert_eq!(received.header(CONTENT_TYPE), "application/xml; charset=utf-16");
    assert_eq!(received.body()[..4], *b"\xff\xfe<\0");
    let value = "text/plain".to_owned();
    let received = setup.request_with(Fault::ContentType { value }).await;
    assert_eq!(
        (received.header(CONTENT_TYPE), received.text()),
        ("text/plain", whole.clone())
    );

    let received = setup.request_with(Fault::UnknownParts).await.text();
    let options = DecodeOptions::default().report_unknown(true);
    let decoded = GetBands::decode_response(received.as_bytes(), &options).expect("unknown parts are skipped");
    assert_eq!(decoded.value, decode::<GetBands>(&whole, "bands"));
    assert!(
        decoded.unknown.iter().any(|path| path.contains("UnknownPart")),
        "{:?}",
        decoded.unknown
    );
}

#[tokio::test]
async fn an_oversized_body_has_the_requested_size() {
    for versions in VERSIONS {
        let setup = Setup::new(versions).await;
        let whole = setup.request().await.body().len();
        let received = setup.request_with(Fault::Oversized { bytes: 3_000_000 }).await;
        let body = received.text();
        assert_eq!(received.header(CONTENT_LENGTH), body.len().to_string());
        assert_eq!(body.len(), whole + 3_000_000 + "<Padding></Padding>".len());
        assert!(body.ends_with("x</Padding></Bands>"));
    }
}

#[tokio::test]
async fn several_faults_fire_for_one_request() {
    let setup = Setup::new(HttpVersions::OnlyHttp1).await;
    let sandbox = &setup.sandbox;
    let status = Fault::Status {
        status: 503,
        retry_after: None,
    };
    sandbox.inject(status.on("GetBands").times(1)).expect("a valid fault");
    sandbox
        .inject(Fault::ResetWithinBody { after: 10 }.at("bands").times(2))
        .expect("a valid fault");
    sandbox.inject(Fault::Reset.on("GetEvents")).expect("a valid fault");
    let received = [setup.request().await, setup.request().await, setup.request().await];
    assert_eq!(
        received.each_ref().map(|received| received.status),
        [Some(503), Some(200), Some(200)]
    );
    assert_eq!(received.each_ref().map(|received| received.reset), [true, true, false]);
    let counts: Vec<_> = sandbox
        .faults()
        .iter()
        .map(|fault| (fault.matched, fault.fired))
        .collect();
    assert_eq!(counts, [(3, 1), (3, 2), (0, 0)]);
}

/// Returns the HTTP version of a successful response, or the client's error.
async fn connect(settings: TlsSettings) -> String {
    let sandbox = Sandbox::builder().tls(settings).start().await.expect("a sandbox");
    match accepted_client(&sandbox).get(url(&sandbox, "help")).send().await {
        Ok(response) => format!("{:?}", response.version()),
        Err(error) => format!("{error:?}"),
    }
}

#[tokio::test]
async fn handshakes_fail() {
    let settings = TlsSettings::default;
    let with = |certificate| settings().server_certificate(certificate);
    let cases = [
        (settings(), "HTTP/2"),
        (settings().http(HttpVersions::OnlyHttp1), "HTTP/1.1"),
        (settings().versions(TlsVersions::Only12), "HTTP/2"),
        (settings().versions(TlsVersions::Only13), "HTTP/2"),
        (with(ServerCertificate::Expired), "Expired"),
        (with(ServerCertificate::OtherName), "NotValidForName"),
        (with(ServerCertificate::ForeignAuthority), "UnknownIssuer"),
        (settings().clients(ClientPolicy::RefusedAsExpired), "CertificateExpired"),
        (settings().clients(ClientPolicy::RefusedAsRevoked), "CertificateRevoked"),
        (settings().clients(ClientPolicy::RefusedAsUnknown), "UnknownCA"),
    ];
    for (settings, expected) in cases {
        // In TLS 1.2 the server verifies the client within the handshake, so that the client always gets the reason.
        let refuses = format!("{settings:?}").contains("Refused");
        let settings = if refuses {
            settings.versions(TlsVersions::Only12)
        } else {
            settings
        };
        let result = connect(settings).await;
        assert!(result.contains(expected), "{settings:?}: {result}");
    }
}

#[tokio::test]
async fn a_forgotten_session_does_not_come_back() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = accepted_client(&sandbox);
    let basket = async || {
        let path = format!("basket?api_key={}", sandbox.api_key());
        let cookie = format!("SessionId={}", sandbox.seeded_session_id());
        let request = client.get(url(&sandbox, &path)).header("Cookie", cookie);
        request.send().await.expect("a response").status()
    };
    assert_eq!(basket().await, 200);
    sandbox
        .inject(Fault::ForgetSession.on("GetBasket").times(1))
        .expect("a valid fault");
    assert_eq!([basket().await, basket().await], [404, 404]);
    sandbox.reset().expect("a reset");
    assert_eq!(basket().await, 200);
}

#[tokio::test]
async fn tls_settings_can_be_changed_at_run_time() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let succeeds = async || {
        accepted_client(&sandbox)
            .get(url(&sandbox, "help"))
            .send()
            .await
            .is_ok()
    };
    assert!(succeeds().await);
    for certificate in [
        ServerCertificate::Expired,
        ServerCertificate::OtherName,
        ServerCertificate::ForeignAuthority,
    ] {
        let settings = TlsSettings::default().server_certificate(certificate);
        sandbox.set_tls(settings).expect("settings");
        assert_eq!(sandbox.tls(), settings);
        assert!(!succeeds().await, "{certificate:?}");
    }
    sandbox.set_tls(TlsSettings::default()).expect("settings");
    assert!(succeeds().await);
}
