//! Tests that compare the guide with the code: it lists every message about certificates, and every predicate.

use crate::predicates::documented;

const CERTIFICATES: &str = include_str!("../../docs/certificates.md");
const ERRORS: &str = include_str!("../../docs/errors.md");

/// The files with the messages that the page on certificates explains.
const SOURCES: [&str; 14] = [
    include_str!("../../src/identity/certificate.rs"),
    include_str!("../../src/identity/chain.rs"),
    include_str!("../../src/identity/encrypted_key.rs"),
    include_str!("../../src/identity/encrypted_key_errors.rs"),
    include_str!("../../src/identity/mod.rs"),
    include_str!("../../src/identity/pkcs12.rs"),
    include_str!("../../src/identity/private_key.rs"),
    include_str!("../../src/identity/validity.rs"),
    include_str!("../../src/pem/diagnostics.rs"),
    include_str!("../../src/pem/source.rs"),
    include_str!("../../src/reqwest_transport/tls.rs"),
    include_str!("../../src/client/builder.rs"),
    include_str!("../../src/transport/error.rs"),
    include_str!("../../src/error/fault.rs"),
];

/// Returns the first column of the tables of messages, as far as it is code.
fn messages() -> Vec<&'static str> {
    let section = CERTIFICATES.split("# Troubleshooting").nth(1).unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.map(|row| row.split('`').next().unwrap()).collect()
}

#[test]
fn every_explained_message_is_in_the_code() {
    let sources = SOURCES.concat();
    let messages = messages();
    assert!(messages.len() > 20, "{messages:?}");
    for message in messages {
        assert!(sources.contains(message), "{message}");
    }
}

#[test]
fn every_message_about_certificates_is_explained() {
    let calls = SOURCES.iter().flat_map(|source| {
        let calls = source.split("Error::identity(").skip(1);
        calls.chain(source.split("source.error(").skip(1))
    });
    let messages: Vec<_> = calls
        .filter_map(first_literal)
        .filter(|text| !text.contains("{problem}") && !text.contains("{what}"))
        .collect();
    assert!(messages.len() > 8, "{messages:?}");
    for message in messages {
        assert!(is_explained(message), "{message}");
    }
}

/// Returns whether a row contains one of the parts of a message between its placeholders.
fn is_explained(text: &str) -> bool {
    let parts = text.split(['{', '}']).map(|part| part.trim_matches([' ', ':']));
    let mut parts = parts.filter(|part| part.len() > 12);
    parts.any(|part| {
        messages()
            .iter()
            .any(|message| message.contains(part) || part.contains(message))
    })
}

/// Returns the string literal that the arguments of a call begin with, in `format!` or not.
fn first_literal(arguments: &'static str) -> Option<&'static str> {
    let start = arguments.trim_start();
    let start = start.strip_prefix("format!(").unwrap_or(start).trim_start();
    start.strip_prefix('"')?.split('"').next()
}

#[test]
fn every_predicate_is_in_the_table_of_errors() {
    for (name, _) in documented() {
        let link = format!("[`is_{name}`](crate::Error::is_{name})");
        assert!(ERRORS.contains(&link), "is_{name}");
    }
}
