//! Tests that an item is available as soon as its last byte has arrived, wherever the body is cut.

use spektrix_v2::runtime::ListDecoder;
use spektrix_v2::{BodyNames, DecodeOptions, Tag};

const TAGS: BodyNames = BodyNames {
    root: "Tags",
    item: "Tag",
};

/// Items that are written in different ways, with what precedes them.
const ITEMS: [&str; 12] = [
    "<Tag id=\"1\"><Name>plain</Name></Tag>",
    "\n  <Tag id=\"2\">\n    <Name>printed prettily</Name>\n  </Tag>",
    "<Tag id=\"3\"/>",
    "<Tag id='4' x='>'/>",
    "<Tag id='5' x='/>'><Name>n</Name></Tag\n>",
    "<Tag id=\"6\"><Name><![CDATA[</Tag>]]></Name></Tag>",
    "<Tag id=\"7\"><!-- </Tag> --><Name>n</Name></Tag>",
    "<!-- <Tag> --><Other><Tag/></Other><Tag id=\"8\"><Name>ä€😀 &lt;&#xD;</Name></Tag>",
    "<x:Tag id=\"9\"><x:Name>n</x:Name></x:Tag>",
    "<Tag id=\"10\"><Tag></Tag><Name>n</Name></Tag>",
    "<Tags></Tags><Tag id=\"11\"><TagGroup id=\"1\"/></Tag>",
    "<Tag id=\"12\"></Tag>",
];

/// Returns the body, and for each item how many bytes must have arrived.
fn body() -> (String, Vec<usize>) {
    let mut body = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?><Tags>");
    let mut ends = Vec::new();
    for item in ITEMS.iter().chain(ITEMS.iter().rev()) {
        body.push_str(item);
        ends.push(body.len());
    }
    (body + "</Tags>", ends)
}

/// Pushes the chunks between these cuts, and checks after each how many items are available.
fn check(cuts: impl IntoIterator<Item = usize>) {
    let (body, ends) = body();
    let mut list = ListDecoder::<Tag>::new(TAGS, &DecodeOptions::default());
    let (mut start, mut items) = (0, 0);
    for cut in cuts {
        list.push(&body.as_bytes()[start..cut]);
        items += list.by_ref().map(Result::unwrap).count();
        let expected = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(
            items,
            expected,
            "after {:?}",
            &body.as_bytes()[start..cut].escape_ascii().to_string()
        );
        start = cut;
    }
}

#[test]
fn items_are_available_byte_by_byte() {
    check(1..=body().0.len());
}

#[test]
fn items_are_available_after_a_first_chunk_of_any_length() {
    let len = body().0.len();
    (1..=len).for_each(|cut| check([cut, len]));
}

#[test]
fn items_are_available_in_chunks_of_any_length() {
    let len = body().0.len();
    (2..=len).for_each(|chunk| check((chunk..len).step_by(chunk).chain([len])));
}
