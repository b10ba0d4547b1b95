//! Recognizes private keys in files that should hold something else, before an error message can quote them.

use anyhow::ensure;

/// The shortest run of base64 that counts as part of a key. The constants on help pages are shorter.
const LONG_RUN: usize = 40;

/// The longest name in a path. Longer runs of base64 are not names.
const LONGEST_NAME: usize = 27;

/// Fails if the bytes look like a PEM file or like the base64 of a key. The error does not quote them.
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
    // Examples in XML and JSON may hold base64.
    let is_markup = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with(['<', '{', '[']);
    has_marker || (!is_markup && text.split(|c| !is_base64(c)).any(is_key_like))
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')
}

/// Whether a run of base64 is long and mixed. Words and hexadecimal digests are not mixed, and paths have short names.
fn is_key_like(run: &str) -> bool {
    let has = |of_kind: fn(&u8) -> bool| run.bytes().any(|byte| of_kind(&byte));
    let is_path = || {
        run.split('/')
            .all(|name| name.len() <= LONGEST_NAME && !name.contains(['+', '=']))
    };
    run.len() >= LONG_RUN
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && !is_path()
}

#[cfg(test)]
mod tests {
    use super::is_likely_key;

    #[test]
    fn ordinary_files_are_not_keys() {
        let texts = [
            "The response body is empty.",
            "path = \"help/UpdateCustomerAddresses2/request/example\"",
            "sha256 = \"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"",
            "<Document>MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg</Document>",
            "QmFzZSA2NCBTdHJlYW0=",
        ];
        for text in texts {
            assert!(!is_likely_key(text.as_bytes()), "{text}");
        }
    }
}
