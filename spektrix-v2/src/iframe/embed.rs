//! The URL of a page and the HTML that embeds it.

use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use crate::client::QUERY_VALUE;

/// The `id` and `name` of the iframe element. The service's resize script looks for this value, as public integrations
/// write it.
const ELEMENT_NAME: &str = "SpektrixIFrame";

/// The URL of a venue on the service's website, with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VenueUrl(String);

impl VenueUrl {
    pub(super) fn new(domain: &str, client_name: &str) -> Self {
        Self(format!("https://{domain}/{client_name}/"))
    }

    /// Returns the URL of a path below the venue's, with these query parameters.
    pub(super) fn join<'a>(
        &self,
        path: &str,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
    ) -> String {
        // A parameter may be a session. A string that grows leaves a copy of its content behind in memory, so this one is
        // allocated with the length that it cannot exceed.
        const LONGEST_ESCAPE: usize = "%20".len();
        let max_length = |(name, value): (&str, &str)| "&=".len() + LONGEST_ESCAPE * (name.len() + value.len());
        let max_length = parameters.clone().into_iter().map(max_length).sum::<usize>();
        let mut url = String::with_capacity(self.0.len() + path.len() + max_length);
        url.extend([&self.0, path]);
        for (index, (name, value)) in parameters.into_iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.extend(utf8_percent_encode(name, QUERY_VALUE));
            url.push('=');
            url.extend(utf8_percent_encode(value, QUERY_VALUE));
        }
        url
    }
}

/// Returns the iframe element for a page.
pub(super) fn iframe_html(url: &str, title: &str) -> String {
    let (title, url) = (escape(title), escape(url));
    // The URL may contain a session: `concat` allocates once, so it leaves no copy behind.
    [
        r#"<iframe id=""#,
        ELEMENT_NAME,
        r#"" name=""#,
        ELEMENT_NAME,
        r#"" title=""#,
        &title,
        r#"" src=""#,
        &url,
        r#"" style="width: 100%; border: 0"></iframe>"#,
    ]
    .concat()
}

/// Escapes a string for an attribute value in single or double quotes.
fn escape(text: &str) -> Zeroizing<String> {
    const LONGEST_ESCAPE: usize = "&quot;".len();
    let mut escaped = Zeroizing::new(String::with_capacity(LONGEST_ESCAPE * text.len()));
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
