//! The address of the service, and the pages below it; what is secret in it is never shown.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, bail};
use url::Url;

/// The address whose `/help` answers the feed.
///
/// Its user, password and query go with every request, and are left out wherever it is shown.
#[derive(Clone)]
pub struct BaseUrl(Url);

impl FromStr for BaseUrl {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        // The text is not quoted: it may hold a key.
        let mut url = Url::parse(text).context("--base-url is not a URL; expected https://host/client/api/v2")?;
        if !matches!(url.scheme(), "http" | "https") {
            bail!("--base-url starts with {}:, expected https:// or http://", url.scheme());
        }
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }
}

impl BaseUrl {
    /// The address of a page, its path given relative to the base.
    pub(super) fn page(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}/{path}", self.0.path().trim_end_matches('/')));
        url
    }

    /// The same, fit to be shown.
    pub(super) fn shown_page(&self, path: &str) -> String {
        format!("{self}/{path}")
    }

    pub(super) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The text with every secret of the address struck out, in case a server echoes one.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        let values = self.0.query_pairs().map(|(_, value)| value.into_owned());
        let raw = self
            .0
            .query()
            .into_iter()
            .flat_map(|query| query.split(['&', '=']))
            .map(str::to_owned);
        let password = self.0.password().map(str::to_owned);
        let secrets = values
            .chain(raw.filter(|part| !self.is_query_name(part)))
            .chain(password);
        secrets
            .filter(|secret| !secret.is_empty())
            .fold(text.to_owned(), |text, secret| text.replace(&secret, "[…]"))
    }

    fn is_query_name(&self, part: &str) -> bool {
        self.0.query_pairs().any(|(name, _)| name == part)
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
    fn pages_carry_the_query_and_nothing_shows_it() -> anyhow::Result<()> {
        let rows = [
            ("http://host/api/", "http://host/api/help", "http://host/api"),
            ("https://h:8443", "https://h:8443/help", "https://h:8443"),
            (
                "https://u:pw@h/v2?api_key=S3CRET#x",
                "https://u:pw@h/v2/help?api_key=S3CRET",
                "https://h/v2",
            ),
        ];
        for (given, page, shown) in rows {
            let base: BaseUrl = given.parse()?;
            assert_eq!(base.page("help").as_str(), page);
            assert_eq!(base.to_string(), shown);
            assert_eq!(base.shown_page("help"), format!("{shown}/help"));
        }
        Ok(())
    }

    #[test]
    fn secrets_are_struck_out_of_what_a_server_says() -> anyhow::Result<()> {
        let base: BaseUrl = "https://u:hunter2@h/v2?api_key=a%2Fb".parse()?;
        assert_eq!(
            base.without_secrets("api_key a/b a%2Fb hunter2 denied"),
            "api_key […] […] […] denied"
        );
        Ok(())
    }

    #[test]
    fn other_addresses_are_refused_without_a_quote() {
        for (given, expected) in [("S3CRET", "not a URL"), ("ftp://u:S3CRET@h", "starts with ftp:")] {
            let error = given
                .parse::<BaseUrl>()
                .err()
                .map(|e| format!("{e:#}"))
                .unwrap_or_default();
            assert!(error.contains(expected) && !error.contains("S3CRET"), "{error}");
        }
    }
}
