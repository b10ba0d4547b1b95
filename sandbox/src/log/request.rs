//! One request as it is remembered: without its secrets, and with an end to its size.

use bytes::Bytes;
use http::header::{self, HeaderName};
use http::request::Parts;
use serde::{Serialize, Serializer};
use url::form_urlencoded;

/// How much of a body is kept.
const KEPT: usize = 64 * 1024;

/// The only headers that are kept: what a client may be asked about, and nothing that could be a secret.
const ALLOWED: [HeaderName; 7] = [
    header::ACCEPT,
    header::ACCEPT_ENCODING,
    header::CONTENT_LENGTH,
    header::CONTENT_TYPE,
    header::HOST,
    header::USER_AGENT,
    HeaderName::from_static("x-http-method-override"),
];

/// One request as it arrived, and how it was answered.
///
/// The API key and the cookies are not kept. The body is: a password that a customer signs in with stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The method on the wire, before any `X-HTTP-Method-Override`.
    pub method: String,
    /// The path, starting with `/`.
    pub path: String,
    /// The query without its `api_key`, otherwise as it was sent; empty when there is none.
    pub query: String,
    /// The operation, by its name on the help feed; `None` for help pages and for addresses that are none.
    pub operation: Option<&'static str>,
    /// Whether it came with the cookie of a session, a live one or not.
    pub session: bool,
    /// `Accept`, `Accept-Encoding`, `Content-Length`, `Content-Type`, `Host`, `User-Agent` and
    /// `X-HTTP-Method-Override`, as far as they were sent; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as far as it was read, but no more than its first 64 KiB. The service reads it once the caller is known
    /// and the parameters are in order.
    #[serde(serialize_with = "as_text")]
    pub body: Bytes,
    /// How long the whole body was.
    pub body_length: usize,
    /// The status of the answer; `None` while there is none, and when the connection was reset before one.
    pub status: Option<u16>,
}

impl RecordedRequest {
    pub(crate) fn new(head: &Parts, operation: Option<&'static str>, session: bool) -> Self {
        Self {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: without_key(head.uri.query().unwrap_or_default()),
            operation,
            session,
            headers: ALLOWED.iter().flat_map(|name| values(head, name)).collect(),
            body: Bytes::new(),
            body_length: 0,
            status: None,
        }
    }

    /// The value of a header that is [kept](Self::headers), whatever the case of its name; the first of several.
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        header.map(|(_, value)| value.as_str())
    }

    /// The body as text; what is not UTF-8 in it is replaced.
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn set_body(&mut self, body: &Bytes) {
        self.body_length = body.len();
        // A copy, so that the whole body is not kept for its beginning.
        self.body = Bytes::copy_from_slice(&body[..body.len().min(KEPT)]);
    }

    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        size_of::<Self>() + self.method.len() + self.path.len() + self.query.len() + headers + self.body.len()
    }
}

fn values<'a>(head: &'a Parts, name: &'a HeaderName) -> impl Iterator<Item = (String, String)> + 'a {
    let values = head.headers.get_all(name).iter();
    values.map(move |value| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
}

fn as_text<S: Serializer>(body: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(body))
}

fn without_key(query: &str) -> String {
    let is_key =
        |pair: &&str| form_urlencoded::parse(pair.as_bytes()).any(|(name, _)| name.eq_ignore_ascii_case("api_key"));
    query
        .split('&')
        .filter(|pair| !is_key(pair))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_never_kept() {
        let cases = [
            ("", ""),
            ("api_key=secret", ""),
            ("all=true&api_key=secret", "all=true"),
            ("api_key=secret&all=true&message=a%20b", "all=true&message=a%20b"),
            ("api%5Fkey=secret&all=true", "all=true"),
            ("API_KEY=secret", ""),
            ("api_key", ""),
            ("my_api_key=kept", "my_api_key=kept"),
        ];
        for (sent, kept) in cases {
            assert_eq!(without_key(sent), kept, "{sent}");
        }
    }

    #[test]
    fn only_headers_without_secrets_are_kept() {
        let request = http::Request::post("/x?api_key=s3cret")
            .header("Content-Type", "application/xml")
            .header("Cookie", "SessionId=s3cret")
            .header("Authorization", "s3cret")
            .header("Referer", "https://a.invalid/?api_key=s3cret");
        let head = request.body(()).expect("a request").into_parts().0;
        let mut kept = RecordedRequest::new(&head, Some("AddBasketItems"), true);
        kept.set_body(&Bytes::from("a".repeat(KEPT + 1)));
        assert_eq!((kept.body.len(), kept.body_length), (KEPT, KEPT + 1));
        assert_eq!(kept.header("content-TYPE"), Some("application/xml"));
        assert_eq!(kept.header("cookie"), None);
        let json = serde_json::to_string(&kept).expect("JSON");
        assert!(!format!("{kept:?} {json}").contains("s3cret"), "{json}");
    }
}
