//! Removes secrets from everything that a page may show: the API key, cookies, passwords, and private keys.

use std::ops::Range;

use url::form_urlencoded;

use crate::request::Request;

/// What replaces a secret.
pub(super) const MASK: &str = "***";

/// A value that is shorter is not searched for: it would match by chance.
const SHORTEST: usize = 4;

/// Values that no page may show.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// Adds a value, in each form that a body or an address may have it in.
    pub(super) fn add(&mut self, value: &str) {
        if value.len() < SHORTEST {
            return;
        }
        let in_query: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
        let in_path = in_query.replace('+', "%20");
        let in_xml = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let in_attribute = in_xml.replace('"', "&quot;");
        let in_page = in_attribute.replace('\'', "&#39;");
        let in_json = value.replace('\\', r"\\").replace('"', "\\\"");
        // .NET writes the digits of an escape in small letters.
        let in_lower_case = [with_small_escapes(&in_query), with_small_escapes(&in_path)];
        let forms = [
            value.to_owned(),
            in_query,
            in_path,
            in_xml,
            in_attribute,
            in_page,
            in_json,
        ];
        for form in forms.into_iter().chain(in_lower_case) {
            if !self.0.contains(&form) {
                self.0.push(form);
            }
        }
        // The longest first: a form may contain a shorter one.
        self.0.sort_by_key(|form| std::cmp::Reverse(form.len()));
    }

    /// Adds the passwords in a request body.
    pub(super) fn add_passwords(&mut self, body: Option<&[u8]>) {
        for password in passwords(&String::from_utf8_lossy(body.unwrap_or_default())) {
            self.add(&password);
        }
    }

    /// Returns the text without the values.
    pub(super) fn mask(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for secret in &self.0 {
            masked = masked.replace(secret, MASK);
        }
        masked
    }

    /// Returns a body without the values. It may be in another encoding than UTF-8, or no text at all.
    pub(super) fn mask_body(&self, body: &[u8]) -> Vec<u8> {
        if let Ok(text) = std::str::from_utf8(body) {
            return self.mask(text).into_bytes();
        }
        let mut masked = body.to_vec();
        for secret in &self.0 {
            masked = replaced(&masked, secret.as_bytes());
        }
        masked
    }
}

/// Returns a percent-encoded string with its escapes in small letters.
fn with_small_escapes(encoded: &str) -> String {
    let mut rest = encoded.split('%');
    let mut lower = rest.next().unwrap_or_default().to_owned();
    for part in rest {
        let (digits, text) = part.split_at(part.len().min(2));
        lower.extend(["%", &digits.to_ascii_lowercase(), text]);
    }
    lower
}

fn replaced(body: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut masked = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.windows(secret.len()).position(|window| window == secret) {
        masked.extend_from_slice(&rest[..at]);
        masked.extend_from_slice(MASK.as_bytes());
        rest = &rest[at + secret.len()..];
    }
    masked.extend_from_slice(rest);
    masked
}

/// Returns a request body as a page may show it: without the content of `Password` elements.
///
/// It has to work for a body that is not well-formed, because such a body is shown again to be corrected. A body that is not
/// XML is not shown: it may be the wrong file, such as a private key.
pub(super) fn shown_body(body: &str) -> String {
    if !body.trim_start_matches('\u{feff}').trim_start().starts_with('<') || body.contains("PRIVATE KEY") {
        return String::new();
    }
    let mut shown = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(password) = next_password(rest) {
        shown.push_str(&rest[..password.start]);
        let content = &rest[password.start..password.end];
        shown.push_str(if content.trim().is_empty() { content } else { MASK });
        rest = &rest[password.end..];
    }
    shown + rest
}

/// Returns lines of NAME=VALUE as a page may show them: a form with a problem is shown again.
pub(super) fn shown_parameters(lines: &str) -> String {
    let shown = lines.split('\n').map(|line| match line.split_once('=') {
        Some((name, value)) if Request::is_secret(name.trim()) && !value.trim().is_empty() => format!("{name}={MASK}"),
        _ => line.to_owned(),
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// Returns a path as a page may show it: a query, which is refused, may contain the API key.
pub(super) fn shown_path(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Returns the passwords in a request body.
pub(super) fn passwords(body: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = body;
    while let Some(password) = next_password(rest) {
        let content = rest[password.start..password.end].trim();
        let section = content
            .strip_prefix("<![CDATA[")
            .and_then(|section| section.strip_suffix("]]>"));
        found.push(section.map_or_else(|| unescaped(content), str::to_owned));
        rest = &rest[password.end..];
    }
    found
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (entity, character) in entities {
        text = text.replace(entity, character);
    }
    text
}

/// Returns where the content of the next `Password` element is. Names may have a prefix, and any case. Without an end tag,
/// everything after the start tag may be the password.
fn next_password(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(close) = text[from..].find('>').map(|close| from + close) {
        // The last one: the tag may be in a comment.
        let open = text[from..close].rfind('<').map(|open| from + open + 1);
        from = close + 1;
        let Some(tag) = open.map(|open| &text[open..close]) else {
            continue;
        };
        if is_password(tag) && !tag.ends_with('/') {
            let end = end_of_password(&text[from..]).map_or(text.len(), |end| from + end);
            return Some(from..end);
        }
    }
    None
}

fn end_of_password(content: &str) -> Option<usize> {
    let mut ends = content.match_indices("</");
    let end = ends.find(|(end, _)| is_password(&content[end + 2..]));
    end.map(|(end, _)| end)
}

/// Returns whether the text begins with the name of a `Password` element.
fn is_password(text: &str) -> bool {
    let name = text
        .split(|c: char| c.is_whitespace() || c == '/' || c == '>')
        .next()
        .unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    local.eq_ignore_ascii_case("password")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_in_each_form() {
        let mut secrets = Secrets::default();
        secrets.add("k&y <1>");
        secrets.add("abc");
        secrets.add("o'n\"x");
        let table = [
            ("as it is", "key k&y <1>!", "key ***!"),
            ("in a query", "?api_key=k%26y+%3C1%3E", "?api_key=***"),
            ("in a query of .NET", "?api_key=k%26y+%3c1%3e", "?api_key=***"),
            ("in a path", "k%26y%20%3C1%3E", "***"),
            ("in XML", "<Key>k&amp;y &lt;1&gt;</Key>", "<Key>***</Key>"),
            ("in HTML", "<i title=\"o&#39;n&quot;x\">", "<i title=\"***\">"),
            ("in JSON", r#"{"key":"o'n\"x"}"#, r#"{"key":"***"}"#),
            ("too short to search for", "abcdef", "abcdef"),
        ];
        for (name, text, expected) in table {
            assert_eq!(secrets.mask(text), expected, "{name}");
            assert_eq!(secrets.mask_body(text.as_bytes()), expected.as_bytes(), "{name}");
        }
        assert_eq!(secrets.mask_body(b"\xff k&y <1>k&y <1>.\xff"), b"\xff ******.\xff");
    }

    #[test]
    fn shown_bodies_have_no_passwords() {
        let table = [
            (
                "plain",
                "<C><Password>s3cret</Password><X/></C>",
                "<C><Password>***</Password><X/></C>",
            ),
            (
                "prefix and case",
                "<c:password a='1'>s3cret</c:password>",
                "<c:password a='1'>***</c:password>",
            ),
            (
                "several",
                "<Password>a1</Password><Password>b2</Password>",
                "<Password>***</Password><Password>***</Password>",
            ),
            ("no end tag", "<C><Password>s3cret", "<C><Password>***"),
            ("no end of the start tag", "<C><Password", "<C><Password"),
            (
                "empty",
                "<Password/><Password></Password>",
                "<Password/><Password></Password>",
            ),
            (
                "another name",
                "<PasswordHint>x</PasswordHint>",
                "<PasswordHint>x</PasswordHint>",
            ),
            (
                "a section",
                "<Password><![CDATA[s3</b>t]]></Password>",
                "<Password>***</Password>",
            ),
            (
                "a comment",
                "<C><!-- <Password>s3cret</Password> --></C>",
                "<C><!-- <Password>***</Password> --></C>",
            ),
            ("not XML", "s3cret", ""),
            ("a key", "<X>-----BEGIN PRIVATE KEY-----</X>", ""),
        ];
        for (name, body, expected) in table {
            assert_eq!(shown_body(body), expected, "{name}");
        }
    }

    #[test]
    fn parameters_are_shown_without_secrets() {
        let lines = "limit=3\nAPI_KEY=k\npassword = s\npassword=\npassword";
        let shown = "limit=3\nAPI_KEY=***\npassword =***\npassword=\npassword";
        assert_eq!(shown_parameters(lines), shown);
        assert_eq!(shown_path("events?api_key=k#x"), "events");
    }

    #[test]
    fn passwords_are_found_as_the_service_reads_them() {
        let body = "<Password>a&amp;b</Password><x:password><![CDATA[c<d]]></x:password><Password/>";
        assert_eq!(passwords(body), ["a&b", "c<d"]);
    }
}
