//! Random strings that are hard to escape, and a parser for the iframe element.

/// Returns a string of up to eleven characters, many of which are special in URLs or HTML.
pub(crate) fn random_string(random: &mut fastrand::Rng) -> String {
    const CHARACTERS: &[char] = &[
        '&', '=', '?', '#', '%', '+', ' ', '/', '\\', '"', '\'', '<', '>', ';', ',', ':', '@', '\n', '\0', 'a', 'Z',
        '0', '~', 'é', 'ß', '\u{200b}', '漢', '🎭',
    ];
    let length = random.usize(..12);
    (0..length)
        .map(|_| CHARACTERS[random.usize(..CHARACTERS.len())])
        .collect()
}

/// Returns the URL in an iframe element, as a browser reads it. `None` if an attribute value is not closed where it should be.
pub(crate) fn source_of(html: &str) -> Option<String> {
    let parts: Vec<_> = html.split('"').collect();
    let closed = html.matches(['<', '>']).count() == 4;
    let names: Vec<_> = parts.iter().step_by(2).map(|name| name.trim()).collect();
    let expected = ["<iframe id=", "name=", "title=", "src=", "style=", "></iframe>"];
    (closed && names == expected).then(|| unescape(parts[7]))
}

pub(crate) fn title_of(html: &str) -> String {
    unescape(html.split('"').nth(5).unwrap())
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
