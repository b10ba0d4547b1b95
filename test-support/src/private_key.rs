//! A private key for one test, the ways in which such a file is damaged, and a search for parts of it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair};

/// How many consecutive characters of the key count as a leak.
const LEAK: usize = 8;

/// A certificate and its key.
pub struct Canary {
    /// The certificate, in PEM.
    pub certificate: String,
    /// The private key, in PEM.
    pub key: String,
}

impl Canary {
    /// Creates a new key, and a certificate for it.
    pub fn generate() -> Self {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(["venue".to_owned()]).unwrap();
        Self {
            certificate: parameters.self_signed(&key).unwrap().pem(),
            key: key.serialize_pem(),
        }
    }

    /// Returns the key in every damaged form, with the name of the damage.
    pub fn damaged_keys(&self) -> Vec<(&'static str, Vec<u8>)> {
        let key = self.key.trim_end();
        let body = self.body();
        let bad_character = |character: &str| key.replacen(&body[40..41], character, 1);
        let texts = [
            ("line ends lost", key.replace('\n', "")),
            ("line ends are spaces", key.replace('\n', " ")),
            ("line ends are \\n as text", key.replace('\n', "\\n")),
            ("line ends are \\r\\n as text", key.replace('\n', "\\r\\n")),
            ("end line lost", key.replace("-----END PRIVATE KEY-----", "")),
            ("begin line lost", key.replace("-----BEGIN PRIVATE KEY-----\n", "")),
            ("both lines lost", body.clone()),
            ("begin line joined to the base64", key.replacen("-----\n", "-----", 1)),
            ("end line joined to the base64", key.replace("\n-----END", "-----END")),
            ("begin line with a dash too few", key.replacen("KEY-----", "KEY----", 1)),
            ("not base64", bad_character("!")),
            ("not ASCII", bad_character("ü")),
            ("typographic dashes", key.replace("-----", "—————")),
            (
                "begin label changed",
                key.replacen("BEGIN PRIVATE KEY", "BEGIN PRIVAT KEY", 1),
            ),
            (
                "end label changed",
                key.replace("END PRIVATE KEY", "END RSA PRIVATE KEY"),
            ),
            ("both labels changed", key.replace("PRIVATE KEY", "CERTIFICATE")),
            ("truncated", key[..key.len() / 2].to_owned()),
            ("quoted", format!("\"{}\"", key.replace('\n', "\\n"))),
            ("indented", key.replace('\n', "\n    ")),
            ("base64 of the file", STANDARD.encode(key)),
        ];
        let mut forms: Vec<_> = texts
            .into_iter()
            .map(|(damage, text)| (damage, text.into_bytes()))
            .collect();
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{key}").encode_utf16().flat_map(to_bytes).collect()
        };
        forms.push(("UTF-16, little endian", utf16(u16::to_le_bytes)));
        forms.push(("UTF-16, big endian", utf16(u16::to_be_bytes)));
        forms
    }

    /// Returns the base64 of the key, without line ends.
    fn body(&self) -> String {
        self.key.lines().filter(|line| !line.starts_with("-----")).collect()
    }

    /// Returns the first part of the key that the output contains: as it is, in UTF-16, in base64, or as numbers.
    pub fn leak_in(&self, output: &[u8]) -> Option<String> {
        let mut text = String::from_utf8_lossy(output).replace('\0', "");
        let body = self.body();
        // Line ends of the key may have been replaced.
        for line_end in ["\\r", "\\n", "\r", "\n"] {
            text = text.replace(line_end, "");
        }
        let encoded = STANDARD.encode(self.key.trim_end());
        let spellings = |part: &str| {
            let numbers = |number: fn(&u8) -> String, separator: &str| {
                part.bytes()
                    .map(|byte| number(&byte))
                    .collect::<Vec<_>>()
                    .join(separator)
            };
            [
                part.to_owned(),
                numbers(u8::to_string, ", "),
                numbers(u8::to_string, ","),
                numbers(|byte| format!("{byte:02x}"), ""),
                numbers(|byte| format!("{byte:02X}"), ""),
            ]
        };
        let parts = [&body, &encoded].into_iter().flat_map(|key| windows(key));
        parts.flat_map(spellings).find(|part| text.contains(part))
    }
}

fn windows(text: &str) -> impl Iterator<Item = &str> {
    (0..text.len().saturating_sub(LEAK)).map(move |start| &text[start..start + LEAK])
}

#[test]
fn leaks_are_found_in_every_spelling() {
    let canary = Canary::generate();
    let forms = canary.damaged_keys();
    assert!(forms.len() > 20);
    for (damage, key) in &forms {
        assert!(canary.leak_in(key).is_some(), "{damage}");
        let numbers = format!("{key:?}").replace(", 0", "").replace("0, ", "");
        assert!(canary.leak_in(numbers.as_bytes()).is_some(), "{damage}");
    }
    assert_eq!(canary.leak_in(b"a section has no END line"), None);
}
