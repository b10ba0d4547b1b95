//! The address of the service, and the pages below it.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, bail, ensure};
use url::{Host, Url};

use super::api_key::VARIABLE;

/// The address whose `/help` is the feed. It has no user, password or query, so nothing in it is secret.
#[derive(Clone)]
pub struct BaseUrl(Url);

impl FromStr for BaseUrl {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        // No error quotes the text: it may hold a key.
        let mut url = Url::parse(text).context("--base-url is not a URL; expected https://host/client/api/v2")?;
        if !matches!(url.scheme(), "http" | "https") {
            bail!("--base-url starts with {}:, expected https:// or http://", url.scheme());
        }
        ensure!(
            url.query().is_none() && url.username().is_empty() && url.password().is_none(),
            "--base-url has a query, a user or a password, which other processes can read on the command line: leave them \
             out, and set {VARIABLE} if the service requires an API key"
        );
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }
}

impl BaseUrl {
    /// Returns the URL of a page, given its path below the base.
    pub(super) fn page(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/{path}", self.0.path().trim_end_matches('/')));
        url
    }

    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns the same address with https.
    pub(super) fn with_https(&self) -> String {
        let mut url = self.0.clone();
        // Both schemes are special, so one can replace the other. A port of plain http is none of https.
        let _ = url.set_scheme("https");
        let _ = url.set_port(None);
        Self(url).to_string()
    }

    /// Whether an address has the same host, but https instead of http.
    pub(super) fn is_same_host_with_https(&self, other: &Url) -> bool {
        !self.is_https() && other.scheme() == "https" && other.host() == self.0.host()
    }

    /// Whether requests stay on this machine.
    pub(super) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.host_str().unwrap_or_default();
        write!(f, "{}://{host}", self.0.scheme())?;
        if let Some(port) = self.0.port() {
            write!(f, ":{port}")?;
        }
        f.write_str(self.0.path().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn pages_are_below_the_base() -> anyhow::Result<()> {
        let rows = [
            ("http://host/api/", "http://host/api/help", "http://host/api"),
            ("https://h:8443", "https://h:8443/help", "https://h:8443"),
            ("https://h/v2#x", "https://h/v2/help", "https://h/v2"),
        ];
        for (given, page, shown) in rows {
            let base: BaseUrl = given.parse()?;
            assert_eq!(base.page("help").as_str(), page);
            assert_eq!(base.to_string(), shown);
        }
        Ok(())
    }

    #[test]
    fn invalid_addresses_are_refused_without_a_quote() {
        let rows = [
            ("S3CRET", "not a URL"),
            ("https://S3CRET:S3CRET", "not a URL"),
            ("ftp://u:S3CRET@h", "starts with ftp:"),
            ("https://h/v2?api_key=S3CRET", "set SPEKTRIX_API_KEY"),
            ("https://S3CRET@h/v2", "set SPEKTRIX_API_KEY"),
            ("https://u:S3CRET@h/v2", "set SPEKTRIX_API_KEY"),
        ];
        for (given, expected) in rows {
            let error = given
                .parse::<BaseUrl>()
                .err()
                .map(|e| format!("{e:#}"))
                .unwrap_or_default();
            assert!(
                error.contains(expected) && !error.contains("S3CRET"),
                "{given}: {error}"
            );
        }
    }

    #[test]
    fn loopback_addresses_are_recognized() -> anyhow::Result<()> {
        let rows = [
            ("http://localhost/v2", true),
            ("http://api.localhost/v2", true),
            ("http://127.0.0.1:8080", true),
            ("http://127.1.2.3", true),
            ("http://[::1]:80", true),
            ("http://localhost.example", false),
            ("http://10.0.0.1", false),
            ("http://0.0.0.0", false),
        ];
        for (given, is_loopback) in rows {
            assert_eq!(given.parse::<BaseUrl>()?.is_loopback(), is_loopback, "{given}");
        }
        Ok(())
    }
}
