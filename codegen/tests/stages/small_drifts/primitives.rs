//! Every pair of numeric types: whether texts of the one are read as the other, with the same meaning.

use super::{lines_for, type_page};

/// The least and the greatest integer that a type represents exactly, and whether it has fractions or infinity.
const TYPES: [(&str, i128, i128, Kind); 11] = [
    ("byte", -128, 127, Kind::Integer),
    ("unsignedByte", 0, 255, Kind::Integer),
    ("short", -32_768, 32_767, Kind::Integer),
    ("unsignedShort", 0, 65_535, Kind::Integer),
    ("int", -2_147_483_648, 2_147_483_647, Kind::Integer),
    ("unsignedInt", 0, 4_294_967_295, Kind::Integer),
    ("long", i64::MIN as i128, i64::MAX as i128, Kind::Integer),
    ("unsignedLong", 0, u64::MAX as i128, Kind::Integer),
    ("decimal", -(1 << 94), 1 << 94, Kind::Decimal),
    ("float", -(1 << 24), 1 << 24, Kind::Float),
    ("double", -(1 << 53), 1 << 53, Kind::Float),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Integer,
    Decimal,
    Float,
}

/// Returns whether every value of the narrower type is one of the wider type.
fn includes(
    (_, least, greatest, wider): (&str, i128, i128, Kind),
    (_, other_least, other_greatest, narrower): (&str, i128, i128, Kind),
) -> bool {
    let is_in_range = least <= other_least && other_greatest <= greatest;
    is_in_range && (narrower == wider || narrower == Kind::Integer)
}

/// Returns a type with a field for each pair.
fn page(of: impl Fn(&'static str, &'static str) -> &'static str) -> String {
    let pairs = TYPES
        .iter()
        .flat_map(|(a, ..)| TYPES.iter().map(move |(b, ..)| (*a, *b)));
    let fields = pairs.map(|(a, b)| format!(r#"<xs:element name="{a}-{b}" type="xs:{}"/>"#, of(a, b)));
    type_page(&format!("<xs:sequence>{}</xs:sequence>", fields.collect::<String>()))
}

#[test]
fn a_narrower_type_breaks_the_side_that_reads() {
    for (side, is_request) in [("request", true), ("response", false)] {
        let lines = lines_for(side, &page(|a, _| a), &page(|_, b| b));
        let mut expected = 0;
        for was in TYPES {
            for is in TYPES.into_iter().filter(|is| is.0 != was.0) {
                let breaks_wire = if is_request {
                    !includes(is, was)
                } else {
                    !includes(was, is)
                };
                let what = if breaks_wire {
                    "breaks users and the wire"
                } else {
                    "breaks users, not the wire"
                };
                let start = format!(
                    "Thing/{}-{}: held xs:{} and holds xs:{} ({what};",
                    was.0, is.0, was.0, is.0
                );
                assert!(
                    lines.iter().any(|line| line.starts_with(&start)),
                    "{side}: no line {start}\n{lines:#?}"
                );
                expected += 1;
            }
        }
        assert_eq!(lines.len(), expected, "{side}");
    }
}
