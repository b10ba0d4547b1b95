//! A secret as it stands within base64, wherever it begins in what was encoded.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// Shorter ones would be found where there is no secret.
const FEWEST_CHARACTERS: usize = 8;

/// The characters that a secret alone decides, for each of the three places in a group of three bytes at which it can
/// begin, in both alphabets.
pub(super) fn base64_forms(secret: &str) -> Vec<Zeroizing<String>> {
    let mut forms = Vec::new();
    for offset in 0..3 {
        let padded = Zeroizing::new([&b"\0\0"[..offset], secret.as_bytes()].concat());
        for engine in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let whole = Zeroizing::new(engine.encode(&*padded));
            // A character that shares bits with what stands before or behind is not the secret's alone.
            let (start, end) = ((offset * 8).div_ceil(6), padded.len() * 8 / 6);
            forms.extend(whole.get(start..end).map(|form| Zeroizing::new(form.to_owned())));
        }
    }
    forms.retain(|form| form.len() >= FEWEST_CHARACTERS);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_wherever_it_stands_in_base64() {
        let secret = "s3cret>?ÿ key";
        let forms = base64_forms(secret);
        for before in ["", "a", "ab", "abc", "user:"] {
            for behind in ["", "z", "yz", "xyz"] {
                let text = format!("{before}{secret}{behind}");
                for encoded in [STANDARD_NO_PAD.encode(&text), URL_SAFE_NO_PAD.encode(&text)] {
                    let found = forms.iter().any(|form| encoded.contains(form.as_str()));
                    assert!(found, "{before} {behind}: {encoded}");
                }
            }
        }
    }

    #[test]
    fn short_secrets_are_not_looked_for() {
        assert!(base64_forms("a1").is_empty());
        assert!(base64_forms("").is_empty());
    }
}
