//! The addresses of a venue: checks base URLs and the client name, and joins them.

use std::net::IpAddr;

use http::Uri;

use super::placeholder;
use crate::error::Error;

/// The base URL of the service itself.
pub(super) const DEFAULT_BASE_URL: &str = "https://api.system.spektrix.com/";

/// The URL that precedes the addresses of the service's own web pages.
const DEFAULT_SITE_URL: &str = "https://system.spektrix.com/";

/// Returns what precedes the path of every operation: `https://…/{client}/api/v2/`.
pub(super) fn root(base_url: &str, client_name: &str) -> Result<String, Error> {
    check_base_url(base_url).map_err(|why| {
        Error::configuration(
            format!("the base URL {why}"),
            "set the part before the client name, for example https://api.system.spektrix.com/",
        )
    })?;
    check_client_name(client_name)?;
    check_path(base_url, client_name)?;
    Ok(format!("{}/{client_name}/api/v2/", base_url.trim_end_matches('/')))
}

/// Returns what precedes the path of every page for browsers: `https://…/{client}/`.
///
/// Without a URL for the pages, they are on the service's website if the base URL is the service's, and at the base URL
/// otherwise. So a client of a test system or a sandbox never sends a visitor's browser to the service itself.
pub(super) fn site_root(base_url: &str, site_url: Option<&str>, client_name: &str) -> Result<String, Error> {
    let is_service = base_url.trim_end_matches('/') == DEFAULT_BASE_URL.trim_end_matches('/');
    let site_url = site_url.unwrap_or(if is_service { DEFAULT_SITE_URL } else { base_url });
    check_base_url(site_url).map_err(|why| {
        Error::configuration(
            format!("the URL of the venue's web pages {why}"),
            "set what precedes the client name, like https://system.spektrix.com/ or https://tickets.venue.example/",
        )
    })?;
    check_client_name(client_name)?;
    Ok(format!("{}/{client_name}/", site_url.trim_end_matches('/')))
}

/// Returns what precedes the path of every page of a venue on the service's own website, or at another URL.
pub(crate) fn venue_root(site_url: Option<&str>, client_name: &str) -> Result<String, Error> {
    site_root(DEFAULT_BASE_URL, site_url, client_name)
}

/// Checks that the base URL does not contain what follows it in every address.
fn check_path(base_url: &str, client_name: &str) -> Result<(), Error> {
    let path = base_url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    let path = path.map(|(_, path)| path).unwrap_or_default().to_ascii_lowercase();
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let client_name = client_name.to_ascii_lowercase();
    let is_pages = |pair: &[&str]| pair[0] == client_name && pair[1] == "website";
    let problem = if segments.windows(2).any(|pair| pair[0] == "api" && is_version(pair[1])) {
        "contains the path of the API"
    } else if segments.windows(2).any(is_pages) {
        "contains the path of the venue's web pages instead of that of the API"
    } else if segments.ends_with(&[&client_name, "api"]) {
        "contains the path of the API"
    } else if segments.last() == Some(&client_name.as_str()) {
        // The last segment: the path of a gateway may precede it.
        "contains the client name"
    } else {
        return Ok(());
    };
    Err(Error::configuration(
        format!("the base URL {problem}, which is added to it"),
        "set only what precedes the client name, like https://api.system.spektrix.com/",
    ))
}

fn is_version(segment: &str) -> bool {
    let number = segment.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns what is wrong with a base URL. The URL is not quoted, because what is wrong may be a secret in it.
pub(crate) fn check_base_url(url: &str) -> Result<(), &'static str> {
    if let Some(problem) = placeholder::problem(url) {
        return Err(problem);
    }
    if url.contains(['{', '}', '<', '>', '$']) || url.contains("%7B") {
        return Err("contains a placeholder");
    }
    // The parser drops a fragment silently.
    if url.contains('#') {
        return Err("has a fragment");
    }
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    let authority = uri.authority().ok_or("has no host")?;
    if authority.as_str().contains('@') {
        return Err("contains a user name");
    }
    if uri.query().is_some() {
        return Err("has a query");
    }
    if uri.path().split('/').any(|segment| [".", ".."].contains(&segment)) {
        return Err("has a path with dots, which leads elsewhere");
    }
    if authority.as_str().contains(',') {
        return Err("is more than one URL");
    }
    // The parser accepts a port that is out of range, or missing after its colon.
    let has_port = authority.port_u16().is_some_and(|port| port > 0);
    if authority.as_str() != authority.host() && !has_port {
        return Err("has no valid port after its host");
    }
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_loopback(authority.host()) => Ok(()),
        Some("http") => Err("is not https, which is required for other machines"),
        _ => Err("is neither https nor http"),
    }
}

/// Returns whether a host of a URL is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

/// Checks that a client name can be a segment of a path. The name is not quoted, because it may be a secret.
pub(crate) fn check_client_name(name: &str) -> Result<(), Error> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_dots = name.bytes().all(|byte| byte == b'.');
    if let Some(problem) = placeholder::problem(name) {
        return Err(Error::configuration(
            format!("the client name {problem}, so it is not valid"),
            "use the venue's system name alone",
        ));
    }
    if is_dots || !name.bytes().all(is_allowed) {
        return Err(Error::configuration(
            "the client name is not valid",
            "use the venue's system name alone: letters, digits, `.`, `_` and `-`",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_joined() {
        let cases = [
            (
                DEFAULT_BASE_URL,
                "venue",
                "https://api.system.spektrix.com/venue/api/v2/",
            ),
            (
                "https://gateway.example",
                "a-b_c.2",
                "https://gateway.example/a-b_c.2/api/v2/",
            ),
            (
                "https://gateway.example:8443/spektrix",
                "v",
                "https://gateway.example:8443/spektrix/v/api/v2/",
            ),
            ("http://localhost:8080/", "v", "http://localhost:8080/v/api/v2/"),
            ("http://127.0.0.2", "v", "http://127.0.0.2/v/api/v2/"),
            ("http://[::1]:80", "v", "http://[::1]:80/v/api/v2/"),
            ("https://host/api", "v", "https://host/api/v/api/v2/"),
            ("https://v.example/v/x", "v", "https://v.example/v/x/v/api/v2/"),
            (
                "https://host/v2/version/api",
                "v",
                "https://host/v2/version/api/v/api/v2/",
            ),
            ("https://host/website/v1.2", "v", "https://host/website/v1.2/v/api/v2/"),
        ];
        for (base_url, name, expected) in cases {
            assert_eq!(root(base_url, name).unwrap(), expected);
        }
    }

    #[test]
    fn web_pages_are_never_on_the_service_by_mistake() {
        let (service, gateway, sandbox) = (DEFAULT_BASE_URL, "https://gateway.example/s", "https://127.0.0.1:8443/");
        let cases = [
            (service, None, "https://system.spektrix.com/v/"),
            (
                "https://api.system.spektrix.com",
                None,
                "https://system.spektrix.com/v/",
            ),
            (
                service,
                Some("https://tickets.venue.example"),
                "https://tickets.venue.example/v/",
            ),
            (gateway, None, "https://gateway.example/s/v/"),
            (sandbox, None, "https://127.0.0.1:8443/v/"),
            (sandbox, Some("http://127.0.0.1:8444/"), "http://127.0.0.1:8444/v/"),
        ];
        for (base_url, site_url, expected) in cases {
            assert_eq!(site_root(base_url, site_url, "v").unwrap(), expected);
        }
        for (site_url, expected) in [
            (
                "http://tickets.venue.example/",
                "the URL of the venue's web pages is not https",
            ),
            (
                "tickets.venue.example",
                "the URL of the venue's web pages is neither https nor http",
            ),
        ] {
            let error = site_root(service, Some(site_url), "v").unwrap_err();
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }

    #[test]
    fn invalid_addresses_are_refused_and_not_quoted() {
        let cases = [
            ("", "v", "is not a URL"),
            ("gateway", "v", "is neither https nor http"),
            ("/path", "v", "has no host"),
            ("ftp://host/", "v", "is neither https nor http"),
            ("http://gateway.example/", "v", "is not https"),
            ("http://127.0.0.1.example/", "v", "is not https"),
            ("http://localhost.example/", "v", "is not https"),
            ("https://user:s3cret@host/", "v", "contains a user name"),
            ("https://host/?api_key=s3cret", "v", "has a query"),
            ("https://host/#s3cret", "v", "has a fragment"),
            ("https://ho st/", "v", "is not a URL"),
            ("\"https://host/\"", "v", "has a quotation mark around it"),
            ("${BASE_URL}", "v", "is the name of a variable"),
            ("https://host\u{200B}/", "v", "contains an invisible character"),
            (
                "https://host/v/api/v2/",
                "v",
                "contains the path of the API, which is added",
            ),
            ("https://host/v/api/v2/events", "v", "contains the path of the API"),
            ("https://host/API/V3", "v", "contains the path of the API"),
            ("https://host/V/Api/", "v", "contains the path of the API"),
            (
                "https://host/v/website/EventList.aspx",
                "v",
                "contains the path of the venue's web pages",
            ),
            ("https://host/{client}/", "v", "contains a placeholder"),
            ("https://host/%7Bclient%7D/", "v", "contains a placeholder"),
            ("https://$HOST/", "v", "contains a placeholder"),
            ("https://host/a/../", "v", "has a path with dots"),
            ("https://host:/", "v", "has no valid port"),
            ("https://host:0/", "v", "has no valid port"),
            ("https://host:99999/", "v", "has no valid port"),
            ("https://[::1]:x/", "v", "has no valid port"),
            ("https://https://host/", "v", "has no valid port"),
            ("https://host,other/", "v", "is more than one URL"),
            ("https://host/,", "v", "ends with a character of the file"),
            (
                "https://host/venue",
                "venue",
                "contains the client name, which is added",
            ),
            ("https://host/gateway/Venue/", "venue", "contains the client name"),
            ("https://host/", "", "the client name is not valid"),
            ("https://host/", "a/s3cret", "the client name is not valid"),
            ("https://host/", "..", "the client name is not valid"),
            ("https://host/", "a%2f", "the client name is not valid"),
            ("https://host/", "théâtre", "the client name is not valid"),
        ];
        for (base_url, name, expected) in cases {
            let error = root(base_url, name).unwrap_err();
            assert!(error.is_configuration());
            assert!(error.to_string().contains(expected), "{base_url} {name}: {error}");
            assert!(!error.to_string().contains("s3cret"), "{error}");
        }
    }
}
