//! All kinds of faults, each with an example in JSON and a description, as the control endpoint lists them.

use serde_json::{Value, json};

/// A kind of fault: an example in JSON, and what it does.
type Kind = (&'static str, &'static str);

/// In the order of the README.
const ALL: &[Kind] = &[
    (
        r#"{"kind": "latency", "milliseconds": 3000}"#,
        "the response is delayed",
    ),
    (
        r#"{"kind": "drip", "chunk": 100, "pause_milliseconds": 50}"#,
        "the body arrives in small chunks, with a pause after each",
    ),
    (
        r#"{"kind": "stall", "after": 100}"#,
        "the body stops after some bytes, and the connection stays open",
    ),
    (
        r#"{"kind": "reset"}"#,
        "the connection is reset before a response, and the request is not processed",
    ),
    (
        r#"{"kind": "lose_response"}"#,
        "the request is processed, and the connection is reset before a response",
    ),
    (
        r#"{"kind": "reset_within_body", "after": 100}"#,
        "the connection is reset within the body",
    ),
    (
        r#"{"kind": "freeze_connection"}"#,
        "nothing is sent on the connection any more, not even replies to pings of HTTP/2",
    ),
    (
        r#"{"kind": "refuse_stream"}"#,
        "HTTP/2 only: the stream is reset with REFUSED_STREAM",
    ),
    (
        r#"{"kind": "require_http1"}"#,
        "HTTP/2 only: the stream is reset with HTTP_1_1_REQUIRED",
    ),
    (
        r#"{"kind": "go_away", "graceful": false}"#,
        "HTTP/2 only: the connection ends with GOAWAY, after the response if it is graceful, instead of it otherwise",
    ),
    (
        r#"{"kind": "status", "status": 503, "retry_after": {"seconds": 2}}"#,
        "an error page, with or without Retry-After, which can also be {\"date_in_seconds\": 2}",
    ),
    (
        r#"{"kind": "html_page", "status": 200}"#,
        "a maintenance notice with any status",
    ),
    (
        r#"{"kind": "redirect", "location": "https://elsewhere.invalid/"}"#,
        "a redirect",
    ),
    (
        r#"{"kind": "certificate_refused", "page": "iis_403_7"}"#,
        "the page with which a web server refuses the client certificate: nginx_missing, nginx_invalid, status495, status496, iis_403_7, iis_403_16",
    ),
    (
        r#"{"kind": "respond", "status": 200, "content_type": "text/plain", "body": "anything"}"#,
        "any response. The body can also be {\"base64\": \"/wA=\"}. Status and content type can be missing: 200, XML",
    ),
    (
        r#"{"kind": "replace_body", "body": "anything"}"#,
        "the request is processed, and its response has any body, also that of a write",
    ),
    (r#"{"kind": "empty_list"}"#, "the list is valid, but has no items"),
    (r#"{"kind": "empty_body"}"#, "the body is empty"),
    (r#"{"kind": "truncated", "after": 100}"#, "the body is cut off"),
    (
        r#"{"kind": "oversized", "bytes": 100000000}"#,
        "the body is valid and very large",
    ),
    (r#"{"kind": "malformed"}"#, "the body is not well-formed XML"),
    (
        r#"{"kind": "unknown_parts"}"#,
        "every element has an attribute and a child that are not in any schema",
    ),
    (
        r#"{"kind": "byte_order_mark"}"#,
        "the body starts with a byte order mark",
    ),
    (r#"{"kind": "utf16"}"#, "the body is in UTF-16"),
    (
        r#"{"kind": "content_type", "value": "text/plain"}"#,
        "the response has another content type",
    ),
    (
        r#"{"kind": "false_xml_encoding", "encoding": "iso-8859-1"}"#,
        "the XML declaration names another encoding than that of the body",
    ),
    (
        r#"{"kind": "false_content_encoding", "value": "gzip"}"#,
        "the header says that the body is compressed, but it is not",
    ),
    (
        r#"{"kind": "compress", "coding": "brotli"}"#,
        "the body is compressed, asked for or not: gzip, deflate, raw_deflate, brotli",
    ),
    (
        r#"{"kind": "compression_bomb", "coding": "gzip", "bytes": 1000000000}"#,
        "the body is small, and very large when it is decompressed",
    ),
    (
        r#"{"kind": "cap_limit", "items": 5}"#,
        "a page has at most this many items, whatever limit is",
    ),
    (
        r#"{"kind": "ignore_limit"}"#,
        "limit is ignored, so that a page has 10 items",
    ),
    (
        r#"{"kind": "ignore_offset"}"#,
        "offset is ignored, so that every page is the first one",
    ),
    (
        r#"{"kind": "ignore_all"}"#,
        "all is ignored, so that all=true returns 10 items",
    ),
    (
        r#"{"kind": "hide_item", "index": 3}"#,
        "the item at this position of the list is removed from its page after the page was cut",
    ),
    (
        r#"{"kind": "items_inserted", "count": 1}"#,
        "items were added at the start of the list since the first page, so that later pages repeat items",
    ),
    (
        r#"{"kind": "items_removed", "count": 1}"#,
        "items were removed from the start of the list since the first page, so that later pages skip items",
    ),
    (
        r#"{"kind": "forget_session"}"#,
        "the session is removed before the request is processed",
    ),
    (
        r#"{"kind": "new_session_id"}"#,
        "the session gets a new id, and the old one is no longer valid: use it on AuthenticateCustomer",
    ),
    (
        r#"{"kind": "affinity_cookie"}"#,
        "two servers with sessions of their own: the cookie ARRAffinity leads to the same one again",
    ),
];

/// Returns all kinds as JSON.
pub(crate) fn kinds() -> Value {
    let kinds = ALL.iter().map(|(example, what)| {
        let example: Value = serde_json::from_str(example).unwrap_or_default();
        json!({ "kind": example["kind"], "what": what, "example": example })
    });
    kinds.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fault::Fault;
    use super::{ALL, kinds};

    #[test]
    fn every_kind_is_listed_with_a_valid_example() {
        for (example, _) in ALL {
            serde_json::from_str::<Fault>(example).unwrap_or_else(|error| panic!("{example}: {error}"));
        }
        // The error of serde is the list of variants that cannot be forgotten.
        let error = serde_json::from_str::<Fault>(r#"{"kind": "?"}"#)
            .expect_err("no such kind")
            .to_string();
        let existing: BTreeSet<_> = error.split('`').skip(3).step_by(2).map(str::to_owned).collect();
        let kinds = kinds();
        let listed: Vec<_> = kinds.as_array().expect("a list").iter().collect();
        let listed: BTreeSet<_> = listed
            .iter()
            .filter_map(|kind| kind["kind"].as_str().map(str::to_owned))
            .collect();
        assert!(existing.contains("latency"), "{error}");
        assert_eq!(listed, existing);
        assert_eq!(listed.len(), ALL.len(), "a kind is listed twice");
    }
}
