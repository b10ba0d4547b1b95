//! Several venues in one sandbox: what they share, and what each of them has for itself.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use spektrix_v2_sandbox::{Fault, Sandbox, SandboxBuilder, VenueHandle};

use crate::support::{Presents, TODAY, client, get, plain_http};

fn builder(count: usize) -> SandboxBuilder {
    Sandbox::builder().today(TODAY).venues(count)
}

fn presenting(sandbox: &Sandbox, venue: VenueHandle<'_>) -> Client {
    let certificate = venue.certificate();
    let presents = Presents::Certificate {
        certificate_pem: certificate.certificate_pem(),
        key_pem: certificate.key_pem(),
    };
    client(sandbox, &presents)
}

/// Sends a GET request with the certificate of one venue, the path of another, and the API key of a third.
async fn read(sandbox: &Sandbox, [certificate, path, key]: &[VenueHandle<'_>; 3], list: &str) -> (StatusCode, String) {
    let url = format!("{}{}/api/v2/{list}", sandbox.base_url(), path.client_name());
    let separator = if list.contains('?') { '&' } else { '?' };
    let url = format!("{url}{separator}api_key={}", key.api_key());
    let response = presenting(sandbox, *certificate)
        .get(url)
        .send()
        .await
        .expect("a response");
    (response.status(), response.text().await.expect("a body"))
}

#[tokio::test]
async fn each_venue_has_its_own_credentials() {
    let sandbox = builder(3).start().await.expect("a sandbox");
    let venues: Vec<_> = sandbox.venues().collect();
    let [one, two, three] = venues[..] else {
        panic!("three venues: {venues:?}")
    };
    let names: Vec<_> = venues
        .iter()
        .map(|venue| (venue.client_name(), venue.api_key(), venue.seed()))
        .collect();
    let expected = [
        ("sandbox", "sandbox-api-key", 0),
        ("sandbox-2", "sandbox-api-key-2", 1),
        ("sandbox-3", "sandbox-api-key-3", 2),
    ];
    assert_eq!(names, expected);
    let cases = [
        ([one, one, one], 200),
        ([two, two, two], 200),
        ([three, three, three], 200),
        ([one, two, two], 403),
        ([two, one, one], 403),
        ([two, two, one], 401),
        ([one, one, three], 401),
    ];
    for (credentials, status) in cases {
        assert_eq!(read(&sandbox, &credentials, "bands").await.0, status, "{credentials:?}");
    }
    assert!(sandbox.venue("sandbox-2").is_some() && sandbox.venue("sandbox-4").is_none());
    assert!(!format!("{one:?} {sandbox:?}").contains("api-key"));
}

#[tokio::test]
async fn each_venue_is_that_of_its_seed() {
    let list = "instance-status?all=true";
    let sandbox = builder(3).seed(7).start().await.expect("a sandbox");
    for venue in sandbox.venues() {
        let (status, body) = read(&sandbox, &[venue; 3], list).await;
        assert_eq!(status, 200);
        let alone = Sandbox::builder()
            .today(TODAY)
            .seed(venue.seed())
            .start()
            .await
            .expect("a sandbox");
        assert_eq!(body, get(&alone, list).await.1, "{venue:?}");
    }
    let seeds: Vec<_> = sandbox.venues().map(|venue| venue.seed()).collect();
    assert_eq!(seeds, [7, 8, 9]);
}

#[tokio::test]
async fn changes_concern_one_venue() {
    let sandbox = builder(2).start().await.expect("a sandbox");
    let venues: Vec<_> = sandbox.venues().collect();
    let [one, two] = venues[..] else { panic!("two venues") };
    two.edit(|venue| venue.events.truncate(1)).expect("a valid edit");
    assert_eq!(
        two.client()
            .expect("a client")
            .events()
            .all()
            .await
            .expect("events")
            .len(),
        1
    );
    assert_eq!(
        one.client()
            .expect("a client")
            .events()
            .all()
            .await
            .expect("events")
            .len(),
        64
    );

    let client = two.client().expect("a client");
    client.reset_customer_password(9001).await.expect("a new password");
    assert_eq!((one.outbox().len(), two.outbox().len()), (0, 1));

    sandbox
        .inject(Fault::EmptyList.on("GetEvents").of("sandbox-2"))
        .expect("a valid fault");
    assert_eq!(client.events().await.expect("events"), []);
    assert_eq!(
        one.client().expect("a client").events().await.expect("events").len(),
        10
    );
    let error = sandbox.inject(Fault::Reset.of("sandbox-3")).expect_err("no such venue");
    assert_eq!(error.to_string(), "there is no venue with the client name 'sandbox-3'");

    let paths: Vec<_> = sandbox
        .requests_for("GetEvents")
        .into_iter()
        .map(|request| request.path)
        .collect();
    assert!(
        paths.contains(&"/sandbox-2/api/v2/events".to_owned()),
        "the log is of all venues: {paths:?}"
    );

    sandbox.advance(Duration::from_secs(600));
    sandbox.reset().expect("a reset");
    assert_eq!(client.events().all().await.expect("events").len(), 64);
    assert_eq!(two.outbox().len(), 0);
}

#[tokio::test]
async fn the_environment_names_the_list_of_venues() {
    let sandbox = builder(3).api_key("a key").start().await.expect("a sandbox");
    let environment = sandbox.environment();
    let (_, file) = environment
        .iter()
        .find(|(name, _)| *name == "SPEKTRIX_SANDBOX_VENUES")
        .expect("a variable");
    assert_eq!(sandbox.files().venues(), Some(Path::new(file)));
    let list = std::fs::read_to_string(file).expect("a file");
    let list: Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(3));
    for (listed, venue) in list.as_array().expect("a list").iter().zip(sandbox.venues()) {
        let expected = json!({
            "client_name": venue.client_name(),
            "api_key": venue.api_key(),
            "seed": venue.seed(),
            "certificate": venue.certificate_file(),
            "key": venue.key_file(),
        });
        assert_eq!(*listed, expected);
        let read = |path| std::fs::read_to_string(path).expect("a file");
        assert_eq!(read(venue.certificate_file()), venue.certificate().certificate_pem());
        assert_eq!(read(venue.key_file()), venue.certificate().key_pem());
    }
    let folder = tempfile::tempdir().expect("a folder");
    let written = folder.path().join("env");
    sandbox.write_environment(&written).expect("a new file");
    sandbox
        .write_environment(&written)
        .expect("a file of a sandbox is replaced");
    let alone = builder(1).start().await.expect("a sandbox");
    assert!(!alone.environment_lines().contains("VENUES"));
    assert_eq!((alone.files().venues(), alone.venues().count()), (None, 1));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_keys_of_venues() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = builder(2).start().await.expect("a sandbox");
    let list = sandbox.files().venues().expect("a list").to_owned();
    for path in sandbox.venues().map(|venue| venue.key_file().to_owned()).chain([list]) {
        let mode = path.metadata().expect("it exists").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[tokio::test]
async fn the_control_endpoint_selects_a_venue() {
    let sandbox = builder(2).control(true).start().await.expect("a sandbox");
    let client = Client::builder().no_proxy().tls_backend_preconfigured(plain_http());
    let client = client.build().expect("a client");
    let url = sandbox.control_url().expect("it is enabled");
    let put = client
        .put(format!("{url}data?client=sandbox-2"))
        .header("Content-Type", "application/json");
    let response = put
        .body(json!({ "stock_items": [] }).to_string())
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status(), 200);
    let cases = [
        ("data", 200, false),
        ("data?client=sandbox-2", 200, true),
        ("data?client=x", 404, false),
    ];
    for (path, status, is_empty) in cases {
        let response = client.get(format!("{url}{path}")).send().await.expect("a response");
        assert_eq!(response.status(), status, "{path}");
        let body = response.bytes().await.expect("a body");
        let data: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(data["stock_items"] == json!([]), is_empty, "{path}");
    }
}

#[tokio::test]
async fn an_impossible_number_of_venues_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        (builder(0), "1 to 1000 venues, not 0"),
        (builder(1001), "1 to 1000 venues, not 1001"),
        (
            builder(2).replay(folder.path()),
            "cannot replay recorded bodies or have custom data",
        ),
        (
            builder(2).data(folder.path()),
            "cannot replay recorded bodies or have custom data",
        ),
        (builder(100).scale(10_000), "500000 instances together at most"),
    ];
    for (builder, expected) in cases {
        let error = builder.start().await.expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
    }
}
