//! Tests of `spektrix cert`, whose files are compared with openssl.

use crate::program::{Folder, has_openssl};

const REQUEST: [&str; 8] = [
    "cert",
    "request",
    "--client",
    "playhouse",
    "--organisation",
    "The Play/house, Ltd",
    "--email",
    "web@example.org",
];

/// A folder with `venue-2026.key`, `.csr`, and `.crt` that a test authority has signed.
fn signed(days: u32) -> Folder {
    let folder = Folder::new();
    let arguments: Vec<_> = REQUEST.into_iter().chain(["--year", "2026"]).collect();
    folder.spektrix(&arguments).success();
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=Authority -days 900");
    let sign = "x509 -req -in playhouse-2026.csr -CA ca.crt -CAkey ca.key -out playhouse-2026.crt -days ";
    folder.openssl(&format!("{sign}{days}"));
    folder
}

#[test]
fn requests_have_the_documented_subject_and_names() {
    if !has_openssl() {
        return;
    }
    let folder = Folder::new();
    let arguments: Vec<_> = REQUEST
        .into_iter()
        .chain(["--agency", "acme", "--year", "2031"])
        .collect();
    let steps = folder.spektrix(&arguments).success();
    assert!(
        steps.contains("spektrix cert match playhouse-acme-2031.crt playhouse-acme-2031.key"),
        "{steps}"
    );
    let request =
        folder.openssl("req -in playhouse-acme-2031.csr -noout -subject -verify -text -nameopt RFC2253,esc_2253");
    for expected in [
        r"emailAddress=web@example.org,CN=playhouse,O=The Play/house\, Ltd",
        "self-signature verify OK",
        "(2048 bit)",
        "sha256WithRSAEncryption",
    ] {
        assert!(request.contains(expected), "{expected}: {request}");
    }
    folder.openssl("pkey -in playhouse-acme-2031.key -check -noout");
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_a_key() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    let arguments: Vec<_> = REQUEST.into_iter().chain(["--year", "2026"]).collect();
    folder.spektrix(&arguments).success();
    let mode = |name| folder.file(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("playhouse-2026.key"), mode("playhouse-2026.csr")), (0o600, 0o644));
}

#[test]
fn no_file_is_overwritten() {
    if !has_openssl() {
        return;
    }
    let folder = signed(300);
    let table: [(&str, &[&str]); 4] = [
        ("playhouse-2026.key", &[&REQUEST[..], &["--year", "2026"]].concat()),
        (
            "a.pem",
            &[
                "cert",
                "bundle",
                "playhouse-2026.crt",
                "playhouse-2026.key",
                "--out",
                "a.pem",
            ],
        ),
        (
            "a.pfx",
            &[
                "cert",
                "to-pfx",
                "playhouse-2026.crt",
                "playhouse-2026.key",
                "--out",
                "a.pfx",
                "--passphrase-env",
                "PASSPHRASE",
            ],
        ),
        (
            "a.key",
            &[
                "cert",
                "from-pfx",
                "b.pfx",
                "--out-cert",
                "b.crt",
                "--out-key",
                "a.key",
                "--passphrase-env",
                "PASSPHRASE",
            ],
        ),
    ];
    for (file, arguments) in table {
        folder.write(file, "mine");
        folder
            .spektrix(arguments)
            .fails(1, &format!("{file} exists, and is not overwritten"));
        assert_eq!(std::fs::read_to_string(folder.file(file)).unwrap(), "mine", "{file}");
    }
    // Neither half of a pair is left behind.
    assert!(!folder.file("b.crt").exists());
}

#[test]
fn converted_files_are_read_by_openssl_and_back() {
    if !has_openssl() {
        return;
    }
    let folder = signed(300);
    folder.openssl("rsa -in playhouse-2026.key -traditional -out traditional.key");
    folder.openssl("pkcs8 -topk8 -in playhouse-2026.key -out encrypted.key -passout env:PASSPHRASE");
    let table = [
        ("PKCS#8", "playhouse-2026.key", "modern", "AES-256-CBC"),
        ("PKCS#1", "traditional.key", "modern", "AES-256-CBC"),
        ("an encrypted key", "encrypted.key", "modern", "AES-256-CBC"),
        (
            "old Windows",
            "playhouse-2026.key",
            "legacy",
            "pbeWithSHA1And3-KeyTripleDES-CBC",
        ),
    ];
    for (number, (name, key, form, cipher)) in table.into_iter().enumerate() {
        let [pfx, crt, new_key] = ["pfx", "crt", "key"].map(|extension| format!("{number}.{extension}"));
        let mut arguments = vec!["cert", "to-pfx", "playhouse-2026.crt", key, "--out", &pfx];
        arguments.extend(["--passphrase-env", "PASSPHRASE"]);
        arguments.extend((form == "legacy").then_some("--legacy"));
        folder.spektrix(&arguments).success();
        let info = folder.openssl(&format!("pkcs12 -in {pfx} -legacy -passin env:PASSPHRASE -info -nodes"));
        assert!(info.contains(cipher), "{name}: {info}");
        assert!(
            info.contains("BEGIN PRIVATE KEY") && info.contains("CN = playhouse"),
            "{name}: {info}"
        );

        let mut arguments = vec!["cert", "from-pfx", &pfx, "--out-cert", &crt, "--out-key", &new_key];
        arguments.extend(["--passphrase-env", "PASSPHRASE"]);
        folder.spektrix(&arguments).success();
        let arguments = ["cert", "match", &crt, &new_key, "playhouse-2026.csr"];
        assert_eq!(
            folder.spektrix(&arguments).success(),
            "The files belong together.\n",
            "{name}"
        );
    }
}

#[test]
fn bundles_hold_the_certificate_and_then_the_key() {
    if !has_openssl() {
        return;
    }
    let folder = signed(300);
    let arguments = [
        "cert",
        "bundle",
        "playhouse-2026.crt",
        "playhouse-2026.key",
        "--out",
        "both.pem",
    ];
    folder.spektrix(&arguments).success();
    let parts = folder.spektrix(&["cert", "show", "both.pem"]).success();
    let kinds: Vec<_> = parts.lines().filter(|line| line.starts_with("both.pem")).collect();
    assert_eq!(kinds, ["both.pem: certificate", "both.pem: private key"]);
}

#[test]
fn checks_have_the_exit_codes_of_nagios() {
    if !has_openssl() {
        return;
    }
    let folder = signed(20);
    folder.write("empty.crt", "");
    let table = [
        (
            "enough time",
            "playhouse-2026.crt",
            "10",
            0,
            "CERTIFICATE OK - playhouse: ",
        ),
        (
            "less than asked for",
            "playhouse-2026.crt",
            "30",
            1,
            "CERTIFICATE WARNING - playhouse: ",
        ),
        (
            "an empty file",
            "empty.crt",
            "30",
            3,
            "CERTIFICATE UNKNOWN - cannot read empty.crt",
        ),
        ("a request", "playhouse-2026.csr", "30", 3, "has no certificate"),
        (
            "no file",
            "missing.crt",
            "30",
            3,
            "CERTIFICATE UNKNOWN - cannot read missing.crt",
        ),
    ];
    for (name, file, days, code, line) in table {
        let outcome = folder.spektrix(&["cert", "check", file, "--days", days]);
        assert!(outcome.stdout.contains(line), "{name}: {}", outcome.stdout);
        assert_eq!(outcome.code, code, "{name}");
    }
}

#[test]
fn invalid_files_and_arguments_are_refused() {
    if !has_openssl() {
        return;
    }
    let folder = signed(300);
    folder.write("text.crt", "not a certificate");
    folder.write(
        "damaged.crt",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    folder.write("large.crt", &"x".repeat(2 * 1024 * 1024));
    let table: [(&str, &[&str], i32, &str); 8] = [
        (
            "another key",
            &["cert", "match", "ca.crt", "playhouse-2026.key"],
            6,
            "does not belong to",
        ),
        ("text", &["cert", "show", "text.crt"], 6, "it has no certificate"),
        (
            "a damaged part",
            &["cert", "show", "damaged.crt"],
            6,
            "part 1 is damaged",
        ),
        (
            "a large file",
            &["cert", "show", "large.crt"],
            6,
            "larger than one megabyte",
        ),
        ("a folder", &["cert", "show", "."], 6, "cannot read ."),
        (
            "a key that does not belong",
            &["cert", "bundle", "playhouse-2026.crt", "ca.key", "--out", "x.pem"],
            6,
            "does not belong",
        ),
        (
            "no passphrase",
            &[
                "cert",
                "to-pfx",
                "playhouse-2026.crt",
                "playhouse-2026.key",
                "--out",
                "x.pfx",
            ],
            2,
            "a passphrase is needed",
        ),
        (
            "a path as a name",
            &[
                "cert",
                "request",
                "--client",
                "../x",
                "--organisation",
                "o",
                "--email",
                "a@b.c",
            ],
            2,
            "becomes part of a file name",
        ),
    ];
    for (name, arguments, code, message) in table {
        println!("{name}");
        folder.spektrix(arguments).fails(code, message);
    }
    assert!(!folder.file("x.pem").exists() && !folder.file("x.pfx").exists());
}
