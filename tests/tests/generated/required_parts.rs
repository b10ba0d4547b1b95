//! Tests the check of request bodies with parts of every kind, on the code of codegen's case `required-parts`.

use spektrix_v2::{DecodeOptions, Operation};

use crate::cases::case_required_parts::operations::{PutBooks, PutShelf};

/// Decodes a body, checks it, and returns the message of the check; an empty string if nothing is missing.
fn message<O: Operation>(body: &str) -> String {
    match O::decode_request(body.as_bytes(), &DecodeOptions::default()) {
        Ok(decoded) => match O::check_body(&decoded.value) {
            Ok(()) => String::new(),
            Err(invalid) => invalid.to_string(),
        },
        Err(error) => error.to_string(),
    }
}

#[test]
fn parts_of_every_kind_are_checked() {
    let complete = r#"<Shelf code="a"><Cover>QQ==</Cover><Key>k</Key><Label>l</Label><Locked>true</Locked><Name>n</Name>
        <Owner><Email>e</Email><Address><Line1>1</Line1></Address></Owner></Shelf>"#;
    let edits: &[(&str, &str, &str, &str)] = &[
        // case, text in the complete body, its replacement, message
        ("complete", "", "", ""),
        ("attribute", r#" code="a""#, "", "Shelf/@code must be set"),
        ("blank attribute", r#""a""#, r#"" ""#, "Shelf/@code must be set"),
        ("required string", ">n<", "> <", "Shelf/Name must be set"),
        ("list", "<Label>l</Label>", "", "Shelf/Label must be set"),
        (
            "list of whitespace",
            "<Label>l</Label>",
            "<Label> </Label><Label/>",
            "Shelf/Label must be set",
        ),
        (
            "list with one empty string",
            "<Label>l</Label>",
            "<Label/><Label>l</Label>",
            "",
        ),
        ("bytes", ">QQ==<", "><", "Shelf/Cover or Floor must be set"),
        ("number instead", "<Cover>QQ==</Cover>", "<Floor>0</Floor>", ""),
        ("secret", ">k<", "> <", "Shelf/Key (because Locked is true) must be set"),
        (
            "secret, not required",
            "<Key>k</Key><Label>l</Label><Locked>true<",
            "<Label>l</Label><Floor>1</Floor><Locked>false<",
            "",
        ),
        (
            "boolean",
            ">true<",
            ">false<",
            "Shelf/Floor (because Locked is false) must be set",
        ),
        (
            "enumeration",
            "<Key>k</Key><Label>l</Label><Locked>true<",
            "<Label>l</Label><Floor>1</Floor><Lock>Key</Lock><Locked>false<",
            "Shelf/Key (because Lock is Key) must be set",
        ),
        (
            "struct",
            "<Owner><Email>e</Email><Address><Line1>1</Line1></Address></Owner>",
            "",
            "Shelf/Owner must be set",
        ),
        (
            "empty struct",
            "<Email>e</Email><Address><Line1>1</Line1></Address>",
            "",
            "Shelf/Owner, Shelf/Owner/Address or Email must be set",
        ),
        ("alternative", "<Address><Line1>1</Line1></Address>", "", ""),
        (
            "struct in a struct",
            "<Email>e</Email><Address><Line1>1</Line1></Address>",
            "<Address/>",
            "Shelf/Owner/Address or Email, Shelf/Owner/Address/Line1 must be set",
        ),
        (
            "recursive type",
            "<Key>",
            "<Inner><Locked>true</Locked><Name/></Inner><Key>",
            "Shelf/Inner/Inner must be set",
        ),
        (
            "recursive type, below",
            "<Key>",
            "<Inner><Inner><Locked>true</Locked><Name/></Inner><Locked>true</Locked><Name/></Inner><Key>",
            "Shelf/Inner/Inner/Name must be set",
        ),
        ("empty wrapped list", "<Cover>", "<Books/><Cover>", ""),
        (
            "wrapped list",
            "<Cover>",
            "<Books><Book><Title>t</Title></Book><Book/></Books><Cover>",
            "Shelf/Books/Book[2]/Title must be set",
        ),
        (
            "wrapped list of empty items",
            "<Cover>",
            "<Books><Book/></Books><Cover>",
            "Shelf/Books/Book, Shelf/Books/Book[1]/Title must be set",
        ),
    ];
    for (case, old, new, expected) in edits {
        assert!(complete.contains(old), "{case}");
        assert_eq!(
            message::<PutShelf>(&complete.replacen(old, new, 1)),
            *expected,
            "{case}"
        );
    }
}

#[test]
fn a_list_in_a_list_has_two_numbers() {
    let rows = [
        // items, message
        ("", "ArrayOfBook/Book must be set"),
        (
            "<Book><Title>t</Title></Book>",
            "ArrayOfBook/Book[1]/Copies must be set",
        ),
        ("<Book><Copies><Copy><Kind>Reference</Kind></Copy></Copies></Book>", ""),
        (
            "<Book><Copies><Copy><Kind>Loan</Kind><Mark>m</Mark></Copy></Copies></Book>
             <Book><Copies><Copy><Kind>Other</Kind></Copy><Copy><Kind>Loan</Kind></Copy></Copies></Book>",
            "ArrayOfBook/Book[2]/Copies/Copy[2]/Mark (because Kind is Loan) must be set",
        ),
    ];
    for (items, expected) in rows {
        let body = format!("<ArrayOfBook>{items}</ArrayOfBook>");
        assert_eq!(message::<PutBooks>(&body), expected, "{items}");
    }
}
