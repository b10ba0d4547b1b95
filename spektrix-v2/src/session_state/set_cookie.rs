//! Parses `Set-Cookie` headers, as RFC 6265 specifies it.

use http::HeaderMap;
use http::header::SET_COOKIE;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use super::id::SessionId;
use crate::http_date;

/// The name of the cookie.
pub(crate) const COOKIE_NAME: &str = "SessionId";

/// A cookie beside the identifier may be a token. A shorter one is the name of a server or a setting, and would be masked in
/// messages where it occurs by chance.
pub(super) const SHORTEST_SECRET: usize = 8;

/// The path of a cookie without one. A browser would derive it from the address of the request; but a session has no cookie
/// that is for some operations only.
pub(super) const ROOT: &str = "/";

/// Returns whether a path is that of a cookie or below it (RFC 6265, section 5.1.4).
pub(super) fn is_below(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// What a response does to one cookie.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CookieChange<'a> {
    pub(super) name: &'a str,
    pub(super) path: &'a str,
    pub(super) change: Change<'a>,
    /// When a cookie that is set expires.
    pub(super) expires: Option<Timestamp>,
}

/// The kinds of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change<'a> {
    /// Sets it to this value.
    To(&'a str),
    /// Ends it.
    Ended,
    /// Sets it to a value that is not a visible ASCII string.
    Unreadable,
}

/// What a response does to the cookies of a session.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SetCookies<'a> {
    /// The identifier, in the order of the headers.
    pub(super) id: Vec<CookieChange<'a>>,
    pub(super) others: Vec<CookieChange<'a>>,
}

impl<'a> SetCookies<'a> {
    /// Parses the headers of a response to a request for `path`. Cookies that would not be sent back to this path are left
    /// out. `now` is used if the response has no date.
    pub(crate) fn parse(headers: &'a HeaderMap, path: &str, now: Timestamp) -> Self {
        let now = http_date::of_response(headers).unwrap_or(now);
        let mut cookies = Self::default();
        for line in headers.get_all(SET_COOKIE) {
            let change = match line.to_str() {
                Ok(line) => parse(line, now),
                Err(_) => is_named(line.as_bytes()).then_some(CookieChange {
                    name: COOKIE_NAME,
                    path: ROOT,
                    change: Change::Unreadable,
                    expires: None,
                }),
            };
            let Some(change) = change.filter(|change| is_below(path, change.path)) else {
                continue;
            };
            if change.name == COOKIE_NAME {
                cookies.id.push(change);
            } else {
                cookies.others.push(change);
            }
        }
        cookies
    }

    /// Returns the values that are secrets.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &'a str> {
        let value = |change: &CookieChange<'a>| match change.change {
            Change::To(value) => Some(value),
            Change::Ended | Change::Unreadable => None,
        };
        let others = self.others.iter().filter_map(value);
        let others = others.filter(|value| value.len() >= SHORTEST_SECRET);
        self.id.iter().filter_map(value).chain(others)
    }

    /// Returns whether the identifier is set to a value that cannot be sent back.
    pub(crate) fn has_unusable_id(&self) -> bool {
        self.id.iter().any(|change| match change.change {
            Change::To(value) => SessionId::new(value).is_err(),
            Change::Ended => false,
            Change::Unreadable => true,
        })
    }
}

/// Parses one header as RFC 6265 specifies it: malformed attributes are skipped.
fn parse(line: &str, now: Timestamp) -> Option<CookieChange<'_>> {
    let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
    let (name, value) = pair.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let value = if name == COOKIE_NAME { unquoted(value) } else { value };
    let (expires, is_expired) = expiry(attributes, now);
    // An empty identifier ends the session. Another cookie may be empty.
    let is_ended = is_expired || (name == COOKIE_NAME && value.is_empty());
    let change = if is_ended { Change::Ended } else { Change::To(value) };
    let path = attribute(attributes, "path").filter(|path| path.starts_with('/'));
    Some(CookieChange {
        name,
        path: path.map_or(ROOT, unquoted),
        change,
        expires,
    })
}

/// Returns whether a header that is not a visible ASCII string sets the session's cookie.
fn is_named(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b'=').next();
    name.is_some_and(|name| name.trim_ascii() == COOKIE_NAME.as_bytes())
}

/// Returns the last attribute with a name.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let pairs = attributes.split(';').filter_map(|attribute| attribute.split_once('='));
    let mut values = pairs.filter(|(found, _)| found.trim().eq_ignore_ascii_case(name));
    values.next_back().map(|(_, value)| value.trim())
}

fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    inner.unwrap_or(value)
}

/// Returns when a cookie expires, and whether it has. `Max-Age` has precedence over `Expires`, and the last of each counts.
fn expiry(attributes: &str, now: Timestamp) -> (Option<Timestamp>, bool) {
    let (mut max_age, mut expires) = (None, None);
    for (name, value) in attributes.split(';').filter_map(|attribute| attribute.split_once('=')) {
        match name.trim() {
            name if name.eq_ignore_ascii_case("max-age") => max_age = parse_seconds(value.trim()).or(max_age),
            name if name.eq_ignore_ascii_case("expires") => expires = parse_date(value.trim()).or(expires),
            _ => {}
        }
    }
    match max_age {
        Some(seconds) => {
            let expires = now.checked_add(jiff::SignedDuration::from_secs(seconds)).ok();
            (expires, seconds <= 0)
        }
        None => (expires, expires.is_some_and(|expires| expires <= now)),
    }
}

/// Parses an integer. One that is out of range saturates.
fn parse_seconds(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(if text == digits { i64::MAX } else { i64::MIN }))
}

/// Parses a date. Also accepts the dashes that older servers write: `Thu, 01-Jan-1970 00:00:00 GMT`.
fn parse_date(text: &str) -> Option<Timestamp> {
    let without_weekday = text.split_once(',').map_or(text, |(_, rest)| rest).trim();
    let parser = DateTimeParser::new();
    parser.parse_timestamp(without_weekday.replace('-', " ")).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn read(lines: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert("date", HeaderValue::from_static("Sun, 06 Nov 2033 12:00:00 GMT"));
        for line in lines {
            headers.append(SET_COOKIE, HeaderValue::from_bytes(line.as_bytes()).unwrap());
        }
        // The local clock is irrelevant if the response has a date.
        let cookies = SetCookies::parse(&headers, "/venue/api/v2/basket", Timestamp::MAX);
        cookies.id.last().map(|last| match last.change {
            Change::To(value) => value.to_owned(),
            Change::Ended => "ended".to_owned(),
            Change::Unreadable => "unreadable".to_owned(),
        })
    }

    #[test]
    fn headers_are_parsed_as_browsers_do() {
        let cases: [(&[&str], Option<&str>); 32] = [
            (&[], None),
            (&["theme=dark; path=/"], None),
            (&["SessionId"], None),
            (&[""], None),
            (&["sessionid=a", "MySessionId=b", "SessionId2=c"], None),
            (&["SessionId=a1"], Some("a1")),
            (&["SessionId=a1; path=/; secure; HttpOnly"], Some("a1")),
            (&[" SessionId = a1 ;path=/"], Some("a1")),
            (&["SessionId=\"a1\"; Path=\"/\""], Some("a1")),
            (&["SessionId=a=b=="], Some("a=b==")),
            (&["theme=dark", "SessionId=a1", "other=SessionId=b"], Some("a1")),
            (&["SessionId=a1", "SessionId=b2"], Some("b2")),
            (&["SessionId=a1", "SessionId="], Some("ended")),
            (&["SessionId=; Max-Age=0", "SessionId=b2"], Some("b2")),
            (&["SessionId="], Some("ended")),
            (&["SessionId=\"\"; path=/"], Some("ended")),
            (&["SessionId=a1; Max-Age=0"], Some("ended")),
            (&["SessionId=a1; max-age=-99999999999999999999"], Some("ended")),
            (&["SessionId=a1; max-age=99999999999999999999"], Some("a1")),
            (
                &["SessionId=a1; Max-Age=600; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
                Some("a1"),
            ),
            (
                &["SessionId=a1; Max-Age=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"],
                Some("ended"),
            ),
            (
                &["SessionId=a1; expires=Thu, 01-Jan-1970 00:00:00 GMT; path=/"],
                Some("ended"),
            ),
            (
                &["SessionId=a1; expires=Thursday, 01-Jan-70 00:00:00 GMT"],
                Some("ended"),
            ),
            (&["SessionId=a1; expires=Sun, 06 Nov 2033 11:59:59 GMT"], Some("ended")),
            (&["SessionId=a1; expires=Sun, 06 Nov 2033 12:10:00 GMT"], Some("a1")),
            (&["SessionId=a1; expires=soon"], Some("a1")),
            (
                &["SessionId=a1; max-age=soon; domain=elsewhere.example; secure=1;;="],
                Some("a1"),
            ),
            (&["SessionId=a1; expires"], Some("a1")),
            (&["SessionId=a b"], Some("a b")),
            (&["SessionId=\""], Some("\"")),
            (&["SessionId=\u{e9}"], Some("unreadable")),
            (&["theme=\u{e9}", "SessionId=a1"], Some("a1")),
        ];
        for (lines, expected) in cases {
            assert_eq!(read(lines).as_deref(), expected, "{lines:?}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_headers_do_not_panic(lines in vec(vec(any::<u8>(), 0..80), 0..4)) {
            let mut headers = HeaderMap::new();
            for line in lines {
                let named = [b"SessionId=", line.as_slice()].concat();
                for line in [line, named] {
                    headers.extend(HeaderValue::from_bytes(&line).map(|line| (SET_COOKIE, line)));
                }
            }
            let _ = SetCookies::parse(&headers, "/", Timestamp::UNIX_EPOCH);
        }

        #[test]
        fn valid_cookie_values_are_kept_unchanged(value in "[!#-+\\--:<-\\[\\]-~]{1,60}", attributes in "(; ?[a-zA-Z]{0,9}(=[ -:<-~]{0,30})?){0,4}") {
            let line = format!("SessionId={value}{attributes}");
            let mut headers = HeaderMap::new();
            headers.insert(SET_COOKIE, HeaderValue::from_str(&line).unwrap());
            let cookies = SetCookies::parse(&headers, "/", Timestamp::UNIX_EPOCH);
            let read = cookies.id.last().map(|last| last.change);
            let has_expiry = ["max-age", "expires"].iter().any(|name| attributes.to_ascii_lowercase().contains(name));
            prop_assert!(read == Some(Change::To(&value)) || has_expiry && read == Some(Change::Ended));
        }
    }

    #[test]
    fn without_a_date_header_the_local_clock_counts() {
        let mut headers = HeaderMap::new();
        let line = HeaderValue::from_static("SessionId=a1; expires=Sun, 06 Nov 2033 12:10:00 GMT");
        headers.insert(SET_COOKIE, line);
        let at = |now: &str| SetCookies::parse(&headers, "/", now.parse().unwrap()).id[0].change;
        assert_eq!(at("2033-11-06T12:09:59Z"), Change::To("a1"));
        assert_eq!(at("2033-11-06T12:10:00Z"), Change::Ended);
    }
}
