//! Parses `Set-Cookie` headers for the session's cookie, as RFC 6265 specifies it.

use http::HeaderMap;
use http::header::SET_COOKIE;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::http_date;

/// The name of the cookie.
pub(crate) const COOKIE_NAME: &str = "SessionId";

/// What a response does to the cookie.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SetCookie<'a> {
    /// Sets it to this value.
    To(&'a str),
    /// Ends it.
    Ended,
    /// Sets it to a value that is not a visible ASCII string.
    Unreadable,
}

/// Parses the headers of a response. Of several cookies with the name, the last one counts, as in a browser. Returns `None`
/// if there is none.
///
/// `now` is used if the response has no date.
pub(crate) fn set_cookie(headers: &HeaderMap, now: Timestamp) -> Option<SetCookie<'_>> {
    let now = http_date::of_response(headers).unwrap_or(now);
    let lines = headers.get_all(SET_COOKIE).iter();
    let mut cookies = lines.filter_map(|line| match line.to_str() {
        Ok(line) => parse(line, now),
        Err(_) => is_named(line.as_bytes()).then_some(SetCookie::Unreadable),
    });
    cookies.next_back()
}

/// Parses one header as RFC 6265 specifies it: malformed attributes are skipped.
fn parse(line: &str, now: Timestamp) -> Option<SetCookie<'_>> {
    let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
    let (name, value) = pair.split_once('=')?;
    if name.trim() != COOKIE_NAME {
        return None;
    }
    let value = unquoted(value.trim());
    let is_ended = value.is_empty() || is_expired(attributes, now);
    Some(if is_ended {
        SetCookie::Ended
    } else {
        SetCookie::To(value)
    })
}

/// Returns whether a header that is not a visible ASCII string sets the session's cookie.
fn is_named(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b'=').next();
    name.is_some_and(|name| name.trim_ascii() == COOKIE_NAME.as_bytes())
}

fn unquoted(value: &str) -> &str {
    let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
    inner.unwrap_or(value)
}

/// Returns whether the cookie has expired. `Max-Age` has precedence over `Expires`, and the last of each counts.
fn is_expired(attributes: &str, now: Timestamp) -> bool {
    let (mut max_age, mut expires) = (None, None);
    for (name, value) in attributes.split(';').filter_map(|attribute| attribute.split_once('=')) {
        match name.trim() {
            name if name.eq_ignore_ascii_case("max-age") => max_age = parse_seconds(value.trim()).or(max_age),
            name if name.eq_ignore_ascii_case("expires") => expires = parse_date(value.trim()).or(expires),
            _ => {}
        }
    }
    match max_age {
        Some(seconds) => seconds <= 0,
        None => expires.is_some_and(|expires| expires <= now),
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
        set_cookie(&headers, Timestamp::MAX).map(|set| match set {
            SetCookie::To(value) => value.to_owned(),
            SetCookie::Ended => "ended".to_owned(),
            SetCookie::Unreadable => "unreadable".to_owned(),
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
            let _ = set_cookie(&headers, Timestamp::UNIX_EPOCH);
        }

        #[test]
        fn valid_cookie_values_are_kept_unchanged(value in "[!#-+\\--:<-\\[\\]-~]{1,60}", attributes in "(; ?[a-zA-Z]{0,9}(=[ -:<-~]{0,30})?){0,4}") {
            let line = format!("SessionId={value}{attributes}");
            let mut headers = HeaderMap::new();
            headers.insert(SET_COOKIE, HeaderValue::from_str(&line).unwrap());
            let read = set_cookie(&headers, Timestamp::UNIX_EPOCH);
            let has_expiry = ["max-age", "expires"].iter().any(|name| attributes.to_ascii_lowercase().contains(name));
            prop_assert!(read == Some(SetCookie::To(&value)) || has_expiry && read == Some(SetCookie::Ended));
        }
    }

    #[test]
    fn without_a_date_header_the_local_clock_counts() {
        let mut headers = HeaderMap::new();
        let line = HeaderValue::from_static("SessionId=a1; expires=Sun, 06 Nov 2033 12:10:00 GMT");
        headers.insert(SET_COOKIE, line);
        let at = |now: &str| set_cookie(&headers, now.parse().unwrap());
        assert_eq!(at("2033-11-06T12:09:59Z"), Some(SetCookie::To("a1")));
        assert_eq!(at("2033-11-06T12:10:00Z"), Some(SetCookie::Ended));
    }
}
