//! Descriptions and file names in the form in which venues enter them: lines end in CR LF, and some text is HTML.

/// Formats paragraphs as plain text, with an empty line between them and a line end after the last one.
pub(super) fn plain(paragraphs: &[&str]) -> String {
    paragraphs.join("\r\n\r\n") + "\r\n"
}

/// Formats paragraphs as HTML.
pub(super) fn html(paragraphs: &[&str]) -> String {
    let paragraphs: Vec<_> = paragraphs
        .iter()
        .map(|text| format!("<p>{}</p>", quick_xml::escape::partial_escape(*text)))
        .collect();
    paragraphs.join("\r\n")
}

/// Returns the file names of an image and of its thumbnail.
pub(super) fn image_files(title: &str) -> (String, String) {
    let slug = slug(title);
    (format!("{slug}.jpg"), format!("{slug}-small.jpg"))
}

fn slug(title: &str) -> String {
    let lower = title.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<_> = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::{html, image_files, plain};

    #[test]
    fn lines_end_as_on_windows() {
        assert_eq!(plain(&["a", "b & c"]), "a\r\n\r\nb & c\r\n");
        assert_eq!(html(&["a", "b & c"]), "<p>a</p>\r\n<p>b &amp; c</p>");
    }

    #[test]
    fn file_names_are_ascii() {
        let names = image_files("The Clerk’s Café: 2nd Night!");
        assert_eq!(names.0, "the-clerks-caf-2nd-night.jpg");
        assert_eq!(names.1, "the-clerks-caf-2nd-night-small.jpg");
    }
}
