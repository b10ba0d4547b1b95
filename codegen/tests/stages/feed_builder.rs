//! Builds help feeds from a line per operation: `GET GetEvents events?event_id={eventId}`.

const BASE: &str = "http://localhost/api/v2";

/// Builds a feed. Every operation has rows about its response, and all but GETs have rows about their request.
pub(crate) fn feed(operations: &str) -> String {
    let entries: String = operations.lines().map(entry).collect();
    format!(r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Service help page</title>{entries}</feed>"#)
}

fn entry(line: &str) -> String {
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap_or_default();
    let (method, name, template) = (next(), next(), next().replace('&', "&amp;"));
    let request = if method == "GET" {
        String::new()
    } else {
        body(name, "Request")
    };
    format!(
        r#"<entry><id>http://tmpuri.org/{name}</id><title>ApiV2: {name}</title><content type="xhtml"><div><table>{}{}{request}{}</table></div></content></entry>"#,
        row("UriTemplate", &format!("{BASE}/{template}")),
        row("Method", method),
        body(name, "Response"),
    )
}

fn body(operation: &str, side: &str) -> String {
    let link = |page: &str| format!("{BASE}/help/{operation}/{}/{page}", side.to_lowercase());
    let rows = [
        ("Format", "Xml".to_owned()),
        ("Schema", link("schema")),
        ("Example", link("example")),
    ];
    rows.iter()
        .map(|(what, value)| row(&format!("{side} {what}"), value))
        .collect()
}

fn row(label: &str, value: &str) -> String {
    format!("<tr><td>{label}</td><td>{value}</td></tr>")
}
