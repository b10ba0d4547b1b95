//! Tests what may precede and follow the root: byte order marks, encodings, declarations, other documents.

use spektrix_v2::runtime::Body;

use crate::support::{BANDS, bands, check, on_a_small_stack, read};
use spektrix_v2::Band;

#[test]
fn only_markup_may_precede_the_root() {
    check(
        &[
            ("\u{feff}<Bands/>", "[]"),
            ("<?xml version=\"1.0\" encoding=\"utf-8\"?><Bands/>", "[]"),
            (
                "\u{feff}<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n<!-- a --><?b c?>\n<Bands/>",
                "[]",
            ),
            ("<?xml version=\"1.1\"?><Bands/>", "[]"),
            ("<?xml version=\"1.0\" encoding=\"utf8\"?><Bands/>", "[]"),
            ("<?xml version=\"1.0\" encoding=\"us-ascii\"?><Bands/>", "[]"),
            ("<?xml?><Bands/>", "[]"),
            // XML requires the declaration first. Whitespace before it does no harm.
            ("\n <?xml version=\"1.0\"?><Bands/>", "[]"),
            // Read as UTF-8, so it is not in UTF-16.
            ("<?xml version=\"1.0\" encoding=\"utf-16\"?><Bands/>", "[]"),
            // They have ASCII in common with UTF-8, and other text in them is not valid UTF-8.
            ("<?xml version=\"1.0\" encoding='ISO-8859-1'?><Bands/>", "[]"),
            ("<?xml version=\"1.0\" encoding='windows-1252'?><Bands/>", "[]"),
            ("<?xml version=\"1.0\" encoding='latin1'?><Bands/>", "[]"),
            (
                "<?xml version=\"1.0\" encoding='Shift_JIS'?><Bands/>",
                "the body is not UTF-8: its XML declaration names Shift_JIS (at byte 42)",
            ),
            (
                "<?xml version=\"1.0\" encoding='iso-8859-é'?><Bands/>",
                "the body is not UTF-8: its XML declaration names an invalid name (at byte 44)",
            ),
            (
                "<?xml version=\"1.0\" encoding=utf-8?><Bands/>",
                "the body is not well-formed XML: the encoding in its XML declaration is not quoted (at byte 36)",
            ),
            (
                "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><Bands/>",
                "the body is not well-formed XML: a second XML declaration (at byte 42)",
            ),
            (
                "x<Bands/>",
                "the body is not well-formed XML: text before the root element (at byte 1)",
            ),
            (
                "\u{feff}\u{feff}<Bands/>",
                "the body is not well-formed XML: text before the root element (at byte 6)",
            ),
            (
                "&amp;<Bands/>",
                "the body is not well-formed XML: text before the root element (at byte 5)",
            ),
            (
                "<![CDATA[]]><Bands/>",
                "the body is not well-formed XML: text before the root element (at byte 12)",
            ),
            (
                r#"{"error": "no"}"#,
                "the body is not well-formed XML: text before the root element (at byte 15)",
            ),
            (
                "</Bands>",
                "the body is not well-formed XML: `</Bands>` without a start tag (at byte 0)",
            ),
            ("<Band/>", "the root element is `Band`, not `Bands` (at byte 0)"),
            (
                " <!-- --><bands></bands>",
                "the root element is `bands`, not `Bands` (at byte 9)",
            ),
            ("<html><body/></html>", "the body is an HTML page, not XML (at byte 6)"),
            ("<HTML>", "the body is an HTML page, not XML (at byte 6)"),
            (
                "<!DOCTYPE html><html/>",
                "the body is an HTML page, not XML (at byte 15)",
            ),
            (
                "<!doctype HTML PUBLIC \"x\"><p>",
                "the body is an HTML page, not XML (at byte 26)",
            ),
        ],
        bands,
    );
}

#[test]
fn only_comments_may_follow_the_root() {
    check(
        &[
            ("\r\n <!-- a --><?b c?>\n", "[]"),
            (
                "<Bands/>",
                "the body continues after the end of the root element (at byte 16)",
            ),
            ("x", "the body continues after the end of the root element (at byte 9)"),
            (
                "&amp;",
                "the body continues after the end of the root element (at byte 13)",
            ),
            (
                "<![CDATA[]]>",
                "the body continues after the end of the root element (at byte 20)",
            ),
            (
                "<?xml version=\"1.0\"?>",
                "the body continues after the end of the root element (at byte 29)",
            ),
            (
                "</Bands>",
                "the body is not well-formed XML: `</Bands>` without a start tag (at byte 8)",
            ),
            (
                "<",
                "the body is not well-formed XML: tag not closed: `>` not found before end of input (at byte 8)",
            ),
            (
                "<!DOCTYPE Bands>",
                "the body contains a document type declaration, which is not accepted (at byte 24)",
            ),
            (
                "\u{feff}",
                "the body continues after the end of the root element (at byte 11)",
            ),
        ],
        |epilog| bands(&format!("<Bands/>{epilog}")),
    );
}

#[test]
fn document_types_are_rejected() {
    let refused = |at| format!("the body contains a document type declaration, which is not accepted (at byte {at})");
    let laughs =
        r#"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><Bands>&c;</Bands>"#;
    check(
        &[
            ("<!DOCTYPE Bands><Bands/>", &refused(16)),
            (laughs, &refused(laughs.find("<Bands").unwrap())),
            (r#"<!DOCTYPE x SYSTEM "file:///etc/passwd"><Bands/>"#, &refused(40)),
            (
                "<!DOCTYPE>",
                "the body is not well-formed XML: `<!DOCTYPE>` declaration does not contain a name of a document type (at byte 9)",
            ),
            (
                "<!DOCTYPE x [<!ENTITY a \"b",
                "the body is not well-formed XML: DOCTYPE not closed: `>` not found before end of input (at byte 0)",
            ),
            (
                "<Bands><!DOCTYPE x></Bands>",
                &refused(19).replace("(at", "(in Bands, at"),
            ),
            (
                "<Bands><Other><!DOCTYPE x></Other></Bands>",
                &refused(26).replace("(at", "(in Bands, at"),
            ),
        ],
        bands,
    );
}

#[test]
fn an_empty_body_is_accepted_only_as_such() {
    check(
        &[
            ("", "the body is empty where XML was expected (at byte 0)"),
            (" \r\n", "the body is empty where XML was expected (at byte 3)"),
            ("\u{feff}", "the body is empty where XML was expected (at byte 3)"),
            ("\u{feff} ", "the body is empty where XML was expected (at byte 4)"),
            (
                "<?xml version=\"1.0\"?>",
                "the body is empty where XML was expected (at byte 21)",
            ),
            ("<!-- a -->", "the body is empty where XML was expected (at byte 10)"),
        ],
        bands,
    );
    // Where the response is empty, only whitespace is accepted.
    let options = spektrix_v2::DecodeOptions::default();
    for body in ["", " \r\n\t", "\u{feff}\n"] {
        <()>::decode(body.as_bytes(), BANDS, &options).unwrap();
    }
    for body in ["<a>", "\0", "a", "<!-- a -->", "<Bands/>"] {
        let error = <()>::decode(body.as_bytes(), BANDS, &options).unwrap_err();
        let expected = "the response has a body where none was expected (at byte 0)";
        assert_eq!(error.to_string(), expected, "{body}");
    }
    for body in ["<!DOCTYPE html>", " <html/>", "<!-- a --><HTML>"] {
        let error = <()>::decode(body.as_bytes(), BANDS, &options).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the body is an HTML page, not XML (at byte 0)",
            "{body}"
        );
    }
}

#[test]
fn other_encodings_are_rejected() {
    let utf16 = |order: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
        format!("{mark}<Bands/>").encode_utf16().flat_map(order).collect()
    };
    let rows: &[(&[u8], &str)] = &[
        (
            &utf16(u16::to_le_bytes, ""),
            "the body is not UTF-8: it looks like UTF-16 (at byte 0)",
        ),
        (
            &utf16(u16::to_be_bytes, ""),
            "the body is not UTF-8: it looks like UTF-16 (at byte 0)",
        ),
        (
            &utf16(u16::to_le_bytes, "\u{feff}"),
            "the body is not UTF-8: it looks like UTF-16 (at byte 0)",
        ),
        (
            &utf16(u16::to_be_bytes, "\u{feff}"),
            "the body is not UTF-8: it looks like UTF-16 (at byte 0)",
        ),
        (
            b"<Bands>Caf\xE9</Bands>",
            "the body is not UTF-8: it contains an invalid byte sequence (at byte 10)",
        ),
        (
            b"\xEF\xBB\xBF<Bands>\xC0\x80</Bands>",
            "the body is not UTF-8: it contains an invalid byte sequence (at byte 10)",
        ),
        (
            b"<Bands>\xED\xA0\x80</Bands>",
            "the body is not UTF-8: it contains an invalid byte sequence (at byte 7)",
        ),
        (
            b"<Bands>\xF0\x9F\x8E",
            "the body is not well-formed XML: it ends in the middle of a character (at byte 7)",
        ),
        (
            b"<Bands>\0</Bands>",
            "the body is not well-formed XML: it contains a zero byte (at byte 7)",
        ),
        (
            b"<Bands/>\0\0",
            "the body is not well-formed XML: it contains a zero byte (at byte 8)",
        ),
        (
            b"\x1F\x8B\x08\0",
            "the body is not UTF-8: it is compressed with gzip (at byte 0)",
        ),
        (
            b"x\x9C\x03\0",
            "the body is not UTF-8: it is compressed with zlib (at byte 0)",
        ),
        (
            b"(\xB5\x2F\xFD",
            "the body is not UTF-8: it is compressed with zstd (at byte 0)",
        ),
        (
            b"\xEF\xBB",
            "the body is not well-formed XML: it ends in the middle of a character (at byte 0)",
        ),
    ];
    on_a_small_stack(|| {
        for (body, expected) in rows {
            assert_eq!(read::<Vec<Band>>(body, BANDS), *expected);
        }
    });
}
