//! The URL of a page, and the HTML that embeds it: the frame, and the script that resizes it.

use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use crate::client::QUERY_VALUE;

/// The `id` and `name` of the iframe element. The service's documentation says that its resize script looks for this value.
const ELEMENT_NAME: &str = "SpektrixIFrame";

/// The path of the resize script, below the URL of the venue.
const RESIZE_SCRIPT: &str = "website/scripts/integrate.js";

/// The height of a frame in the service's documentation, in CSS pixels. A browser's own default is 150.
pub(super) const DEFAULT_HEIGHT: u32 = 1000;

/// The URL of a venue on the service's website, with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VenueUrl(String);

impl VenueUrl {
    /// Wraps a URL that was checked.
    pub(super) fn new(root: impl Into<String>) -> Self {
        Self(root.into())
    }

    pub(super) fn resize_script(&self) -> String {
        self.join(RESIZE_SCRIPT, [])
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

/// Returns the script element for the address of a script.
pub(super) fn script_html(url: &str) -> String {
    format!(r#"<script src="{}"></script>"#, *escape(url))
}

/// Returns the iframe element for a page, with a height in CSS pixels.
pub(super) fn iframe_html(url: &str, title: &str, height: u32) -> String {
    let (title, url, height) = (escape(title), escape(url), height.to_string());
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
        r#"" style="width: 100%; height: "#,
        &height,
        r#"px; border: 0"></iframe>"#,
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
