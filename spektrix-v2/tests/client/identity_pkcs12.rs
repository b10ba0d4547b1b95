//! Identities from PKCS#12 files.

use spektrix_v2::Identity;

use crate::identity_files::{assert_is_the_venue, file, line};

#[test]
fn modern_and_old_encryptions_are_read() {
    for name in ["modern.p12", "aes128.p12", "legacy.p12", "3des.p12", "bare.p12"] {
        let identity = Identity::from_pkcs12_file(file(name), "open-sesame").unwrap();
        assert_is_the_venue(&identity, name);
        let bytes = std::fs::read(file(name)).unwrap();
        assert_is_the_venue(&Identity::from_pkcs12(bytes, "open-sesame").unwrap(), name);
    }
}

#[test]
fn errors_name_why_a_file_cannot_be_opened() {
    let cases = [
        (
            "modern.p12",
            "wrong",
            "modern.p12 cannot be opened with this passphrase: look for whitespace",
        ),
        ("legacy.p12", "", "legacy.p12 cannot be opened with this passphrase"),
        (
            "modern.p12",
            "🎭",
            "modern.p12 cannot be opened with this passphrase: look for whitespace",
        ),
        (
            "legacy.p12",
            "🎭",
            "legacy.p12 has an old encryption that is not supported with this passphrase, which contains",
        ),
        (
            "md5-des.p12",
            "open-sesame",
            "md5-des.p12 has an encryption that is not supported, or another",
        ),
        (
            "million-rounds.p12",
            "open-sesame",
            "million-rounds.p12 needs more work to open than is allowed",
        ),
        (
            "no-key.p12",
            "open-sesame",
            "there is no private key in no-key.p12: export it again",
        ),
        (
            "venue.crt",
            "open-sesame",
            "venue.crt is not a PKCS#12 file, or is damaged: read PEM with",
        ),
        (
            "venue.der",
            "open-sesame",
            "venue.der is not a PKCS#12 file, or is damaged: read PEM with `Identity::from_pem_bundle`, check the passphrase",
        ),
    ];
    for (name, passphrase, expected) in cases {
        let error = Identity::from_pkcs12_file(file(name), passphrase).unwrap_err();
        assert!(line(&error).starts_with(expected), "{error}");
        assert!(!format!("{error:?}").contains("sesame"), "{error}");
    }
}

/// Wraps a file in the BER that other software writes: indefinite lengths, the content in chunks, and bytes at the end.
fn in_ber(der: &[u8]) -> Vec<u8> {
    let parts = values(&contents(der));
    let (version, safe, mac) = (&parts[0], values(&contents(&parts[1])), &parts[2]);
    let content = contents(&contents(&safe[1]));
    let chunks: Vec<u8> = content.chunks(100).flat_map(|chunk| tlv(0x04, chunk)).collect();
    let string = indefinite(0x24, &chunks);
    let safe = indefinite(0x30, &[safe[0].clone(), indefinite(0xA0, &string)].concat());
    let mut ber = indefinite(0x30, &[version.clone(), safe, mac.clone()].concat());
    ber.extend(b"\r\n");
    ber
}

fn indefinite(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, 0x80], content, &[0, 0]].concat()
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
}

/// Returns the length of the first value and of its header.
fn lengths(der: &[u8]) -> (usize, usize) {
    match der[1] {
        short @ 0..0x80 => (usize::from(short) + 2, 2),
        digits => {
            let header = 2 + usize::from(digits & 0x7F);
            let length = der[2..header]
                .iter()
                .fold(0, |length, digit| length * 256 + usize::from(*digit));
            (header + length, header)
        }
    }
}

fn contents(der: &[u8]) -> Vec<u8> {
    let (end, header) = lengths(der);
    der[header..end].to_vec()
}

fn values(mut der: &[u8]) -> Vec<Vec<u8>> {
    let mut values = Vec::new();
    while !der.is_empty() {
        let (value, rest) = der.split_at(lengths(der).0);
        values.push(value.to_vec());
        der = rest;
    }
    values
}

#[test]
fn files_in_ber_are_read() {
    for name in ["modern.p12", "legacy.p12", "3des.p12"] {
        let ber = in_ber(&std::fs::read(file(name)).unwrap());
        assert_is_the_venue(&Identity::from_pkcs12(&ber, "open-sesame").unwrap(), name);
        let error = Identity::from_pkcs12(&ber, "wrong").unwrap_err();
        let text = "the PKCS#12 bytes cannot be opened with this passphrase";
        assert!(error.to_string().starts_with(text), "{error}");
    }
}

/// Replaces the MAC by one with PBMAC1 (RFC 9579), which OpenSSL writes from version 3.4 on.
fn with_pbmac1(der: &[u8]) -> Vec<u8> {
    let pkcs = |last: &[u8]| tlv(0x06, &[&[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D][..], last].concat());
    let sequence = |parts: &[&[u8]]| tlv(0x30, &parts.concat());
    let hmac_sha256 = sequence(&[&pkcs(&[2, 9]), &[5, 0]]);
    let pbkdf2 = sequence(&[&tlv(0x04, b"salt"), &[2, 2, 8, 0], &[2, 1, 32], &hmac_sha256]);
    let pbkdf2 = sequence(&[&pkcs(&[1, 5, 12]), &pbkdf2]);
    let pbmac1 = sequence(&[&pkcs(&[1, 5, 14]), &sequence(&[&pbkdf2, &hmac_sha256])]);
    let digest = sequence(&[&pbmac1, &tlv(0x04, &[7; 32])]);
    let mac = indefinite(0x30, &[digest, tlv(0x04, b"NOT USED"), vec![2, 1, 1]].concat());
    let parts = values(&contents(der));
    indefinite(0x30, &[parts[0].clone(), parts[1].clone(), mac].concat())
}

/// The library does not know this MAC. The encrypted contents show whether the passphrase is right.
#[test]
fn a_mac_that_is_unknown_is_not_needed() {
    for name in ["modern.p12", "legacy.p12", "3des.p12"] {
        let file = with_pbmac1(&std::fs::read(file(name)).unwrap());
        assert_is_the_venue(&Identity::from_pkcs12(&file, "open-sesame").unwrap(), name);
        let error = Identity::from_pkcs12(&file, "wrong").unwrap_err();
        let text = "the PKCS#12 bytes has an encryption that is not supported, or another passphrase";
        assert!(error.to_string().starts_with(text), "{error}");
    }
}

#[test]
fn special_passphrases_are_accepted() {
    let cases = [
        ("beyond-bmp.p12", "sésame 🎭"),
        ("empty.p12", ""),
        ("no-passphrase.p12", ""),
    ];
    for (name, passphrase) in cases {
        assert_is_the_venue(&Identity::from_pkcs12_file(file(name), passphrase).unwrap(), name);
        let error = Identity::from_pkcs12_file(file(name), "wrong").unwrap_err();
        assert!(error.to_string().contains("passphrase"), "{error}");
    }
}

#[test]
fn the_advised_command_depends_on_the_encryption() {
    for (name, command) in [
        ("md5-des.p12", "`openssl pkcs12 -legacy -in "),
        ("million-rounds.p12", "`openssl pkcs12 -in "),
    ] {
        let error = Identity::from_pkcs12_file(file(name), "open-sesame").unwrap_err();
        assert!(error.to_string().contains(command), "{error}");
    }
}

#[test]
fn every_truncation_of_a_file_is_an_error() {
    let whole = std::fs::read(file("bare.p12")).unwrap();
    for end in 0..whole.len() {
        assert!(
            Identity::from_pkcs12(&whole[..end], "open-sesame").is_err(),
            "cut at {end}"
        );
    }
}
