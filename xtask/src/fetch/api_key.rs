//! The API key. It is sent with every request, and everything that a server sends is searched for it before it is printed or
//! stored.

use std::env::{self, VarError};
use std::fmt;

use anyhow::{bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// The environment variable of the key. There is no argument for it, because other processes can read the command line.
pub(super) const VARIABLE: &str = "SPEKTRIX_API_KEY";

/// The shortest key. A shorter one would be found by chance in ordinary pages.
const MIN_LENGTH: usize = 8;

/// How many levels of escaping are resolved. Servers escape a value once or twice.
const MAX_ROUNDS: usize = 8;

/// An API key.
#[derive(Clone)]
pub struct ApiKey {
    value: String,
    /// The strings to search for in normalized text: the key, and its forms within base64.
    needles: Vec<String>,
}

impl ApiKey {
    /// Reads the key from the environment. Returns `None` if the variable is not set or empty.
    pub fn from_environment() -> anyhow::Result<Option<Self>> {
        match env::var(VARIABLE) {
            Ok(value) if value.is_empty() => Ok(None),
            Ok(value) => Self::new(&value).map(Some),
            Err(VarError::NotPresent) => Ok(None),
            // Without the cause, which quotes the value.
            Err(VarError::NotUnicode(_)) => bail!("{VARIABLE} is not UTF-8"),
        }
    }

    /// Creates a key. The error does not quote the value.
    pub fn new(value: &str) -> anyhow::Result<Self> {
        ensure!(
            value.len() >= MIN_LENGTH,
            "{VARIABLE} has fewer than {MIN_LENGTH} characters, so it is not a whole API key"
        );
        ensure!(
            !value.contains(|c: char| c.is_whitespace() || c.is_control()),
            "{VARIABLE} contains whitespace, which no API key does"
        );
        let plain = [value.to_owned()].into_iter();
        let needles = plain.chain(base64_forms(value)).map(|form| normalized(&form));
        Ok(Self {
            value: value.to_owned(),
            needles: needles.collect(),
        })
    }

    pub(super) fn value(&self) -> &str {
        &self.value
    }

    /// Whether the bytes contain the key: as it is, percent-encoded, escaped as in HTML or JSON, in base64, in UTF-16, in
    /// another case, or in several of these forms at the same time.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        let text = normalized(&text);
        self.needles.iter().any(|needle| text.contains(needle))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// Returns the text in one canonical form: unescaped until nothing changes, and in lower case.
fn normalized(text: &str) -> String {
    let mut text = text.replace('\0', "");
    for _ in 0..MAX_ROUNDS {
        let unescaped = unescape(&text);
        if unescaped == text {
            break;
        }
        text = unescaped;
    }
    // Form encoding writes a space as `+`, and a server may or may not undo that.
    text.to_lowercase().replace('+', " ")
}

/// Resolves one level of percent-encoding and of the escapes of HTML and JSON.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, replacement) = match first {
            '%' => percent(rest),
            '&' => entity(rest),
            '\\' => backslash(rest),
            _ => None,
        }
        .unwrap_or_else(|| (first.len_utf8(), rest.as_bytes()[..first.len_utf8()].to_vec()));
        bytes.extend(replacement);
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The length of an escape, and the bytes that it represents.
type Escape = Option<(usize, Vec<u8>)>;

fn percent(text: &str) -> Escape {
    let byte = u8::from_str_radix(text.get(1..3)?, 16).ok()?;
    Some((3, vec![byte]))
}

fn entity(text: &str) -> Escape {
    const NAMED: [(&str, &str); 5] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
    ];
    if let Some((name, value)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((name.len(), value.as_bytes().to_vec()));
    }
    let number = text.strip_prefix("&#")?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let count = digits
        .bytes()
        .take_while(|byte| char::from(*byte).is_digit(radix))
        .count();
    let character = char::from_u32(u32::from_str_radix(&digits[..count], radix).ok()?)?;
    let length = text.len() - digits.len() + count;
    // Browsers read a reference without its semicolon as well.
    let length = length + usize::from(text[length..].starts_with(';'));
    Some((length, character.to_string().into_bytes()))
}

fn backslash(text: &str) -> Escape {
    let digits = match text.as_bytes().get(1)? {
        b'u' => text.get(2..6)?,
        b'x' => text.get(2..4)?,
        b'/' => return Some((2, b"/".to_vec())),
        _ => return None,
    };
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((2 + digits.len(), character.to_string().into_bytes()))
}

/// Returns the characters of base64 that depend on the key alone, for each position in a group of three bytes at which the
/// key can start.
fn base64_forms(key: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for before in 0..3 {
        let mut bytes = vec![0; before];
        bytes.extend_from_slice(key.as_bytes());
        // A character has six bits. The first and the last one may contain bits of the surrounding bytes.
        let first = (before * 8).div_ceil(6);
        let last = bytes.len() * 8 / 6;
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            forms.push(engine.encode(&bytes)[first..last].to_owned());
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::ApiKey;

    const KEY: &str = "Zq7/x+9&ü-K3Y_\"2f";

    fn key() -> ApiKey {
        ApiKey::new(KEY).unwrap()
    }

    fn each(spell: impl Fn(char) -> String) -> String {
        KEY.chars().map(spell).collect()
    }

    fn percent(text: &str) -> String {
        let bytes: Vec<String> = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        bytes.concat()
    }

    #[test]
    fn the_key_is_found_in_every_spelling() {
        let html = each(|c| format!("&#{};", c as u32));
        let spellings = [
            KEY.to_owned(),
            KEY.to_lowercase(),
            percent(KEY),
            percent(KEY).to_uppercase(),
            percent(&percent(KEY)),
            "Zq7%2fx%2B9%26%c3%bc-K3Y_%222f".to_owned(),
            html.clone(),
            html.replace(';', ""),
            each(|c| format!("&#x{:04X};", c as u32)),
            KEY.replace('&', "&amp;").replace('"', "&quot;"),
            percent(&html),
            html.replace('&', "&amp;"),
            each(|c| format!("\\u{:04X}", c as u32)),
            KEY.replace('/', "\\/").replace('"', "\\u0022"),
            each(|c| format!("\\\\u{:04x}", c as u32)).replace("\\\\", "\\"),
            KEY.replace('+', " "),
            each(|c| format!("{c}\0")),
            STANDARD.encode(KEY),
            STANDARD.encode(format!("user:{KEY}")),
            STANDARD.encode(format!("?{KEY}&x=1")),
            percent(&STANDARD.encode(format!("k={KEY}"))),
        ];
        for spelling in spellings {
            let page = format!("<a href=\"/login?api_key={spelling}&amp;x=1\">");
            assert!(key().is_in(page.as_bytes()), "{spelling}");
        }
    }

    #[test]
    fn the_key_is_not_found_in_other_texts() {
        for text in [
            "",
            "Zq7",
            "%",
            "%zz",
            "&#;",
            "&#x110000;",
            "\\u12",
            "\\uD800",
            "100 % & more",
            "ü%c3",
        ] {
            assert!(!key().is_in(text.as_bytes()), "{text}");
        }
        assert!(!key().is_in(b"\xff\xfe%\xff"));
    }

    #[test]
    fn debug_output_hides_the_key() {
        assert_eq!(format!("{:?}", key()), "ApiKey(…)");
    }

    #[test]
    fn invalid_keys_are_refused_without_a_quote() {
        for (value, expected) in [
            ("S3CRE", "fewer than 8"),
            ("two words", "whitespace"),
            ("line end \n", "whitespace"),
        ] {
            let error = ApiKey::new(value).map_err(|error| error.to_string());
            let error = error.err().unwrap_or_default();
            assert!(error.contains(expected) && !error.contains(value), "{error}");
        }
    }
}
