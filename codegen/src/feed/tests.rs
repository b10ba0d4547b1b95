//! Tests with feeds as the service writes them, and with invalid ones.

use super::{Feed, FeedBody, FeedOperation, parse, stable_text};

const BASE: &str = "http://old.example/venue/api/v2";

/// Returns a row of a table.
fn row(label: &str, value: &str) -> String {
    format!("<tr><td>{label}</td><td>{value}</td></tr>")
}

fn link(label: &str, url: &str) -> String {
    row(label, &format!("<a href=\"{url}\">{url}</a>"))
}

fn template(path: &str) -> String {
    row("UriTemplate", &format!("{BASE}/{path}"))
}

fn entry(name: &str, rows: &[String]) -> String {
    entry_titled(name, &format!("ApiV2: {name}"), rows)
}

fn entry_titled(name: &str, title: &str, rows: &[String]) -> String {
    format!(
        "<entry><id>http://tmpuri.org/{name}</id><title type=\"text\">{title}</title><updated>2011</updated>\
         <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><table border=\"5\">{}</table></div>\
         </content></entry>",
        rows.concat()
    )
}

fn feed(entries: &[String]) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"text\">Service help page</title>\
         <id>urn:uuid:1</id><updated>2011</updated>{}</feed>",
        entries.concat()
    )
}

/// Returns an entry for a GET with a described response and additional rows.
fn get(name: &str, more: &[String]) -> String {
    let mut rows = vec![
        template("events"),
        row("Method", "GET"),
        row("Response Format", "Xml"),
        link("Response Schema", &format!("{BASE}/help/{name}/response/schema")),
        link("Response Example", &format!("{BASE}/help/{name}/response/example")),
    ];
    rows.extend_from_slice(more);
    entry(name, &rows)
}

fn response_of(name: &str) -> FeedBody {
    FeedBody {
        format: "Xml".to_owned(),
        schema: Some(format!("help/{name}/response/schema")),
        example: Some(format!("help/{name}/response/example")),
    }
}

fn operation(name: &str) -> FeedOperation {
    FeedOperation {
        name: name.to_owned(),
        contract: "ApiV2".to_owned(),
        base: BASE.to_owned(),
        template: "events".to_owned(),
        method: "GET".to_owned(),
        description: None,
        request: None,
        response: Some(response_of(name)),
        unknown_rows: Vec::new(),
    }
}

#[test]
fn operations_are_read_in_the_order_of_the_feed() {
    let keep_alive = [
        template("keep-alive?x={y}&amp;z=&#65;"),
        row("Method", "POST"),
        row("Request Format", "xml or json"),
        row("Response Format", "binary"),
        row("Description", "Renews the session, <b>no body</b> &lt;needed&gt;."),
        row("Caching", "60"),
        "<tr><td>Alone</td></tr>".to_owned(),
    ];
    let feed = feed(&[entry("KeepAlive", &keep_alive), get("GetEvents", &[])]);
    let plain = |format: &str| {
        Some(FeedBody {
            format: format.to_owned(),
            schema: None,
            example: None,
        })
    };
    let expected = FeedOperation {
        template: "keep-alive?x={y}&z=A".to_owned(),
        method: "POST".to_owned(),
        description: Some("Renews the session, no body <needed>.".to_owned()),
        request: plain("xml or json"),
        response: plain("binary"),
        unknown_rows: vec!["Caching: 60".to_owned(), "Alone: ".to_owned()],
        ..operation("KeepAlive")
    };
    let expected = Feed {
        operations: vec![expected, operation("GetEvents")],
    };
    assert_eq!(parse(&feed).as_ref(), Ok(&expected));
    assert_eq!(
        parse(&format!("\u{feff}<?xml version=\"1.0\"?>\r\n{feed}")).as_ref(),
        Ok(&expected)
    );
}

#[test]
fn equivalent_xml_is_read_as_the_same_feed() {
    let plain = feed(&[get("GetEvents", &[])]);
    let rows: &[(&str, &str)] = &[
        ("<td>GET</td>", "<td><![CDATA[GET]]></td>"),
        ("<td>GET</td>", "<td>\n  G<!-- x -->ET\n</td>"),
        ("<td>GET</td>", "<th>GET</th>"),
        ("<table border=\"5\">", "<table><tr/>"),
        (
            "<title type=\"text\">ApiV2",
            "<link href=\"http://elsewhere.example/help/X\"/><title>ApiV2",
        ),
    ];
    for (from, to) in rows {
        let changed = plain.replacen(from, to, 1);
        assert_ne!(changed, plain, "{from} is not in the feed");
        let operations = parse(&changed).map(|feed| feed.operations).unwrap_or_default();
        let operations = operations.into_iter().map(|o| FeedOperation {
            unknown_rows: Vec::new(),
            ..o
        });
        assert_eq!(operations.collect::<Vec<_>>(), [operation("GetEvents")], "{to}");
    }
}

#[test]
fn an_invalid_feed_is_an_error_that_names_the_entry() {
    let good = get("GetEvents", &[]);
    let swap = |from: &str, to: &str| {
        assert!(good.contains(from), "{from} is not in the entry");
        feed(&[good.replace(from, to)])
    };
    let other_base = get("GetPlans", &[]).replace(BASE, "http://new.example/api");
    let rows: &[(String, &str)] = &[
        (
            "<!doctype HTML><p>Sign in".to_owned(),
            "an HTML page (a login or error page?), starting with \"<!doctype HTML><p>Sign in\"",
        ),
        ("{}".to_owned(), "a document that is not XML"),
        ("<rss/>".to_owned(), "XML with the root <rss>"),
        (feed(&[]), "the feed has no operations"),
        (
            feed(&[entry("A", &[row("UriTemplate", "a"), row("Method", "GET")])]),
            "no entry links a help page",
        ),
        (
            feed(&[good.clone(), other_base]),
            "http://old.example/venue/api/v2 and http://new.example/api (entry \"ApiV2: GetPlans\"",
        ),
        (
            feed(&[good.clone(), good.clone()]),
            "a second entry describes the operation GetEvents",
        ),
        (
            feed(&[good.clone(), get("GETEVENTS", &[])]),
            "a second entry describes the operation GETEVENTS",
        ),
        (swap("http://tmpuri.org/GetEvents", "urn:x"), "the id is \"urn:x\""),
        (swap("GetEvents", "../etc"), "\"../etc\" is not a valid operation name"),
        (swap("GetEvents", ""), "\"\" is not a valid operation name"),
        (
            swap("ApiV2: GetEvents", "ApiV2: GetPlans"),
            "the title is \"ApiV2: GetPlans\", but the id names the operation GetEvents",
        ),
        (
            swap("UriTemplate", "Uri"),
            "the row \"UriTemplate\" is missing (entry \"ApiV2: GetEvents\", byte 1",
        ),
        (swap("<td>GET</td>", "<td/>"), "the row \"Method\" is missing"),
        (
            swap("Response Format", "Format"),
            "the row \"Response Format\" is missing",
        ),
        (
            feed(&[get("A", &[row("Method", "POST")])]),
            "the row \"Method\" occurs twice",
        ),
        (
            swap("v2/events", "v3/events"),
            "http://old.example/venue/api/v3/events does not start with the base",
        ),
        (swap("v2/events", "v2events"), "does not start with the base"),
        (
            swap("help/GetEvents/response/schema", "help/GetPlans/response/schema"),
            "does not end with /help/GetEvents/response/schema",
        ),
        (
            swap("response/schema", "response/../../x"),
            "does not end with /help/GetEvents/response/schema",
        ),
        (
            feed(&[get("A", &[row("Description", "&nbsp;")])]),
            "unknown entity &nbsp;. Fetch the feed again (entry",
        ),
        (swap("</entry>", ""), "malformed XML"),
        (good.clone(), "XML with the root <entry>"),
        ("<feed><entry>".to_owned(), "it ends inside <entry>"),
    ];
    for (text, expected) in rows {
        let error = parse(text).map_err(|e| e.to_string());
        assert!(
            error.as_ref().is_err_and(|e| e.contains(expected)),
            "{error:?} does not contain {expected}"
        );
    }
}

#[test]
fn an_error_has_the_entry_and_its_offset() {
    let text = feed(&[get("GetEvents", &[]), get("GetPlans", &[]).replace("Method", "Verb")]);
    let error = parse(&text).err();
    let second = text.rfind("<entry>").map(|at| at as u64);
    assert_eq!(error.as_ref().and_then(|e| e.entry()), Some("ApiV2: GetPlans"));
    assert_eq!(error.as_ref().map(super::FeedError::offset), second);
}

#[test]
fn only_volatile_parts_are_removed() {
    let text = feed(&[get("GetEvents", &[])]);
    let stable = stable_text(&text);
    assert!(
        stable
            .as_ref()
            .is_ok_and(|s| s.contains("<id></id><updated></updated>")),
        "{stable:?}"
    );
    let later = text
        .replace("2011", "2031-01-01T00:00:00Z")
        .replace("urn:uuid:1", "urn:uuid:2");
    assert_eq!(stable_text(&later), stable);
    assert_eq!(stable_text(&format!("\u{feff}{later}")), stable);
    for drift in ["tmpuri.org/GetEvents", "Service help page", "GET<", "ApiV2: "] {
        assert_ne!(stable_text(&text.replace(drift, "X")), stable, "{drift}");
    }
    assert!(stable_text("<feed><id>").is_err());
}

#[test]
fn without_links_the_templates_give_the_base() {
    let operation = |name: &str, path: &str| {
        let rows = [template(path), row("Method", "GET"), row("Response Format", "Xml")];
        entry(name, &rows)
    };
    let rows: [(&[&str], Option<&str>); 5] = [
        (&["events"], Some("events")),
        (&["events", "plans?x={y}"], Some("events")),
        (&["events/{id}", "plans"], Some("events/{id}")),
        (&["events/{id}", "events/all"], Some("{id}")),
        (&[""], Some("")),
    ];
    for (paths, expected) in rows {
        let entries: Vec<String> = paths
            .iter()
            .enumerate()
            .map(|(at, path)| operation(&format!("Get{at}"), path))
            .collect();
        let found = parse(&feed(&entries))
            .map(|feed| feed.operations[0].template.clone())
            .ok();
        assert_eq!(found.as_deref(), expected, "{paths:?}");
    }
    let elsewhere = |name: &str, address: &str| entry(name, &[row("UriTemplate", address), row("Method", "GET")]);
    let entries = [elsewhere("GetA", "http://a/x"), elsewhere("GetB", "http://b/x")];
    let error = parse(&feed(&entries))
        .map_err(|error| error.to_string())
        .err()
        .unwrap_or_default();
    assert!(error.contains("no host in common"), "{error}");
}

#[test]
fn names_that_no_folder_can_have_are_refused() {
    for name in ["CON", "nul", "Com1", "LPT9", "x".repeat(129).as_str()] {
        let error = parse(&feed(&[get(name, &[])]))
            .map_err(|error| error.to_string())
            .err()
            .unwrap_or_default();
        assert!(error.contains("no folder can be called"), "{name}: {error}");
    }
    for name in ["CONTACTS", "COM", "COM10", "LPT0"] {
        assert!(parse(&feed(&[get(name, &[])])).is_ok(), "{name}");
    }
}
