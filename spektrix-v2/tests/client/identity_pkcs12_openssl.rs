//! Identities from PKCS#12 files that OpenSSL writes while the test runs: each algorithm of the MAC and of the encryption,
//! and passphrases that software treats in different ways.

use std::path::Path;
use std::process::Command;

use spektrix_v2::Identity;

use crate::identity_files::{assert_is_the_venue, file, line};

/// Returns the path of a file that OpenSSL writes; `None` if OpenSSL is not installed, or cannot do what the options ask for.
fn written(folder: &Path, options: &str, passphrase: &str) -> Option<std::path::PathBuf> {
    let path = folder.join("venue.p12");
    let output = Command::new("openssl")
        .args(["pkcs12", "-export", "-inkey"])
        .arg(file("plain.key"))
        .arg("-in")
        .arg(file("venue.crt"))
        .arg("-out")
        .arg(&path)
        .arg("-passout")
        .arg(format!("pass:{passphrase}"))
        .args(options.split_whitespace())
        .output();
    match output {
        Ok(output) if output.status.success() => Some(path),
        Ok(output) => {
            did_not_run(options, String::from_utf8_lossy(&output.stderr).trim());
            None
        }
        Err(error) => {
            did_not_run(options, &error.to_string());
            None
        }
    }
}

#[expect(clippy::print_stderr, reason = "a case that did not run must not look as if it had")]
fn did_not_run(options: &str, why: &str) {
    eprintln!("did not run: openssl pkcs12 -export {options}: {why}");
}

const MODERN: &str = "-keypbe AES-256-CBC -certpbe AES-256-CBC";
const TRIPLE_DES: &str = "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES";

#[test]
fn every_mac_and_encryption_in_use_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let macs = [
        "-macalg sha1",
        "-macalg sha224",
        "-macalg sha256",
        "-macalg sha384",
        "-macalg sha512",
        "-macalg sha512-256",
        // The library does not know these, and the contents show whether the passphrase is right.
        "-macalg md5",
        "-macalg sha3-256",
        "-pbmac1_pbkdf2 -pbmac1_pbkdf2_md sha512 -macalg sha512",
        "-nomac",
    ];
    let encryptions = [
        MODERN,
        TRIPLE_DES,
        "-keypbe AES-128-CBC -certpbe AES-192-CBC",
        "-keypbe DES-EDE3-CBC -certpbe DES-EDE3-CBC",
        "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40 -legacy",
        "-keypbe AES-256-CBC -certpbe NONE",
    ];
    let with_each_mac = macs.map(|mac| format!("{mac} {MODERN}"));
    let with_each_encryption = encryptions.map(str::to_owned);
    // What Windows 10 and later write with each of their two settings.
    let of_windows = ["-macalg sha1 ", "-macalg sha256 "].map(|mac| format!("{mac} {TRIPLE_DES} -LMK -name venue"));
    let all = with_each_mac.iter().chain(&with_each_encryption).chain(&of_windows);
    for options in all {
        let Some(path) = written(folder.path(), options, "open-sesame") else {
            continue;
        };
        assert_is_the_venue(&Identity::from_pkcs12_file(&path, "open-sesame").unwrap(), options);
        let error = Identity::from_pkcs12_file(&path, "wrong").unwrap_err();
        assert!(error.to_string().contains("passphrase"), "{options}: {error}");
    }
}

#[test]
fn passphrases_of_every_kind_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let long = "open-sesame ".repeat(20);
    // The key of an old encryption is derived from UTF-16, which the library limits to characters of two bytes.
    let cases = [
        ("", true),
        (" open sesame ", true),
        ("sésame ☃", true),
        ("sésame 🎭", false),
        (long.trim_end(), true),
    ];
    for (passphrase, with_old_encryption) in cases {
        for (options, opens) in [(MODERN, true), (TRIPLE_DES, with_old_encryption)] {
            let Some(path) = written(folder.path(), options, passphrase) else {
                continue;
            };
            let read = Identity::from_pkcs12_file(&path, passphrase);
            match read {
                Ok(identity) if opens => assert_is_the_venue(&identity, options),
                Err(error) if !opens => {
                    let message = error.to_string();
                    assert!(message.contains("characters beyond U+FFFF: convert it"), "{message}");
                    assert!(message.contains("`openssl pkcs12 -legacy -in"), "{message}");
                }
                other => panic!("{passphrase:?} {options}: {other:?}"),
            }
        }
    }
}

#[test]
fn what_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (
            "-keypbe PBE-SHA1-RC4-128 -certpbe PBE-SHA1-RC4-128 -legacy",
            "has an encryption that is not supported, or another passphrase: convert it to PEM with `openssl pkcs12 -legacy",
        ),
        (
            "-keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC2-128 -legacy",
            "has an encryption that is not supported, or another passphrase: convert it to PEM with `openssl pkcs12 -legacy",
        ),
        ("-nokeys", "there is no private key in"),
        ("-nocerts", "there is no certificate in"),
    ];
    for (options, expected) in cases {
        let Some(path) = written(folder.path(), options, "open-sesame") else {
            continue;
        };
        let error = Identity::from_pkcs12_file(&path, "open-sesame").unwrap_err();
        assert!(line(&error).contains(expected), "{options}: {error}");
    }
}

/// OpenSSL 3 opens a file with an old encryption only with an option, whatever is wrong with the passphrase.
#[test]
fn the_advised_command_opens_the_file() {
    for (name, options) in [("legacy.p12", " -legacy"), ("3des.p12", " -legacy"), ("modern.p12", "")] {
        let path = file(name);
        let error = Identity::from_pkcs12_file(&path, "wrong").unwrap_err();
        let command = format!("`openssl pkcs12{options} -in {} -nodes", path.display());
        assert!(error.to_string().contains(&command), "{error}");
        let mut openssl = Command::new("openssl");
        openssl.arg("pkcs12").args(options.split_whitespace());
        openssl.arg("-in").arg(&path);
        openssl.args(["-nodes", "-passin", "pass:open-sesame"]);
        match openssl.output() {
            Ok(output) => assert!(output.status.success(), "{name}: {output:?}"),
            Err(error) => did_not_run(name, &error.to_string()),
        }
    }
}
