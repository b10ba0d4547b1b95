//! The encodings in which a secret may appear.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Returns a secret in every encoding, with the name of the encoding. Its first characters count as the secret, too.
pub fn of(secret: &str) -> Vec<(&'static str, String)> {
    let beginning: String = secret.chars().take(8).collect();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let mut encodings = vec![
        ("as it is", secret.to_owned()),
        ("its beginning", beginning.clone()),
        ("its end", secret.chars().skip(8).collect()),
        ("escaped", secret.escape_debug().to_string()),
        ("percent-encoded in lower case", with_lower_case_escapes(&percent)),
        ("percent-encoded as in a form", percent.replace("%20", "+")),
        ("percent-encoded twice", percent_encoded(&percent)),
        (
            "percent-encoded three times",
            percent_encoded(&percent_encoded(&percent)),
        ),
        (
            "percent-encoded as UTF-16",
            each(secret, |character| format!("%u{:04X}", u32::from(character))),
        ),
        ("percent-encoded", percent),
        (
            "as decimal references",
            each(secret, |character| format!("&#{};", u32::from(character))),
        ),
        (
            "as padded decimal references",
            each(secret, |character| format!("&#{:07};", u32::from(character))),
        ),
        (
            "as hexadecimal references",
            each(secret, |character| format!("&#x{:x};", u32::from(character))),
        ),
        (
            "as padded hexadecimal references",
            each(secret, |character| format!("&#X{:06X};", u32::from(character))),
        ),
        (
            "as references without semicolons",
            each(secret, |character| format!("&#{}", u32::from(character))),
        ),
        (
            "as references, escaped again",
            each(secret, |character| format!("&amp;#{};", u32::from(character))),
        ),
        (
            "as JSON escapes",
            each(secret, |character| format!("\\u{:04x}", u32::from(character))),
        ),
        (
            "as Rust escapes",
            each(secret, |character| format!("\\u{{{:x}}}", u32::from(character))),
        ),
        ("in JSON", json(secret)),
        (
            "in markup",
            secret.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"),
        ),
        ("as a list of bytes", numbers(beginning.as_bytes())),
        ("in hexadecimal", hexadecimal(beginning.as_bytes())),
    ];
    for offset in 0..3 {
        let padded = [&b"\0\0"[..offset], secret.as_bytes()].concat();
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            let whole = engine.encode(&padded);
            encodings.push((
                "in base64",
                whole[(offset * 8).div_ceil(6)..padded.len() * 8 / 6].to_owned(),
            ));
        }
    }
    encodings
}

fn percent_encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Encodes every character.
fn each(text: &str, write: fn(char) -> String) -> String {
    text.chars().map(write).collect()
}

/// Escapes everything but letters and digits, as some JSON encoders do.
fn json(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric();
    let written = text.chars().map(|character| {
        if is_plain(character) {
            character.to_string()
        } else {
            format!("\\u{:04X}", u32::from(character))
        }
    });
    written.collect()
}

fn with_lower_case_escapes(percent: &str) -> String {
    let mut parts = percent.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    let escapes = parts.map(|part| format!("%{}{}", part[..2].to_lowercase(), &part[2..]));
    first + &escapes.collect::<String>()
}

fn numbers(bytes: &[u8]) -> String {
    let numbers: Vec<_> = bytes.iter().map(u8::to_string).collect();
    numbers.join(", ")
}

fn hexadecimal(bytes: &[u8]) -> String {
    let pairs: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.concat()
}
