//! Formats a request and its response for a snapshot.

use serde::Serialize;
use serde_json::{Map, Value};
use spektrix_v2_sandbox::RecordedRequest;

use crate::venue::TODAY;

/// Formats the request, without the address of the sandbox, and without what every request has.
pub(crate) fn request(recorded: &RecordedRequest) -> String {
    let path = recorded
        .path
        .split_once("/api/v2/")
        .map_or(recorded.path.as_str(), |(_, path)| path);
    let query = if recorded.query.is_empty() {
        String::new()
    } else {
        format!("?{}", recorded.query)
    };
    let mut lines = vec![format!("{} {path}{query}", recorded.method)];
    for name in ["content-type", "x-http-method-override"] {
        lines.extend(recorded.header(name).map(|value| format!("{name}: {value}")));
    }
    lines.extend(recorded.session.then(|| "cookie: SessionId".to_owned()));
    if !recorded.body.is_empty() {
        lines.push(String::new());
        // Line breaks between tags make the snapshot readable.
        lines.push(recorded.body_text().replace("><", ">\n<"));
    }
    lines.join("\n")
}

/// Formats the decoded response, without what differs from run to run.
pub(crate) fn response(value: &impl Serialize, base_url: &str) -> String {
    let mut value = serde_json::to_value(value).unwrap();
    if value.is_null() {
        return "(nothing)".to_owned();
    }
    make_readable(&mut value, base_url);
    // Other crates of the workspace let serde_json keep the order of fields, and some builds do not have these.
    value.sort_all_objects();
    serde_json::to_string_pretty(&value).unwrap()
}

/// Replaces times and ports, which differ in every run, and writes each attribute on one line.
fn make_readable(value: &mut Value, base_url: &str) {
    match value {
        Value::String(text) if is_now(text) => "(now)".clone_into(text),
        Value::String(text) => *text = text.replace(base_url, "(sandbox)/"),
        Value::Array(items) => items.iter_mut().for_each(|item| make_readable(item, base_url)),
        Value::Object(fields) => match attribute(fields) {
            Some(attribute) => *value = attribute.into(),
            None => fields.values_mut().for_each(|field| make_readable(field, base_url)),
        },
        _ => {}
    }
}

fn is_now(text: &str) -> bool {
    text.starts_with(&format!("{TODAY}T12:0"))
}

fn attribute(fields: &Map<String, Value>) -> Option<String> {
    let (name, value) = (fields.get("name")?.as_str()?, fields.get("value")?.as_str()?);
    Some(format!("{name} = {value}"))
}
