//! Tests of requests and responses.

use std::collections::BTreeSet;
use std::io::Read as _;

use serde_json::{Value, json};
use spektrix_v2::DecodeOptions;
use spektrix_v2_sandbox::Sandbox;
use spektrix_v2_sync::serve::Serve;

use super::http::{eventually, get, send};
use super::{client, started};
use crate::foreign::{python_with, run};

const LISTS: [&str; 5] = ["/events", "/instances", "/availability", "/prices", "/whats-on"];
const EXPORTS: [&str; 3] = ["/calendar.ics", "/events.jsonld", "/events.csv"];

#[tokio::test]
async fn lists_may_be_longer_than_the_limit_of_a_response() {
    let sandbox = Sandbox::start().await.unwrap();
    let options = DecodeOptions::default().max_bytes(64_000);
    let builder = sandbox.client_builder().unwrap().decode_options(options);
    let client = builder.build().unwrap();
    let refused = client.instances().all().await.unwrap_err();
    assert!(refused.to_string().contains("64000 bytes"), "{refused}");
    let server = Serve::new(&client).start().await.unwrap();
    eventually(server.address(), "/health/ready", |response| response.status == 200).await;
    let listed = get(server.address(), "/instances").await.json();
    assert!(listed.as_array().unwrap().len() > 500);
}

#[tokio::test]
async fn the_openapi_document_fits_routes_and_responses() {
    let (sandbox, server) = started().await;
    let address = server.address();
    let document = get(address, "/openapi.json").await.json();
    let index = String::from_utf8(get(address, "/").await.body).unwrap();
    let paths: Vec<_> = document["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        index.matches("<tr><td>").count(),
        paths.len(),
        "the page and the document list the same paths"
    );
    let first = |list: &Value| list[0]["id"].to_string();
    for path in &paths {
        assert!(index.contains(&format!(">{path}<")), "{path}");
        let documented = &document["paths"][path]["get"]["responses"]["200"]["content"];
        let media_type = documented.as_object().unwrap().keys().next().unwrap().clone();
        let url = match path.as_str() {
            "/changes" => continue,
            "/events/{id}" => format!("/events/{}", first(&get(address, "/events").await.json())),
            "/instances/{id}" => format!("/instances/{}", first(&get(address, "/instances").await.json())),
            path => path.to_owned(),
        };
        let response = get(address, &url).await;
        assert_eq!(response.status, 200, "{url}");
        assert!(
            response.header("content-type").unwrap().starts_with(&media_type),
            "{url}: {response:?}"
        );
    }
    for path in LISTS {
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let name = schema["items"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let properties = document["components"]["schemas"][name]["properties"]
            .as_object()
            .unwrap();
        let documented: BTreeSet<_> = properties.keys().cloned().collect();
        let items = get(address, path).await.json();
        let items = items.as_array().unwrap();
        assert!(!items.is_empty(), "{path}");
        for item in items {
            let found: BTreeSet<_> = item.as_object().unwrap().keys().cloned().collect();
            assert_eq!(found, documented, "{path}");
        }
        let fields: Vec<_> = documented.into_iter().collect();
        let all = get(address, &format!("{path}?limit=1&fields={}", fields.join(",")))
            .await
            .json();
        assert_eq!(
            all[0].as_object(),
            items[0].as_object(),
            "{path}: every documented field can be selected"
        );
    }
    sandbox.stop().await;
}

const VALIDATOR: &str = "
import json, jsonschema, openapi_spec_validator
document = json.load(open('openapi.json'))
openapi_spec_validator.validate(document)
for name, schema in json.load(open('responses.json')).items():
    root = {**schema['schema'], 'components': document['components']}
    jsonschema.Draft202012Validator(root).validate(schema['response'])
    print(name)
";

#[tokio::test]
async fn foreign_validators_accept_document_and_responses() {
    let Some(python) = python_with("jsonschema, openapi_spec_validator") else {
        return;
    };
    let (sandbox, server) = started().await;
    let document = get(server.address(), "/openapi.json").await.json();
    let mut responses = serde_json::Map::new();
    for path in LISTS.into_iter().chain(["/health", "/nothing"]) {
        let response = get(server.address(), path).await.json();
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        let problem = json!({"$ref": "#/components/schemas/Problem"});
        let schema = if path == "/nothing" { &problem } else { schema };
        responses.insert(path.to_owned(), json!({"schema": schema, "response": response}));
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("openapi.json"), document.to_string()).unwrap();
    std::fs::write(folder.path().join("responses.json"), Value::from(responses).to_string()).unwrap();
    assert_eq!(
        run(&python, &["-c", VALIDATOR], folder.path()).lines().count(),
        LISTS.len() + 2
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn refused_requests_are_problem_details() {
    let (sandbox, server) = started().await;
    let long = format!("/events?from={}", "x".repeat(5000));
    let table = [
        ("GET", "/whats-on?form=now", 400, "known"),
        ("GET", "/calendar.ics?fields=event", 400, "fields"),
        ("GET", "/health?verbose=1", 400, "no query parameters"),
        ("GET", "/prices?fields=prices,cost", 400, "from_price"),
        ("GET", "/events/0", 404, "no such object"),
        ("GET", "/instances/abc", 404, "numbers"),
        ("GET", "/customers", 404, "GET / lists"),
        ("GET", "/baskets/1", 404, "GET / lists"),
        ("POST", "/events", 405, "only reads"),
        ("DELETE", "/events/1", 405, "only reads"),
        ("GET", &long, 414, "4096"),
    ];
    for (method, path, status, detail) in table {
        let response = send(server.address(), method, path, &[]).await;
        let name = &path[..path.len().min(40)];
        assert_eq!(response.status, status, "{method} {name}");
        assert_eq!(
            response.header("content-type"),
            Some("application/problem+json"),
            "{name}"
        );
        let body = String::from_utf8(response.body.clone()).unwrap();
        assert!(body.contains(detail), "{name}: {body}");
        assert_eq!(response.json()["status"], status, "{name}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn responses_are_conditional_in_every_encoding() {
    let (sandbox, server) = started().await;
    let address = server.address();
    for path in LISTS.into_iter().chain(EXPORTS) {
        let plain = get(address, path).await;
        let mut tags = BTreeSet::new();
        for encoding in ["identity", "gzip", "br"] {
            let accept = ("accept-encoding", encoding);
            let response = send(address, "GET", path, &[accept]).await;
            let mut decoded = Vec::new();
            match response.header("content-encoding") {
                None => decoded.clone_from(&response.body),
                Some("gzip") => drop(
                    flate2::read::GzDecoder::new(&response.body[..])
                        .read_to_end(&mut decoded)
                        .unwrap(),
                ),
                Some(_) => drop(
                    brotli::Decompressor::new(&response.body[..], 4096)
                        .read_to_end(&mut decoded)
                        .unwrap(),
                ),
            }
            assert_eq!(
                response.header("content-encoding"),
                Some(encoding).filter(|name| *name != "identity")
            );
            assert!(decoded == plain.body, "{path} {encoding}");
            assert_eq!(
                response.header("cache-control"),
                Some("public, max-age=60, stale-if-error=86400")
            );
            assert!(response.header("age").unwrap().parse::<u64>().is_ok());
            let tag = response.header("etag").unwrap().to_owned();
            assert!(tag.starts_with('"'), "{tag} is strong");
            for (value, status) in [
                (tag.as_str(), 304),
                (&format!("\"x\", W/{tag}"), 304),
                ("*", 304),
                ("\"x\"", 200),
            ] {
                let again = send(address, "GET", path, &[accept, ("if-none-match", value)]).await;
                assert_eq!(again.status, status, "{path} {encoding} {value}");
                assert_eq!(again.body.is_empty(), status == 304, "{path} {encoding} {value}");
                assert_eq!(again.header("etag"), Some(tag.as_str()));
            }
            let head = send(address, "HEAD", path, &[accept]).await;
            assert_eq!((head.status, head.body.len()), (200, 0));
            assert_eq!(
                head.header("content-length"),
                Some(response.body.len().to_string().as_str()),
                "{path}"
            );
            assert!(tags.insert(tag), "each encoding has another tag");
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn lists_are_filtered_and_paged() {
    let (sandbox, server) = started().await;
    let address = server.address();
    let all = get(address, "/whats-on").await.json();
    let all = all.as_array().unwrap();
    let some = &all[all.len() / 2];
    let (day, event, id) = (
        &some["start"].as_str().unwrap()[..10],
        &some["event_id"],
        &some["instance_id"],
    );
    let start = some["start_utc"].as_str().unwrap();
    let expected = |is_wanted: &dyn Fn(&Value) -> bool| all.iter().filter(|row| is_wanted(row)).count();
    let on_day = |row: &Value| row["start"].as_str().unwrap().starts_with(day);
    let table = [
        (format!("from={day}&to={day}"), expected(&on_day)),
        (format!("event={event}"), expected(&|row| row["event_id"] == *event)),
        (
            format!("event={event}&from={day}&to={day}"),
            expected(&|row| row["event_id"] == *event && on_day(row)),
        ),
        (format!("instance={id}"), 1),
        (
            format!("from={start}&to={start}"),
            expected(&|row| row["start_utc"] == start),
        ),
        (
            "attribute=panto=1".to_owned(),
            expected(&|row| row["attributes"]["Panto"] == "1"),
        ),
        ("from=2999-01-01".to_owned(), 0),
    ];
    for (query, count) in &table {
        for path in ["/whats-on", "/instances", "/availability", "/prices"] {
            let response = get(address, &format!("{path}?{query}")).await;
            assert_eq!(response.json().as_array().unwrap().len(), *count, "{path}?{query}");
            assert_eq!(
                response.header("x-total-count"),
                Some(count.to_string().as_str()),
                "{path}?{query}"
            );
        }
        let calendar = String::from_utf8(get(address, &format!("/calendar.ics?{query}")).await.body).unwrap();
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), *count, "{query}");
    }
    let events = get(address, &format!("/events?event={event}&fields=id")).await.json();
    assert_eq!(events, json!([{"id": event}]));

    let mut collected = Vec::new();
    let mut next = Some("/whats-on?limit=300&fields=instance_id".to_owned());
    while let Some(path) = next {
        let response = get(address, &path).await;
        collected.extend(response.json().as_array().unwrap().clone());
        let link = response.header("link").and_then(|link| link.split(['<', '>']).nth(1));
        next = link.map(str::to_owned);
    }
    let ids: Vec<_> = all
        .iter()
        .map(|row| json!({"instance_id": row["instance_id"]}))
        .collect();
    assert_eq!(collected, ids, "the pages are the list");
    sandbox.stop().await;
}

#[tokio::test]
async fn cors_is_off_unless_configured() {
    let (sandbox, server) = started().await;
    let origin = ("origin", "https://venue.example");
    let response = send(server.address(), "GET", "/events", &[origin]).await;
    assert_eq!(response.header("access-control-allow-origin"), None);

    let client = client(&sandbox);
    let settings = super::settings(&client).cors_origin("https://venue.example").unwrap();
    let server = settings.start().await.unwrap();
    eventually(server.address(), "/health/ready", |response| response.status == 200).await;
    let response = send(server.address(), "GET", "/events", &[origin]).await;
    assert_eq!(
        response.header("access-control-allow-origin"),
        Some("https://venue.example")
    );
    let other = send(
        server.address(),
        "GET",
        "/events",
        &[("origin", "https://evil.example")],
    )
    .await;
    assert_eq!(other.header("access-control-allow-origin"), None);
    for invalid in ["*", "venue.example", "https://venue.example/", "https://a\nb"] {
        assert!(super::settings(&client).cors_origin(invalid).is_err(), "{invalid}");
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn no_response_has_a_secret_or_a_customer() {
    let (sandbox, server) = started().await;
    let document = get(server.address(), "/openapi.json").await.json();
    let secrets = [
        sandbox.api_key(),
        sandbox.seeded_session_id(),
        sandbox.seeded_password(),
        "\"sold\"",
        "\"reserved\"",
    ];
    for path in document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .filter(|path| *path != "/changes")
    {
        let body = String::from_utf8_lossy(&get(server.address(), path).await.body).into_owned();
        for secret in secrets {
            assert!(!body.contains(secret), "{path} contains {secret}");
        }
    }
    sandbox.stop().await;
}
