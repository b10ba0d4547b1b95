//! The help pages of a service with three operations.

use crate::page_server::{Pages, Response};

/// The address of the service, as the service writes it. No server is there.
pub(crate) const OWN_ADDRESS: &str = "http://service.invalid/venue/api/v2";

const EMPTY_REQUEST: &str = "The request body is empty.";
const EMPTY_RESPONSE: &str = "The response body is empty.";

/// Returns the pages of the service.
pub(crate) fn pages() -> Pages {
    pages_linked_at(OWN_ADDRESS)
}

/// Returns the pages with links to another address.
pub(crate) fn pages_linked_at(base: &str) -> Pages {
    let text = |text: &str| Response::page("text/plain", text);
    let pages = [
        ("help", Response::page("application/atom+xml", feed(base, "2011"))),
        (
            "help/GetEvents/response/schema",
            Response::page("application/xml; charset=utf-8", "<Schemas/>\r\n"),
        ),
        (
            "help/GetEvents/response/example",
            Response::page("text/xml", "<Events/>"),
        ),
        ("help/KeepAlive/request/schema", text(EMPTY_REQUEST)),
        ("help/KeepAlive/request/example", text(EMPTY_REQUEST)),
        ("help/KeepAlive/response/schema", text(EMPTY_RESPONSE)),
        ("help/KeepAlive/response/example", text(EMPTY_RESPONSE)),
    ];
    pages
        .into_iter()
        .map(|(path, response)| (path.to_owned(), vec![response]))
        .collect()
}

/// Returns the feed, with a time that changes.
pub(crate) fn feed(base: &str, updated: &str) -> String {
    let entries = [
        entry(base, "GetEvents", "GET", &["response"]),
        entry(base, "KeepAlive", "POST", &["request", "response"]),
    ];
    let plain = entry(base, "Plain", "GET", &[]);
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:uuid:{updated}</id><updated>{updated}</updated>\
         {}{plain}</feed>",
        entries.concat()
    )
}

fn entry(base: &str, name: &str, method: &str, sides: &[&str]) -> String {
    let rows: String = sides.iter().map(|side| body_rows(base, name, side)).collect();
    format!(
        "<entry><id>http://tmpuri.org/{name}</id><title>ApiV2: {name}</title><content><table>\
         <tr><td>UriTemplate</td><td>{base}/{name}</td></tr><tr><td>Method</td><td>{method}</td></tr>{rows}\
         </table></content></entry>"
    )
}

fn body_rows(base: &str, name: &str, side: &str) -> String {
    let label = if side == "request" { "Request" } else { "Response" };
    let link = |page: &str| format!("<a href=\"{base}/help/{name}/{side}/{page}\">link</a>");
    format!(
        "<tr><td>{label} Format</td><td>Xml</td></tr><tr><td>{label} Schema</td><td>{}</td></tr>\
         <tr><td>{label} Example</td><td>{}</td></tr>",
        link("schema"),
        link("example")
    )
}

/// Returns the pages with other responses for one path.
pub(crate) fn pages_with(path: &str, responses: Vec<Response>) -> Pages {
    let mut pages = pages();
    pages.insert(path.to_owned(), responses);
    pages
}
