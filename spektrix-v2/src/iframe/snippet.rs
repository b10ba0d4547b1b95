//! A frame as HTML.

/// The `id` and `name` that the service's script for resizing looks for, as public integrations write them.
const NAME: &str = "SpektrixIFrame";

/// The element for a page of this address.
pub(super) fn iframe(url: &str, title: &str) -> String {
    format!(
        r#"<iframe id="{NAME}" name="{NAME}" title="{}" src="{}" style="width: 100%; border: 0"></iframe>"#,
        escape(title),
        escape(url)
    )
}

/// What may stand in an attribute's value, whichever quotes are around it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
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
