//! Private keys and certificates whose PEM is damaged: no error, `Debug` output or log line shows a part of them.
//!
//! The key is the canary. Each row of the table is a kind of damage that happens to real files: in an editor, in an
//! environment variable, in a template, or in a copy. Every row is tested with every way of reading PEM.

use std::path::Path;
use std::process::Command;

use spektrix_v2::{Client, Error, Identity};

use super::{Log, listen};
use crate::authority::{Authority, Issued};
use spektrix_v2_test_support::canary::{encodings, everything_printed};

const CHILD: &str = "SPEKTRIX_TEST_READS_ENVIRONMENT";

/// A way to damage a file in PEM form.
type Damage = fn(&str) -> Vec<u8>;

/// The kinds of damage, each with a name.
pub(crate) const DAMAGES: [(&str, Damage); 40] = [
    ("line ends lost", |pem| pem.replace('\n', "").into()),
    ("line ends lost, all but the last", |pem| {
        format!("{}\n", pem.replace('\n', "")).into()
    }),
    ("line ends became spaces", |pem| pem.replace('\n', " ").into()),
    ("line ends became tabs", |pem| pem.replace('\n', "\t").into()),
    ("line ends became `\\n`", |pem| pem.replace('\n', "\\n").into()),
    ("line ends became `\\r\\n`", |pem| pem.replace('\n', "\\r\\n").into()),
    ("line ends became commas", |pem| pem.replace('\n', ",").into()),
    ("line ends became carriage returns", |pem| {
        pem.replace('\n', "\r").into()
    }),
    ("all whitespace lost", |pem| {
        pem.split_whitespace().collect::<String>().into()
    }),
    ("END line missing", |pem| pem[..pem.find("-----END").unwrap()].into()),
    ("END line missing, another part follows", |pem| {
        let end = pem.find("-----END").unwrap();
        format!("{}{pem}", &pem[..end]).into()
    }),
    ("BEGIN line missing", |pem| pem[pem.find('\n').unwrap()..].into()),
    ("BEGIN and END lines missing", |pem| body(pem).into()),
    ("only the BEGIN line", |pem| pem[..=pem.find('\n').unwrap()].into()),
    ("cut in the middle of a line", |pem| pem[..pem.len() / 2].into()),
    ("cut in the END line", |pem| pem[..pem.len() - 4].into()),
    ("characters that are not base64", |pem| pem.replace('A', "*").into()),
    ("one character that is not base64", |pem| {
        change_body(pem, |body| body.replacen('A', "!", 1))
    }),
    ("one character lost", |pem| {
        change_body(pem, |body| body.replacen('A', "", 1))
    }),
    ("one line lost", |pem| {
        change_body(pem, |body| body.split_once('\n').unwrap().1.into())
    }),
    ("one character changed", |pem| {
        change_body(pem, |body| body.replacen('A', "B", 1))
    }),
    ("base64 of URLs", |pem| {
        change_body(pem, |body| body.replace('+', "-").replace('/', "_"))
    }),
    ("percent-encoded", |pem| {
        change_body(pem, |body| body.replace('+', "%2B").replace('/', "%2F"))
    }),
    ("a colon in the body", |pem| {
        change_body(pem, |body| body.replacen('A', ":", 1))
    }),
    ("BEGIN line of four hyphens", |pem| {
        pem.replacen("-----BEGIN", "----BEGIN", 1).into()
    }),
    ("BEGIN line without its end", |pem| {
        pem.replacen("KEY-----", "KEY", 1)
            .replacen("CATE-----", "CATE", 1)
            .into()
    }),
    ("BEGIN line with dashes", |pem| {
        pem.replacen("-----", "\u{2013}\u{2013}\u{2014}", 2).into()
    }),
    ("BEGIN line in lower case", |pem| {
        pem.replacen("BEGIN", "begin", 1).into()
    }),
    ("BEGIN line joined with the body", |pem| {
        pem.replacen('\n', "", 1).into()
    }),
    ("BEGIN line indented", |pem| {
        pem.replace("-----BEGIN", "    -----BEGIN").into()
    }),
    ("END line of another label", |pem| {
        pem.replace("-----END ", "-----END RSA ").into()
    }),
    ("another label", |pem| pem.replace("PRIVATE KEY", "CERTIFICATE").into()),
    ("an unknown label", |pem| {
        pem.replace("PRIVATE KEY", "SECRET")
            .replace("CERTIFICATE", "PAPER")
            .into()
    }),
    ("the label of an encrypted key", |pem| {
        pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY").into()
    }),
    ("the key as its label", |pem| {
        pem.replace("PRIVATE KEY", body(pem).lines().next().unwrap()).into()
    }),
    ("quoted", |pem| format!("KEY=\"{}\"", pem.trim_end()).into()),
    ("marked as quoted mail", |pem| {
        format!("> {}", pem.replace('\n', "\n> ")).into()
    }),
    ("two byte order marks", |pem| format!("\u{FEFF}\u{FEFF}{pem}").into()),
    ("UTF-16", |pem| [&[0xFF, 0xFE][..], &utf_16(pem)].concat()),
    ("UTF-16 without a byte order mark", utf_16),
];

/// The lines between the BEGIN and the END line.
fn body(pem: &str) -> &str {
    let start = pem.find('\n').unwrap() + 1;
    &pem[start..pem.find("-----END").unwrap()]
}

fn change_body(pem: &str, change: fn(&str) -> String) -> Vec<u8> {
    pem.replace(body(pem), &change(body(pem))).into()
}

fn utf_16(pem: &str) -> Vec<u8> {
    pem.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether a string shows any line of the base64 of a key, or its bytes, in any form.
#[track_caller]
pub(crate) fn assert_hides_key(text: &str, key: &str, context: &str) {
    for line in body(key).lines().filter(|line| line.len() > 10) {
        let wide: Vec<_> = utf_16(&line[..8]).iter().map(u8::to_string).collect();
        let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, line).unwrap();
        let decoded: Vec<_> = decoded[..8].iter().map(u8::to_string).collect();
        let mut encodings = encodings::of(line);
        encodings.push(("as bytes of UTF-16", wide.join(", ")));
        encodings.push(("as bytes of DER", decoded.join(", ")));
        for (how, form) in encodings {
            assert!(
                !text.contains(&form),
                "{context}: the key shows, {how}: {form} in:\n{text}"
            );
        }
    }
}

/// Everything that reading this material prints, in every way of reading it.
fn read_everywhere(material: &[u8], authority: &Authority, good: &Issued) -> Vec<(&'static str, String)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("material.pem");
    std::fs::write(&file, material).unwrap();
    let certificate = folder.path().join("good.crt");
    std::fs::write(&certificate, &good.certificate).unwrap();
    let after = |first: &str| [first.as_bytes(), material].concat();
    let trusting = |roots: Vec<u8>| {
        let builder = Client::builder("venue")
            .api_key(super::API_KEY)
            .base_url("https://localhost/");
        let builder = builder.trust_only(roots);
        let shown = format!("{builder:?}");
        shown + &printed(builder.build())
    };
    let mut read = vec![
        ("the key", printed(Identity::from_pem(&good.certificate, material))),
        ("the certificate", printed(Identity::from_pem(material, &good.key))),
        ("both", printed(Identity::from_pem(material, material))),
        ("a bundle", printed(Identity::from_pem_bundle(material))),
        (
            "a bundle after a certificate",
            printed(Identity::from_pem_bundle(after(&good.certificate))),
        ),
        (
            "the file of the key",
            printed(Identity::from_files(&certificate, &file)),
        ),
        ("the file of both", printed(Identity::from_files(&file, &file))),
        ("trusted roots", trusting(material.to_vec())),
        ("trusted roots after a root", trusting(after(&authority.root_pem()))),
    ];
    #[cfg(feature = "encrypted-keys")]
    read.push((
        "the key with a passphrase",
        printed(Identity::from_pem_with_passphrase(
            &good.certificate,
            material,
            "sesame",
        )),
    ));
    #[cfg(feature = "pkcs12")]
    read.push(("PKCS#12", printed(Identity::from_pkcs12(material, "sesame"))));
    read
}

fn printed<T: std::fmt::Debug>(result: Result<T, Error>) -> String {
    match result {
        Ok(value) => format!("{value:?}\n{value:#?}"),
        Err(error) => everything_printed(&error),
    }
}

#[test]
fn no_way_of_reading_a_damaged_key_shows_it() {
    let log = listen();
    let authority = Authority::new("a root");
    // One key in a hundred is the same in the base64 of URLs.
    let mut good = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    while !good.key.contains(['+', '/']) {
        good = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    }
    let key = good.key.clone();
    for (name, damage) in DAMAGES {
        let material = damage(&key);
        assert_ne!(material, key.as_bytes(), "{name} changes nothing");
        for (way, printed) in read_everywhere(&material, &authority, &good) {
            assert_hides_key(&printed, &key, &format!("{name}, read as {way}"));
        }
    }
    assert_hides_key(&log.text(), &key, "the log");
}

#[test]
fn no_way_of_reading_a_damaged_certificate_shows_it() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let authority = Authority::new("a root");
    let good = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    for (name, damage) in DAMAGES {
        for (way, printed) in read_everywhere(&damage(&good.certificate), &authority, &good) {
            assert_hides_key(&printed, &good.certificate, &format!("{name}, read as {way}"));
        }
    }
    assert_hides_key(&log.text(), &good.certificate, "the log");
}

/// Runs itself once for each kind of damage and variable: a process reads its environment as it was when it started.
#[test]
fn no_variable_that_names_a_damaged_key_shows_it() {
    if std::env::var_os(CHILD).is_some() {
        return print(&printed(Client::from_env()));
    }
    let authority = Authority::new("a root");
    let good = authority.client_pem((2000, 1, 1), (2500, 1, 1));
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let certificate = file("good.crt", good.certificate.as_bytes());
    let key = file("good.key", good.key.as_bytes());
    for (index, (name, damage)) in DAMAGES.into_iter().enumerate() {
        let damaged = file(&format!("damaged-{index}.pem"), &damage(&good.key));
        let cases: [(&str, [&Path; 3]); 3] = [
            ("SPEKTRIX_CERT", [&damaged, &key, &certificate]),
            ("SPEKTRIX_KEY", [&certificate, &damaged, &certificate]),
            ("SPEKTRIX_CA", [&certificate, &key, &damaged]),
        ];
        for (variable, files) in cases {
            let printed = printed_by_child(files);
            assert_hides_key(&printed, &good.key, &format!("{name}, in {variable}"));
        }
    }
}

#[expect(clippy::print_stdout, reason = "the parent process reads it")]
fn print(text: &str) {
    println!("{text}");
}

/// Returns what a process prints that sets up a client from these files: certificate, key, and trusted roots.
fn printed_by_child(files: [&Path; 3]) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "--nocapture"]);
    child.arg("canary::damaged_pem::no_variable_that_names_a_damaged_key_shows_it");
    child
        .env(CHILD, "1")
        .env("SPEKTRIX_CLIENT", "venue")
        .env("SPEKTRIX_API_KEY", super::API_KEY);
    child.envs(["SPEKTRIX_CERT", "SPEKTRIX_KEY", "SPEKTRIX_CA"].into_iter().zip(files));
    let output = child.output().unwrap();
    let printed = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let printed = printed.concat();
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
    printed
}
