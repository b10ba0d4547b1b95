//! Faults on demand, as a client sees them on the wire.

mod support;

use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Client, Method, Response};
use spektrix_v2::operations::GetBands;
use spektrix_v2_sandbox::{
    ClientPolicy, Fault, HttpVersions, Injection, RetryAfter, Sandbox, ServerCertificate, TlsSettings, TlsVersions,
};
use support::{decode, rightful_client, url};

const VERSIONS: [HttpVersions; 2] = [HttpVersions::OnlyHttp1, HttpVersions::OnlyHttp2];

/// A sandbox that speaks one version of HTTP, and one client of it.
struct Trial {
    sandbox: Sandbox,
    client: Client,
}

impl Trial {
    async fn with(versions: HttpVersions) -> Self {
        let builder = Sandbox::builder().tls(TlsSettings::default().http(versions));
        let sandbox = builder.start().await.expect("a sandbox");
        let client = rightful_client(&sandbox);
        Self { sandbox, client }
    }

    async fn bands(&self) -> reqwest::Result<Response> {
        let path = format!("bands?limit=2&api_key={}", self.sandbox.api_key());
        self.client.get(url(&self.sandbox, &path)).send().await
    }

    /// What comes of a request under this fault alone.
    async fn under(&self, fault: impl Into<Injection>) -> Seen {
        self.sandbox.clear_faults();
        let id = self.sandbox.inject(fault).expect("it can fire");
        let seen = self.see().await;
        assert_eq!(self.sandbox.fault(id).expect("it is listed").fired, 1);
        seen
    }

    async fn see(&self) -> Seen {
        let mut response = match self.bands().await {
            Ok(response) => response,
            Err(error) => return Seen::ended(&error),
        };
        let mut seen = Seen {
            status: Some(response.status().as_u16()),
            headers: std::mem::take(response.headers_mut()),
            ..Seen::default()
        };
        loop {
            match response.chunk().await {
                Ok(Some(piece)) => seen.pieces.push(piece.to_vec()),
                Ok(None) => return seen,
                Err(error) => {
                    let Seen { error, reset, .. } = Seen::ended(&error);
                    return Seen { error, reset, ..seen };
                }
            }
        }
    }
}

#[derive(Debug, Default)]
struct Seen {
    status: Option<u16>,
    headers: HeaderMap,
    pieces: Vec<Vec<u8>>,
    error: Option<String>,
    reset: bool,
}

impl Seen {
    fn ended(error: &reqwest::Error) -> Self {
        // Either layer, HTTP/1 or HTTP/2, has it in an error of its own.
        let error = format!("{error:?}");
        Self {
            reset: error.contains("ConnectionReset"),
            error: Some(error),
            ..Self::default()
        }
    }

    fn body(&self) -> Vec<u8> {
        self.pieces.concat()
    }

    fn text(&self) -> String {
        String::from_utf8(self.body()).expect("UTF-8")
    }

    fn header(&self, name: reqwest::header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

#[tokio::test]
async fn connections_end_as_roughly_as_they_are_told_to() {
    for versions in VERSIONS {
        let trial = Trial::with(versions).await;
        for fault in [Fault::Reset, Fault::LoseAnswer] {
            let seen = trial.under(fault.clone()).await;
            assert!(seen.status.is_none() && seen.reset, "{versions:?} {fault:?}: {seen:?}");
        }
        assert!(trial.sandbox.requests().iter().all(|request| request.status.is_none()));
        for after in [0, 30] {
            let seen = trial.under(Fault::ResetWithinBody { after }).await;
            assert_eq!(seen.status, Some(200), "{versions:?}: {seen:?}");
            assert!(seen.reset && seen.body().len() == after, "{versions:?}: {seen:?}");
        }
        trial.sandbox.clear_faults();
        assert!(trial.see().await.error.is_none(), "{versions:?}: the next one is fine");
    }
}

#[tokio::test]
async fn a_stalled_body_stays_open() {
    for versions in VERSIONS {
        let trial = Trial::with(versions).await;
        trial.sandbox.inject(Fault::Stall { after: 30 }).expect("it can fire");
        let mut response = trial.bands().await.expect("a head");
        let piece = response.chunk().await.expect("a beginning").expect("a piece");
        assert_eq!(piece.len(), 30);
        let more = tokio::time::timeout(Duration::from_millis(100), response.chunk()).await;
        assert!(more.is_err(), "{versions:?}: {more:?}");
    }
}

#[tokio::test]
async fn time_passes() {
    for versions in VERSIONS {
        let trial = Trial::with(versions).await;
        let whole = trial.see().await.body();
        let pause = Duration::from_millis(2);
        let seen = trial.under(Fault::Drip { piece: 100, pause }).await;
        assert_eq!(seen.body(), whole);
        assert_eq!(seen.header(CONTENT_LENGTH), whole.len().to_string());
        assert!(seen.pieces.len() > 1, "{seen:?}");

        let delay = Duration::from_millis(60);
        let before = Instant::now();
        assert_eq!(trial.under(Fault::Latency { delay }).await.body(), whole);
        assert!(
            before.elapsed() >= delay,
            "a wait has a least time, whatever the machine does"
        );
    }
}

#[tokio::test]
async fn something_answers_in_the_services_place() {
    let trial = Trial::with(HttpVersions::Both).await;
    for status in [429, 503, 404, 200] {
        let seen = trial
            .under(Fault::Status {
                status,
                retry_after: None,
            })
            .await;
        assert_eq!((seen.status, seen.header(RETRY_AFTER)), (Some(status), ""));
        let seen = trial.under(Fault::HtmlPage { status }).await;
        assert_eq!(seen.status, Some(status));
        assert_eq!(seen.header(CONTENT_TYPE), "text/html; charset=UTF-8");
        assert!(seen.text().starts_with("<!DOCTYPE html>"), "{seen:?}");
    }
    let with = |retry_after| Fault::Status {
        status: 503,
        retry_after: Some(retry_after),
    };
    let seen = trial.under(with(RetryAfter::Seconds(7))).await;
    assert_eq!(seen.header(RETRY_AFTER), "7");
    let seen = trial.under(with(RetryAfter::DateInSeconds(7))).await;
    let date = seen.header(RETRY_AFTER);
    assert!(date.len() == 29 && date.ends_with(" GMT"), "{date}");
    let statuses: Vec<_> = trial.sandbox.requests().iter().map(|request| request.status).collect();
    let expected = [429, 429, 503, 503, 404, 404, 200, 200, 503, 503];
    assert_eq!(statuses, expected.map(Some));
}

#[tokio::test]
async fn a_fault_says_whether_the_service_acts() {
    const ITEMS: &str = "<BasketItems><MerchandiseItem><StockItem id=\"501\"/></MerchandiseItem></BasketItems>";
    let Trial { sandbox, client } = Trial::with(HttpVersions::OnlyHttp1).await;
    let cookie = format!("SessionId={}", sandbox.seeded_session_id());
    let request = |method: Method, path: &str| {
        let path = format!("{path}?api_key={}", sandbox.api_key());
        client.request(method, url(&sandbox, &path)).header("Cookie", &cookie)
    };
    let items = async || {
        let basket = request(Method::GET, "basket").send().await.expect("an answer");
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
        (Fault::LoseAnswer, true),
        (
            Fault::ContentType {
                value: "text/html".to_owned(),
            },
            true,
        ),
    ];
    for (fault, acts) in cases {
        let before = items().await;
        sandbox.clear_requests();
        let (said, is_read) = (format!("{fault:?}"), fault != Fault::Reset);
        sandbox
            .inject(fault.on("AddBasketItems").times(1))
            .expect("it can fire");
        let add = request(Method::POST, "basket/items").header("Content-Type", "application/xml");
        // Whatever the client gets to see of it.
        add.body(ITEMS).send().await.ok();
        let [sent] = &sandbox.requests_for("AddBasketItems")[..] else {
            panic!("{said}: one request")
        };
        assert_eq!(sent.body_text(), if is_read { ITEMS } else { "" }, "{said}");
        assert!(
            sent.session && sent.header("content-type") == Some("application/xml"),
            "{said}"
        );
        assert_eq!(items().await, before + usize::from(acts), "{said}");
    }
}

#[tokio::test]
async fn a_redirect_leads_elsewhere() {
    let trial = Trial::with(HttpVersions::Both).await;
    let location = "https://elsewhere.invalid/login";
    let fault = Fault::Redirect {
        location: location.to_owned(),
    };
    let seen = trial.under(fault).await;
    assert_eq!((seen.status, seen.header(LOCATION)), (Some(302), location));
}

#[tokio::test]
async fn bodies_are_spoilt() {
    let trial = Trial::with(HttpVersions::Both).await;
    let whole = trial.see().await.text();
    let half = whole.len() / 2;

    let seen = trial.under(Fault::Truncated { after: half }).await;
    assert_eq!(seen.text(), whole[..half]);
    assert_eq!(seen.header(CONTENT_LENGTH), half.to_string());
    assert_eq!(trial.under(Fault::EmptyBody).await.text(), "");
    assert_eq!(
        trial.under(Fault::ByteOrderMark).await.text(),
        format!("\u{feff}{whole}")
    );
    let malformed = trial.under(Fault::Malformed).await.text();
    assert_eq!(malformed.replace("<broken & ", ""), whole);
    assert_ne!(malformed, whole);

    let seen = trial.under(Fault::Utf16).await;
    assert_eq!(seen.header(CONTENT_TYPE), "application/xml; charset=utf-16");
    assert_eq!(seen.body()[..4], *b"\xff\xfe<\0");
    let value = "text/plain".to_owned();
    let seen = trial.under(Fault::ContentType { value }).await;
    assert_eq!((seen.header(CONTENT_TYPE), seen.text()), ("text/plain", whole.clone()));

    let seen = trial.under(Fault::UnknownParts).await.text();
    let options = spektrix_v2::DecodeOptions::default().report_unknown(true);
    let info = <GetBands as spektrix_v2::Operation>::INFO;
    let decoded =
        <Vec<spektrix_v2::Band> as spektrix_v2::runtime::Body>::decode(seen.as_bytes(), info.response, &options);
    let decoded = decoded.expect("unknown parts are no error");
    assert_eq!(decoded.value, decode::<GetBands>(&whole, "bands"));
    assert!(
        decoded.unknown.iter().any(|path| path.contains("UnknownPart")),
        "{:?}",
        decoded.unknown
    );
}

#[tokio::test]
async fn an_oversized_body_is_as_large_as_it_says() {
    for versions in VERSIONS {
        let trial = Trial::with(versions).await;
        let whole = trial.see().await.body().len();
        let seen = trial.under(Fault::Oversized { bytes: 3_000_000 }).await;
        let body = seen.text();
        assert_eq!(seen.header(CONTENT_LENGTH), body.len().to_string());
        assert_eq!(body.len(), whole + 3_000_000 + "<Padding></Padding>".len());
        assert!(body.ends_with("x</Padding></Bands>"));
    }
}

#[tokio::test]
async fn faults_add_up() {
    let trial = Trial::with(HttpVersions::OnlyHttp1).await;
    let sandbox = &trial.sandbox;
    let status = Fault::Status {
        status: 503,
        retry_after: None,
    };
    sandbox.inject(status.on("GetBands").times(1)).expect("it can fire");
    sandbox
        .inject(Fault::ResetWithinBody { after: 10 }.at("bands").times(2))
        .expect("it can fire");
    sandbox.inject(Fault::Reset.on("GetEvents")).expect("it can fire");
    let seen = [trial.see().await, trial.see().await, trial.see().await];
    assert_eq!(
        seen.each_ref().map(|seen| seen.status),
        [Some(503), Some(200), Some(200)]
    );
    assert_eq!(seen.each_ref().map(|seen| seen.reset), [true, true, false]);
    let counts: Vec<_> = sandbox
        .faults()
        .iter()
        .map(|fault| (fault.matched, fault.fired))
        .collect();
    assert_eq!(counts, [(3, 1), (3, 2), (0, 0)]);
}

/// What the client's own errors say; the versions that a successful answer came by.
async fn meets(settings: TlsSettings) -> String {
    let sandbox = Sandbox::builder().tls(settings).start().await.expect("a sandbox");
    match rightful_client(&sandbox).get(url(&sandbox, "help")).send().await {
        Ok(response) => format!("{:?}", response.version()),
        Err(error) => format!("{error:?}"),
    }
}

#[tokio::test]
async fn handshakes_go_wrong_as_they_are_told_to() {
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
        // Under TLS 1.2 the refusal of a client is part of the handshake, so that the client is sure to read it.
        let refuses = format!("{settings:?}").contains("Refused");
        let settings = if refuses {
            settings.versions(TlsVersions::Only12)
        } else {
            settings
        };
        let met = meets(settings).await;
        assert!(met.contains(expected), "{settings:?}: {met}");
    }
}

#[tokio::test]
async fn a_forgotten_session_stays_forgotten() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = rightful_client(&sandbox);
    let basket = async || {
        let path = format!("basket?api_key={}", sandbox.api_key());
        let cookie = format!("SessionId={}", sandbox.seeded_session_id());
        let request = client.get(url(&sandbox, &path)).header("Cookie", cookie);
        request.send().await.expect("an answer").status()
    };
    assert_eq!(basket().await, 200);
    sandbox
        .inject(Fault::ForgetSession.on("GetBasket").times(1))
        .expect("it can fire");
    assert_eq!([basket().await, basket().await], [404, 404]);
    sandbox.reset().expect("it starts anew");
    assert_eq!(basket().await, 200);
}

#[tokio::test]
async fn tls_can_be_changed_while_it_runs() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let ask = async || {
        rightful_client(&sandbox)
            .get(url(&sandbox, "help"))
            .send()
            .await
            .is_ok()
    };
    assert!(ask().await);
    for certificate in [
        ServerCertificate::Expired,
        ServerCertificate::OtherName,
        ServerCertificate::ForeignAuthority,
    ] {
        let settings = TlsSettings::default().server_certificate(certificate);
        sandbox.set_tls(settings).expect("settings");
        assert_eq!(sandbox.tls(), settings);
        assert!(!ask().await, "{certificate:?}");
    }
    sandbox.set_tls(TlsSettings::default()).expect("settings");
    assert!(ask().await);
}
