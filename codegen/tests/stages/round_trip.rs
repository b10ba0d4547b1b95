//! Tests of `round_trip_difference`: a body, the body that was written after reading it, and the first difference.

use std::collections::BTreeSet;

use spektrix_v2_codegen::diff::round_trip_difference;

struct Row {
    what: &'static str,
    body: &'static str,
    written: &'static str,
    skipped: &'static [&'static str],
    /// The difference, or an empty string.
    found: &'static str,
}

const XSI: &str = r#"xmlns:i="http://www.w3.org/2001/XMLSchema-instance""#;

/// Checks rows. `{i}` declares the prefix of `i:nil` and `i:type`.
fn check(rows: &[Row]) {
    for row in rows {
        let skipped: BTreeSet<String> = row.skipped.iter().map(|path| (*path).to_owned()).collect();
        let (body, written) = (row.body.replace("{i}", XSI), row.written.replace("{i}", XSI));
        let found = round_trip_difference(&body, &written, &skipped).unwrap_or_default();
        assert_eq!(found, row.found, "{}", row.what);
    }
}

#[rustfmt::skip]
#[test]
fn parts_are_compared_in_order() {
    check(&[
        Row { what: "equal", body: "<A b='1'><C>x</C></A>", written: "<A b='1'><C>x</C></A>", skipped: &[], found: "" },
        Row { what: "another syntax", body: "<A b='1'>\n <C><![CDATA[x]]></C><!-- c --></A>", written: "<A  b=\"1\"><C>x</C></A>", skipped: &[], found: "" },
        Row { what: "another prefix", body: "<p:A xmlns:p='urn:x' p:b='1'/>", written: "<A xmlns='urn:x' xmlns:q='urn:x' q:b='1'/>", skipped: &[], found: "" },
        Row { what: "another text", body: "<A><B>1</B></A>", written: "<A><B>2</B></A>", skipped: &[], found: "expected A/B = \"1\", found A/B = \"2\"" },
        Row { what: "another namespace", body: "<A xmlns='urn:x'/>", written: "<A/>", skipped: &[], found: "expected {urn:x}A, found A" },
        Row { what: "another attribute", body: "<A b='1'/>", written: "<A b='2'/>", skipped: &[], found: "expected A/@b = \"1\", found A/@b = \"2\"" },
        Row { what: "a lost element", body: "<A><B/></A>", written: "<A/>", skipped: &[], found: "expected A/B, found the end" },
        Row { what: "a lost element before another", body: "<A><B/><C/></A>", written: "<A><C/></A>", skipped: &[], found: "expected A/B, found A/C" },
        Row { what: "an invented element", body: "<A/>", written: "<A><B/></A>", skipped: &[], found: "expected the end, found A/B" },
        Row { what: "another order", body: "<A><B/><C/></A>", written: "<A><C/><B/></A>", skipped: &[], found: "expected A/B, found A/C" },
        Row { what: "a malformed body", body: "<A>", written: "<A/>", skipped: &[], found: "malformed XML (it ends inside an element)" },
        Row { what: "a malformed result", body: "<A/>", written: "<A>", skipped: &[], found: "malformed XML (it ends inside an element)" },
    ]);
}

#[rustfmt::skip]
#[test]
fn nil_elements_and_lists_of_them_are_not_written() {
    check(&[
        Row { what: "a nil element", body: "<A {i}><B i:nil='true'/><C/></A>", written: "<A><C/></A>", skipped: &[], found: "" },
        Row { what: "with content, which is ignored", body: "<A {i}><B i:nil='true'><D>1</D></B><C/></A>", written: "<A><C/></A>", skipped: &[], found: "" },
        Row { what: "the content of the next element counts", body: "<A {i}><B i:nil='true'/><BB><D/></BB></A>", written: "<A><BB/></A>", skipped: &[], found: "expected A/BB/D, found the end" },
        Row { what: "a list of nil elements", body: "<A {i}><L><B i:nil='true'/></L><C/></A>", written: "<A><C/></A>", skipped: &[], found: "" },
        Row { what: "a list of nil elements may be written", body: "<A {i}><L><B i:nil='true'/></L><C/></A>", written: "<A><L/><C/></A>", skipped: &[], found: "" },
        Row { what: "a list with another element first", body: "<A {i}><L><D/><B i:nil='true'/></L></A>", written: "<A/>", skipped: &[], found: "expected A/L, found the end" },
        Row { what: "the root is always written", body: "<A {i}><B i:nil='true'/></A>", written: "", skipped: &[], found: "expected A, found the end" },
        Row { what: "a nil root is written without it", body: "<A {i} i:nil='true'/>", written: "<A/>", skipped: &[], found: "" },
        Row { what: "a sibling with a longer name is no list", body: "<A {i}><L/><LB i:nil='true'/></A>", written: "<A/>", skipped: &[], found: "expected A/L, found the end" },
        Row { what: "a nil element with an attribute", body: "<A {i}><B c='1' i:nil='true'/></A>", written: "<A><B c='1'/></A>", skipped: &[], found: "" },
        Row { what: "not nil", body: "<A {i}><B i:nil='false'/></A>", written: "<A/>", skipped: &[], found: "expected A/B, found the end" },
    ]);
}

#[rustfmt::skip]
#[test]
fn skipped_parts_are_not_compared() {
    check(&[
        Row { what: "an element", body: "<A><B c='1'><D>x</D></B><E/></A>", written: "<A><E/></A>", skipped: &["A/B"], found: "" },
        Row { what: "not its sibling with a longer name", body: "<A><B/><BB/></A>", written: "<A/>", skipped: &["A/B"], found: "expected A/BB, found the end" },
        Row { what: "each time", body: "<A><B/><C/><B><D/></B></A>", written: "<A><C/></A>", skipped: &["A/B"], found: "" },
        Row { what: "in a namespace", body: "<A xmlns='urn:x'><B><D/></B></A>", written: "<A xmlns='urn:x'/>", skipped: &["A/B"], found: "" },
        Row { what: "with a text", body: "<A><B>x</B>y</A>", written: "<A>y</A>", skipped: &["A/B"], found: "" },
        Row { what: "an attribute", body: "<A b='1' c='2'/>", written: "<A c='2'/>", skipped: &["A/@b"], found: "" },
        Row { what: "an attribute with a prefix", body: "<A xmlns:z='urn:z' z:Id='1'><B/></A>", written: "<A><B/></A>", skipped: &["A/@z:Id"], found: "" },
        Row { what: "a text between elements", body: "<A>x<B>y</B>z</A>", written: "<A><B>y</B></A>", skipped: &["A/text()"], found: "" },
        Row { what: "not an attribute of that element", body: "<A b='1'>x</A>", written: "<A/>", skipped: &["A/text()"], found: "expected A/@b = \"1\", found the end" },
        Row { what: "a wrapper without items", body: "<A><L/><B/></A>", written: "<A><B/></A>", skipped: &["A/L/items()"], found: "" },
        Row { what: "a wrapper with items", body: "<A><L>x</L></A>", written: "<A/>", skipped: &["A/L/items()"], found: "expected A/L = \"x\", found the end" },
        Row { what: "another wrapper without items", body: "<A><L/></A>", written: "<A/>", skipped: &["A/B/items()"], found: "expected A/L, found the end" },
        Row { what: "a default", body: "<A><B/><C/></A>", written: "<A><B>5</B><C/></A>", skipped: &["A/B/default()"], found: "" },
        Row { what: "a default of the last element", body: "<A><B/></A>", written: "<A><B>5</B></A>", skipped: &["A/B/default()"], found: "" },
        Row { what: "a default in a list", body: "<A><B/><B>7</B></A>", written: "<A><B>5</B><B>7</B></A>", skipped: &["A/B/default()"], found: "" },
        Row { what: "the default of another element", body: "<A><B/><C/></A>", written: "<A><B/><C>5</C></A>", skipped: &["A/B/default()"], found: "expected the end, found A/C = \"5\"" },
        Row { what: "no element with a default", body: "<A><B/><C/></A>", written: "<A><B/></A>", skipped: &["A/C/default()"], found: "expected A/C, found the end" },
    ]);
}

#[rustfmt::skip]
#[test]
fn times_and_numbers_may_be_written_in_another_way() {
    check(&[
        Row { what: "a time in UTC", body: "<A>2020-01-02T03:04:05</A>", written: "<A>2020-01-02T03:04:05Z</A>", skipped: &[], found: "" },
        Row { what: "another time", body: "<A>2020-01-02T03:04:05</A>", written: "<A>2020-01-02T03:04:06Z</A>", skipped: &[], found: "expected A = \"2020-01-02T03:04:05\", found A = \"2020-01-02T03:04:06Z\"" },
        Row { what: "no time", body: "<A>xT</A>", written: "<A>xTZ</A>", skipped: &[], found: "expected A = \"xT\", found A = \"xTZ\"" },
        Row { what: "an offset that is kept", body: "<A>08:15:30Z</A>", written: "<A>08:15:30</A>", skipped: &[], found: "expected A = \"08:15:30Z\", found A = \"08:15:30\"" },
        Row { what: "no offset", body: "<A>08:15:30Z</A>", written: "<A>08:15:30</A>", skipped: &["A/offset()"], found: "" },
        Row { what: "no offset in hours", body: "<A>2020-01-02T08:15:30+02:00</A>", written: "<A>2020-01-02T08:15:30</A>", skipped: &["A/offset()"], found: "" },
        Row { what: "no offset to the west", body: "<A>08:15:30-02:00</A>", written: "<A>08:15:30</A>", skipped: &["A/offset()"], found: "" },
        Row { what: "no offset in an attribute", body: "<A b='08:15:30Z'/>", written: "<A b='08:15:30'/>", skipped: &["A/@b/offset()"], found: "" },
        Row { what: "no zeros in the fraction", body: "<A>08:15:30.250Z</A>", written: "<A>08:15:30.25</A>", skipped: &["A/offset()"], found: "" },
        Row { what: "no fraction of zeros", body: "<A>08:15:30.00+01:00</A>", written: "<A>08:15:30</A>", skipped: &["A/offset()"], found: "" },
        Row { what: "zeros after a point that starts no fraction", body: "<A>a.b0Z</A>", written: "<A>a.b</A>", skipped: &["A/offset()"], found: "expected A = \"a.b0\", found A = \"a.b\"" },
        Row { what: "another time without an offset", body: "<A>08:15:30Z</A>", written: "<A>08:15:31</A>", skipped: &["A/offset()"], found: "expected A = \"08:15:30\", found A = \"08:15:31\"" },
        Row { what: "the day is no offset", body: "<A>2020-01-02Z</A>", written: "<A>2020-01</A>", skipped: &["A/offset()"], found: "expected A = \"2020-01-02\", found A = \"2020-01\"" },
        Row { what: "the element itself counts", body: "<A><B>08:15:30Z</B></A>", written: "<A/>", skipped: &["A/B/offset()"], found: "expected A/B, found the end" },
        Row { what: "a float with more digits", body: "<A>1.26743E+015</A>", written: "<A>1.26743E15</A>", skipped: &[], found: "" },
        Row { what: "another float", body: "<A>1.26743E+015</A>", written: "<A>1.26743E14</A>", skipped: &[], found: "expected A = \"1.26743E+015\", found A = \"1.26743E14\"" },
        Row { what: "a number without an exponent", body: "<A>1.50</A>", written: "<A>1.5</A>", skipped: &[], found: "expected A = \"1.50\", found A = \"1.5\"" },
        Row { what: "the prefix of a type", body: "<A {i} i:type='p:B'/>", written: "<A {i} i:type='q:B'/>", skipped: &[], found: "" },
        Row { what: "another type", body: "<A {i} i:type='p:B'/>", written: "<A {i} i:type='p:C'/>", skipped: &[], found: "expected A/@{http://www.w3.org/2001/XMLSchema-instance}type = \"B\", found A/@{http://www.w3.org/2001/XMLSchema-instance}type = \"C\"" },
    ]);
}
