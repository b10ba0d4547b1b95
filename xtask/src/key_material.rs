//! Recognises private keys in files that should hold something else, before an error message can quote them.

use anyhow::ensure;

/// The shortest run of base64 that counts as part of a key. The constants on help pages are shorter.
const LONG_RUN: usize = 40;

/// Fails if the bytes look like a PEM file or like the base64 of a key. The error quotes nothing of them.
pub fn refuse(name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    ensure!(
        !is_likely_key(bytes),
        "{name} seems to hold a certificate or a private key, so its content is not shown; check the path"
    );
    Ok(())
}

fn is_likely_key(bytes: &[u8]) -> bool {
    // Without its zero bytes, ASCII in UTF-16 is ASCII.
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&bytes);
    let has_marker = ["-----BEGIN ", "-----END ", "PRIVATE KEY"]
        .iter()
        .any(|marker| text.contains(marker));
    let is_markup = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['<', '{', '[']);
    has_marker || (!is_markup && text.split(|c| !is_base64(c)).any(is_key_like))
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')
}

/// Whether a run of base64 is long and mixed: words and hexadecimal digests are not mixed, paths consist of short words.
fn is_key_like(run: &str) -> bool {
    let has = |of_kind: fn(&u8) -> bool| run.bytes().any(|byte| of_kind(&byte));
    let is_path = || run.split('/').all(|word| word.len() < 28 && !word.contains(['+', '=']));
    run.len() >= LONG_RUN
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && !is_path()
}
