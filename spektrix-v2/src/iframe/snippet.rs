//! A frame as HTML.

use zeroize::Zeroizing;

/// The `id` and `name` that the service's script for resizing looks for, as public integrations write them.
const NAME: &str = "SpektrixIFrame";

/// The element for a page of this address.
pub(super) fn iframe(url: &str, title: &str) -> String {
    let (title, url) = (escape(title), escape(url));
    // The address may hold a session, and a string that grows leaves a copy of it behind: `concat` does not grow.
    [
        r#"<iframe id=""#,
        NAME,
        r#"" name=""#,
        NAME,
        r#"" title=""#,
        &title,
        r#"" src=""#,
        &url,
        r#"" style="width: 100%; border: 0"></iframe>"#,
    ]
    .concat()
}

/// What may stand in an attribute's value, whichever quotes are around it.
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
