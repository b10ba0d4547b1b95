//! A request as handlers see it, its session cookie, and its body.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;
use spektrix_v2::OperationInfo;

use super::parameters::Parameters;
use super::refusal::Refusal;

/// A call of an operation. The caller is authenticated, and the parameters are known and well-formed.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static OperationInfo,
    pub(crate) parameters: &'a Parameters,
    /// The value of the session cookie. There need not be such a session.
    pub(crate) session: Option<&'a str>,
    pub(crate) head: &'a Parts,
    pub(crate) body: &'a Bytes,
}

/// The name of the session cookie.
pub(super) const SESSION_COOKIE: &str = "SessionId";

/// Returns the value of the session cookie, if there is one. If there are several, the first one is returned.
pub(crate) fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, SESSION_COOKIE)
}

/// Returns the id of the session that a response starts.
pub(crate) fn set_session_cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::SET_COOKIE).iter();
    let pairs = lines.filter_map(|line| line.to_str().ok()?.split(';').next()?.split_once('='));
    pairs
        .into_iter()
        .find_map(|(name, value)| (name == SESSION_COOKIE).then_some(value))
}

/// Returns the value of a cookie. If there are several with this name, the first one is returned.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == wanted).then_some(value))
}

/// The limit for ordinary bodies.
pub(crate) const MAX_BODY_BYTES: usize = 1024 * 1024;
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// Reads the whole body of a request, up to the ordinary limit in size and a limit in time.
pub(crate) async fn read_body<B>(body: B) -> Result<Bytes, Refusal>
where
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>>,
{
    read_body_up_to(MAX_BODY_BYTES, body).await
}

/// Reads the whole body of a request, up to a limit in size and in time.
pub(crate) async fn read_body_up_to<B>(max_bytes: usize, body: B) -> Result<Bytes, Refusal>
where
    B: Body<Error: Into<Box<dyn Error + Send + Sync>>>,
{
    let whole = tokio::time::timeout(BODY_TIMEOUT, Limited::new(body, max_bytes).collect());
    match whole.await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("The body is longer than {max_bytes} bytes."),
        )),
        Ok(Err(error)) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            format!("The body could not be read: {error}."),
        )),
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            format!("The body did not arrive within {} seconds.", BODY_TIMEOUT.as_secs()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::session_cookie;

    #[test]
    fn the_session_cookie_is_found_among_others() {
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
            assert_eq!(session_cookie(&headers), expected, "{lines:?}");
        }
    }
}
