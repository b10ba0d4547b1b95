//! Tests of requests and their results: reads, writes, sessions, problems, and what can be copied.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use spektrix_v2_sandbox::{Fault, Sandbox};

use super::Tester;
use crate::program::Folder;

/// Removes tags and entities, so that text can be compared.
fn text(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities
        .iter()
        .fold(text, |text, (entity, character)| text.replace(entity, character))
}

/// The fields of a form.
type Fields<'a> = &'a [(&'a str, &'a str)];

#[track_caller]
fn has(page: &str, parts: &[&str]) {
    let text = text(page);
    for part in parts {
        assert!(text.contains(part), "lacks {part:?}: {text}");
    }
}

#[test]
fn a_read_is_shown_in_every_view() {
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    has(
        &tester.get("/").text(),
        &[
            "read-only since 2025",
            "today's service refuses writes",
            "GetEvents",
            "DownloadTicket",
            "Any path",
        ],
    );
    let form = tester.get("/operation/GetEvents?limit=2").text();
    for part in [
        "name=\"p.limit\" type=\"number\"",
        "value=\"2\"",
        "type=\"date\"",
        "name=\"p.all\" type=\"checkbox\"",
    ] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let (result, page) = tester.submit(
        "/send",
        &[("operation", "GetEvents"), ("p.limit", "2"), ("p.event_id", "")],
    );
    has(
        &page,
        &[
            "GET events?limit=2&api_key=***",
            "200",
            "OK",
            " ms",
            "<Event id=\"7001\">",
            "    <Name>Jack Frost",
        ],
    );
    let view = |name: &str| tester.get(&format!("{result}?view={name}")).text();
    has(&view("json"), &["\"id\": 7001"]);
    has(&view("table"), &["2 objects", "7001", "Jack Frost"]);
    assert!(view("table").contains("href=\"/operation/GetInstances?event_id=7001\""));
    has(&view("headers"), &["user-agent", "spektrix-v2/", "content-type"]);
    has(
        &view("code"),
        &[
            "spektrix call GetEvents limit=2",
            "curl --silent --show-error",
            "$SPEKTRIX_API_KEY",
            "<?php",
            "Client::from_env()",
        ],
    );
    has(&tester.get(&format!("{result}/edit")).text(), &["GetEvents"]);
    let file = tester.get(&format!("{result}/body"));
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"GetEvents-1.xml\"")
    );
    assert!(file.text().starts_with("<?xml"), "{}", file.text());
    let ticket = [
        ("operation", "DownloadTicket"),
        ("p.customer_id", "9002"),
        ("p.document_id", "60001"),
    ];
    let (result, page) = tester.submit("/send", &ticket);
    has(&page, &["The body is a document, not text."]);
    let file = tester.get(&format!("{result}/body"));
    assert_eq!(
        file.header("content-disposition"),
        Some("attachment; filename=\"DownloadTicket-2.pdf\"")
    );
    assert!(file.body.starts_with(b"%PDF"));
    for (path, status) in [("/result/99", 404), ("/operation/GetNothing", 404), ("/confirm/7", 404)] {
        assert_eq!(tester.get(path).status, status, "{path}");
    }
}

#[test]
fn problems_are_shown_and_nothing_is_sent() {
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    let body = "<BasketItems>\r\n<Ticket><Instance id='1'/></Ticket>\r\n</BasketItems>";
    let table: [(&str, Fields<'_>, &str); 3] = [
        ("a required parameter", &[("operation", "Echo")], "message is required."),
        (
            "a part of the body",
            &[("operation", "AddBasketItems"), ("body", body)],
            "Body, line 2: BasketItems/Ticket[1]/Plan must be set",
        ),
        (
            "a key",
            &[("method", "GET"), ("path", "events"), ("extra", "api_key=x")],
            "remove api_key",
        ),
    ];
    for (name, fields, expected) in table {
        let reply = tester.post("/send", fields);
        assert_eq!(reply.status, 422, "{name}");
        has(&reply.text(), &["Not sent.", expected]);
    }
    has(&tester.get("/").text(), &["Nothing was sent yet"]);
}

/// Adds two tickets by hand: the link of a row, the body that it fills in, the confirmation.
#[test]
fn a_basket_is_built_within_a_session() {
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    let (status, _) = tester.submit("/send", &[("operation", "GetInstanceStatus"), ("p.all", "true")]);
    let table = tester.get(&format!("{status}?view=table")).text();
    let link = table
        .split("href=\"/operation/AddBasketItems?")
        .nth(5)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let form = tester
        .get(&format!("/operation/AddBasketItems?{}", link.replace("&amp;", "&")))
        .text();
    let body = form
        .split("wrap=\"off\">")
        .nth(1)
        .unwrap()
        .split("</textarea>")
        .next()
        .unwrap();
    let body = body
        .trim_start()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");

    let (_, page) = tester.submit("/sessions/new", &[("name", "Jo's <visit>")]);
    has(&page, &["Jo's <visit>", "in use", "Starts with the first change"]);
    let (question, page) = tester.submit("/send", &[("operation", "AddBasketItems"), ("body", &body)]);
    has(
        &page,
        &[
            "Send this write?",
            "POST basket/items?api_key=***",
            "in the session Jo's <visit>",
            "<Plan id=",
        ],
    );
    has(&page, &["It changes data of sandbox"]);
    let (_, page) = tester.submit(&question, &[]);
    has(&page, &["in Jo's <visit>", "200", "Started: its cookie is kept here"]);
    assert_eq!(tester.post(&question, &[]).status, 410, "sent once");

    let (basket, page) = tester.submit("/send", &[("operation", "GetBasket")]);
    assert_eq!(text(&page).matches("<Ticket id=").count(), 2, "{page}");
    let headers = tester.get(&format!("{basket}?view=headers")).text();
    has(&headers, &["cookieSessionId=***"]);
    let (_, page) = tester.submit("/sessions/change", &[("number", "1"), ("do", "leave")]);
    assert!(!text(&page).contains("in use"), "{page}");
    let (_, page) = tester.submit("/send", &[("operation", "GetBasket")]);
    has(&page, &["404", "What to do: "]);
    let (_, page) = tester.submit("/sessions/change", &[("number", "1"), ("do", "forget")]);
    has(&page, &["A basket needs a session"]);
}

#[test]
fn the_sitting_is_bounded() {
    let folder = Folder::new();
    let tester = Tester::start(&folder, &["--sandbox", "tester"], &[]);
    let echo = [("operation", "Echo"), ("p.message", "x")];
    for number in 1..=51 {
        let sent = tester.post("/send", &echo);
        assert_eq!(sent.header("location"), Some(format!("/result/{number}").as_str()));
    }
    for (number, status) in [(1, 404), (2, 200), (51, 200)] {
        assert_eq!(tester.get(&format!("/result/{number}")).status, status, "{number}");
    }
    for _ in 0..9 {
        tester.post("/send", &[("operation", "KeepAlive")]);
    }
    for (number, status) in [(1, 404), (2, 200), (9, 200)] {
        assert_eq!(tester.get(&format!("/confirm/{number}")).status, status, "{number}");
    }
    let session = |back| tester.post("/sessions/new", &[("back", back)]);
    for (back, location) in [
        ("/path?a=b", "/path?a=b"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil", "/"),
        ("/a\r\nX: b", "/"),
    ] {
        assert_eq!(session(back).header("location"), Some(location), "{back}");
    }
    let statuses: Vec<_> = (0..6).map(|_| session("/").status).collect();
    assert_eq!(statuses, [303, 303, 303, 303, 303, 409]);
}

#[tokio::test]
async fn faults_of_the_service_are_explained() {
    let sandbox = Sandbox::builder().read_only(true).start().await.unwrap();
    let xml = "<Bands><Band id='1'><Name>Stalls</Name><Colour>red</Colour></Band></Bands>";
    sandbox
        .inject(Fault::ReplaceBody { body: xml.into() }.on("GetBands"))
        .unwrap();
    let unavailable = Fault::Status {
        status: 503,
        retry_after: None,
    };
    sandbox.inject(unavailable.on("GetTags")).unwrap();
    let variables = sandbox.environment();
    let run = tokio::task::spawn_blocking(move || {
        let folder = Folder::new();
        let tester = Tester::start(&folder, &["tester"], &variables);
        let (_, page) = tester.submit("/send", &[("operation", "GetBands")]);
        has(&page, &["1 not in the reconstructed schema", "Bands/Band/Colour"]);
        assert!(page.contains("<span class=\"line depth-2 unknown\">"), "{page}");
        let (_, page) = tester.submit("/send", &[("operation", "GetTags")]);
        has(&page, &["503", "GET tags?api_key=***", "GetTags: ", "What to do: "]);
        has(&page, &["today's service refuses writes"]);
        // As today's service does.
        let (question, _) = tester.submit("/send", &[("operation", "KeepAlive")]);
        let (_, page) = tester.submit(&question, &[]);
        has(
            &page,
            &[
                "POST keep-alive?api_key=***",
                "KeepAlive: ",
                "these objects can only be read",
            ],
        );
    });
    run.await.unwrap();
    assert_eq!(sandbox.requests_for("GetTags").len(), 1, "not retried");
}

/// Returns the snippets of a result: for a shell, as a PHP program, as `spektrix call`, as a Rust program.
fn snippets(tester: &Tester, result: &str) -> [String; 4] {
    let page = tester.get(&format!("{result}?view=code")).text();
    ["curl", "PHP", "spektrix call", "Rust"].map(|name| {
        let part = page.split(&format!("aria-label=\"{name}, to copy\">")).nth(1).unwrap();
        text(part.split("</pre>").next().unwrap())
    })
}

/// Runs the copied commands, and returns what those that could run have printed.
fn run_snippets(folder: &Folder, variables: &[(&'static str, String)], snippets: [String; 4]) -> Vec<String> {
    let [curl, php, call, _] = snippets;
    std::fs::write(folder.file("call.php"), php).unwrap();
    let call = call.replace(
        "spektrix call",
        &format!("{} call --yes", env!("CARGO_BIN_EXE_spektrix")),
    );
    let mut printed = Vec::new();
    for (program, arguments) in [
        ("sh", vec!["-c", &curl]),
        ("php", vec!["call.php"]),
        ("sh", vec!["-c", &call]),
    ] {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .envs(variables.iter().cloned())
            .current_dir(folder.path());
        match command.stderr(Stdio::inherit()).output() {
            Ok(output) => printed.push(String::from_utf8(output.stdout).unwrap()),
            Err(_) => println!("NOT RUN: {program} is not installed"),
        }
    }
    printed
}

/// Runs the copied commands against the sandbox that they came from: a read, and a write with a body.
#[tokio::test]
async fn copied_commands_run() {
    const BODY: &str =
        "<Customers><Customer id=\"9001\"><LastName>O'Sample &amp; $HOME \\</LastName></Customer></Customers>";

    let sandbox = Sandbox::start().await.unwrap();
    let variables = sandbox.environment();
    let run = tokio::task::spawn_blocking(move || {
        let folder = Folder::new();
        let tester = Tester::start(&folder, &["tester"], &variables);
        let (result, _) = tester.submit("/send", &[("operation", "Echo"), ("p.message", "it's & <fine>")]);
        let printed = run_snippets(&folder, &variables, snippets(&tester, &result));
        assert!(
            printed.iter().all(|text| text.contains("it's &amp; &lt;fine&gt;")),
            "{printed:?}"
        );
        let (question, _) = tester.submit("/send", &[("operation", "UpdateCustomers"), ("body", BODY)]);
        let (result, _) = tester.submit(&question, &[]);
        let copied = snippets(&tester, &result);
        assert!(
            copied[3].contains(&format!("Some(r#\"{BODY}\"#.into())")),
            "{}",
            copied[3]
        );
        run_snippets(&folder, &variables, copied).len()
    });
    let runs = run.await.unwrap();
    let sent = sandbox.requests_for("UpdateCustomers");
    assert_eq!(sent.len(), 1 + runs);
    for request in &sent {
        assert_eq!(request.status, Some(200), "{request:?}");
        assert_eq!(String::from_utf8_lossy(&request.body).trim_end(), BODY);
    }
}

#[tokio::test]
async fn a_write_is_kept_although_the_browser_gives_up() {
    let sandbox = Arc::new(Sandbox::start().await.unwrap());
    let slow = Fault::Latency {
        delay: Duration::from_millis(300),
    };
    sandbox.inject(slow.on("AddBasketItems")).unwrap();
    let variables = sandbox.environment();
    let at_service = Arc::clone(&sandbox);
    let run = tokio::task::spawn_blocking(move || {
        let folder = Folder::new();
        let tester = Tester::start(&folder, &["tester"], &variables);
        tester.submit("/sessions/new", &[]);
        let (question, _) = tester.submit(
            "/send",
            &[
                ("operation", "AddBasketItems"),
                ("body", "<BasketItems/>"),
                ("force", "on"),
            ],
        );
        let connection = tester.begin_post(&question);
        while at_service.requests_for("AddBasketItems").is_empty() {
            sleep(Duration::from_millis(10));
        }
        drop(connection);
        while tester.get("/result/1").status != 200 {
            sleep(Duration::from_millis(10));
        }
        has(&tester.get("/result/1").text(), &["POST basket/items"]);
    });
    tokio::time::timeout(Duration::from_secs(30), run)
        .await
        .expect("a result")
        .unwrap();
}
