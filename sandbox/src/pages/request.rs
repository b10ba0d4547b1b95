//! A request of a browser: its host, its path, and the values of its query and its form.

use bytes::Bytes;
use http::request::Parts;
use http::uri::Authority;
use http::{Method, StatusCode, header};
use url::form_urlencoded;

use crate::api::{Refusal, session_cookie};

/// A request of a browser.
#[derive(Debug)]
pub(super) struct PageRequest {
    pub(super) is_post: bool,
    pub(super) host: Host,
    pub(super) path: String,
    pub(super) query: Values,
    /// The fields of the form that was sent. Empty for a GET request.
    pub(super) form: Values,
    /// The value of the session cookie. There need not be such a session.
    pub(super) session: Option<String>,
}

impl PageRequest {
    pub(super) fn new(head: &Parts, body: &Bytes) -> Result<Self, Refusal> {
        let is_post = head.method == Method::POST;
        if !is_post && head.method != Method::GET && head.method != Method::HEAD {
            return Err(Refusal::method_not_allowed(&head.method, "GET, POST"));
        }
        Ok(Self {
            is_post,
            host: Host::of(head)?,
            path: head.uri.path().to_owned(),
            query: Values::parse(head.uri.query().unwrap_or_default().as_bytes()),
            form: Values::parse(body),
            session: session_cookie(&head.headers).map(str::to_owned),
        })
    }

    /// Returns the path and the query, to return to this page.
    pub(super) fn path_and_query(&self) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.query.0)
            .finish();
        format!("{}?{query}", self.path)
    }
}

/// The name by which the browser reached the sandbox. To a browser, the three names are three sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Host {
    name: &'static str,
    port: u16,
}

/// The name of the bank. Browsers resolve names below `localhost` to this machine, without asking a name server.
const BANK: &str = "bank.localhost";

const NAMES: [&str; 3] = ["127.0.0.1", "localhost", BANK];

impl Host {
    /// Refuses other hosts, and so DNS rebinding: a web page whose host name was pointed to this machine sends its own.
    fn of(head: &Parts) -> Result<Self, Refusal> {
        let host = head.headers.get(header::HOST).and_then(|value| value.to_str().ok());
        let host = host.and_then(|host| host.parse::<Authority>().ok());
        let port = host.as_ref().and_then(Authority::port_u16).unwrap_or(80);
        let name = host.as_ref().map(Authority::host).unwrap_or_default();
        let name = NAMES.into_iter().find(|known| *known == name);
        let message = "These pages are only for this machine: use the host 127.0.0.1 or localhost.";
        let name = name.ok_or_else(|| Refusal::new(StatusCode::FORBIDDEN, message))?;
        Ok(Self { name, port })
    }

    /// Returns the URL before the path, with a slash at its end.
    pub(super) fn base_url(self) -> String {
        format!("http://{}:{}/", self.name, self.port)
    }

    /// Returns the host of the bank. To a browser, that is another site than the payment page and the website.
    pub(super) fn bank(self) -> Self {
        Self { name: BANK, ..self }
    }
}

/// The values of a query or a form, in the order in which they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Values(Vec<(String, String)>);

impl Values {
    pub(super) fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// Returns the first value with this name. Names of parameters are compared as ASP.NET does, without their case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the first value with this name as a number.
    pub(super) fn number(&self, name: &str) -> Option<i32> {
        self.get(name).and_then(|value| value.trim().parse().ok())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns whether the last value is this one.
    pub(super) fn ends_with(&self, name: &str, value: &str) -> bool {
        let last = self.0.last();
        last.is_some_and(|(last, last_value)| last.eq_ignore_ascii_case(name) && last_value.eq_ignore_ascii_case(value))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;

    use super::{PageRequest, Values};

    fn request(method: &str, host: &str) -> Result<PageRequest, String> {
        let request = Request::builder()
            .method(method)
            .uri("/v/website/Basket2.aspx?a=1&b=x%26y");
        let head = request.header("Host", host).body(()).expect("a request").into_parts().0;
        PageRequest::new(&head, &Bytes::new()).map_err(|refusal| refusal.summary())
    }

    #[test]
    fn only_names_of_this_machine_are_hosts() {
        let cases = [
            ("127.0.0.1:8444", Ok("http://127.0.0.1:8444/")),
            ("localhost:8444", Ok("http://localhost:8444/")),
            ("bank.localhost:8444", Ok("http://bank.localhost:8444/")),
            ("venue.example:8444", Err("403")),
            ("127.0.0.1.example", Err("403")),
            ("other.localhost", Err("403")),
            ("", Err("403")),
        ];
        for (host, expected) in cases {
            let base_url = request("GET", host).map(|request| request.host.base_url());
            assert_eq!(base_url.as_deref().map_err(String::as_str), expected);
        }
        assert_eq!(
            request("DELETE", "localhost").map(drop),
            Err("405 GET, POST".to_owned())
        );
        let request = request("GET", "localhost").expect("a request");
        assert_eq!(request.path_and_query(), "/v/website/Basket2.aspx?a=1&b=x%26y");
    }

    #[test]
    fn names_of_values_are_compared_without_case() {
        let values = Values::parse(b"EventInstanceId=%205+&stylesheet=a.css&Resize=True");
        assert_eq!(values.number("eventinstanceid"), Some(5));
        assert_eq!(values.get("Stylesheet"), Some("a.css"));
        assert!(values.ends_with("resize", "true"));
        assert!(!Values::parse(b"resize=true&stylesheet=a.css").ends_with("resize", "true"));
        assert!(!Values::default().ends_with("resize", "true"));
    }
}
