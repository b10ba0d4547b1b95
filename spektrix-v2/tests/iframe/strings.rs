//! Texts that have broken addresses and pages before, at random.

/// A text of up to twelve characters, of which many mean something in an address or a page.
pub(crate) fn nasty(random: &mut fastrand::Rng) -> String {
    const CHARACTERS: &[char] = &[
        '&', '=', '?', '#', '%', '+', ' ', '/', '\\', '"', '\'', '<', '>', ';', ',', ':', '@', '\n', '\0', 'a', 'Z',
        '0', '~', 'é', 'ß', '\u{200b}', '漢', '🎭',
    ];
    let length = random.usize(..12);
    (0..length)
        .map(|_| CHARACTERS[random.usize(..CHARACTERS.len())])
        .collect()
}

/// The address in a snippet, as a browser reads it; none if something broke out of its quotes.
pub(crate) fn source_of(snippet: &str) -> Option<String> {
    let parts: Vec<_> = snippet.split('"').collect();
    let closed = snippet.matches(['<', '>']).count() == 4;
    let names: Vec<_> = parts.iter().step_by(2).map(|name| name.trim()).collect();
    let expected = ["<iframe id=", "name=", "title=", "src=", "style=", "></iframe>"];
    (closed && names == expected).then(|| unescape(parts[7]))
}

pub(crate) fn title_of(snippet: &str) -> String {
    unescape(snippet.split('"').nth(5).unwrap())
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&amp;", "&")
}
