//! How a secret may look when it shows.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A secret in every form, each with a name. The first characters count as the whole.
pub(crate) fn of(secret: &str) -> Vec<(&'static str, String)> {
    let beginning: String = secret.chars().take(8).collect();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let mut forms = vec![
        ("as it is", secret.to_owned()),
        ("its beginning", beginning.clone()),
        ("its end", secret.chars().skip(8).collect()),
        ("escaped", secret.escape_debug().to_string()),
        ("percent-encoded in lower case", with_lower_case_escapes(&percent)),
        ("percent-encoded as in a form", percent.replace("%20", "+")),
        ("percent-encoded", percent),
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
            forms.push((
                "in base64",
                whole[(offset * 8).div_ceil(6)..padded.len() * 8 / 6].to_owned(),
            ));
        }
    }
    forms
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
