//! A request and its answer as a person reads them in a snapshot.

use serde::Serialize;
use serde_json::{Map, Value};
use spektrix_v2_sandbox::RecordedRequest;

use crate::venue::TODAY;

/// The request, without the address of the sandbox, and without what every request has.
pub(crate) fn request(asked: &RecordedRequest) -> String {
    let path = asked
        .path
        .split_once("/api/v2/")
        .map_or(asked.path.as_str(), |(_, path)| path);
    let query = if asked.query.is_empty() {
        String::new()
    } else {
        format!("?{}", asked.query)
    };
    let mut lines = vec![format!("{} {path}{query}", asked.method)];
    for name in ["content-type", "x-http-method-override"] {
        lines.extend(asked.header(name).map(|value| format!("{name}: {value}")));
    }
    lines.extend(asked.session.then(|| "cookie: SessionId".to_owned()));
    if !asked.body.is_empty() {
        lines.push(String::new());
        // Line breaks between tags are put in for the reader.
        lines.push(asked.body_text().replace("><", ">\n<"));
    }
    lines.join("\n")
}

/// What the answer was read as, without what differs from run to run.
pub(crate) fn answer(value: &impl Serialize, base_url: &str) -> String {
    let mut value = serde_json::to_value(value).unwrap();
    if value.is_null() {
        return "(nothing)".to_owned();
    }
    make_readable(&mut value, base_url);
    serde_json::to_string_pretty(&value).unwrap()
}

/// The sandbox's clock goes on while the test runs, and its port is another one each time. Attributes get a line each.
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
