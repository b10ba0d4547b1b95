//! The cookie that says which session a request belongs to.

use http::{HeaderMap, header};

pub(super) const SESSION: &str = "SessionId";

/// The value of the session's cookie, if the request carries one. Of several, the first counts.
pub(super) fn session(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == SESSION).then_some(value))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::session;

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let cases: [(&[&str], Option<&str>); 7] = [
            (&[], None),
            (&["SessionId=a"], Some("a")),
            (&["theme=dark; SessionId=a=b"], Some("a=b")),
            (&["theme=dark", "SessionId=a"], Some("a")),
            (&["SessionId=a; SessionId=b"], Some("a")),
            (&["sessionid=a; MySessionId=b; SessionId"], None),
            (&["SessionId="], Some("")),
        ];
        for (lines, expected) in cases {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::COOKIE, HeaderValue::from_static(line));
            }
            assert_eq!(session(&headers), expected, "{lines:?}");
        }
    }
}
