//! Tests how much of a list is in memory at a time.

use spektrix_v2::runtime::ListDecoder;
use spektrix_v2::{Band, DecodeErrorKind, DecodeOptions};

use spektrix_v2_test_support::list_checks::{agrees_with_whole, stream};

use crate::accepted_bodies::BANDS;

fn band(id: usize, name_len: usize) -> String {
    format!("<Band id=\"{id}\"><Name>{}</Name></Band>", "x".repeat(name_len))
}

#[test]
fn a_long_list_is_never_in_memory_as_a_whole() {
    const ITEMS: usize = 62_000;
    const CHUNK: usize = 16 * 1024;
    let (largest_item, mut largest_buffer, mut items) = (band(ITEMS, 600).len(), 0, 0);
    let mut list = ListDecoder::<Band>::new(BANDS, &DecodeOptions::default());
    let mut chunk = b"<Bands>".to_vec();
    for id in 0..ITEMS {
        chunk.extend_from_slice(band(id, 1 + id % 600).as_bytes());
        while chunk.len() >= CHUNK {
            list.push(&chunk[..CHUNK]);
            chunk.drain(..CHUNK);
            items += list.by_ref().flatten().count();
            largest_buffer = largest_buffer.max(list.buffer_capacity());
        }
    }
    list.push(&chunk);
    list.push(b"</Bands>");
    list.finish();
    items += list.by_ref().flatten().count();
    assert_eq!(items, ITEMS, "{list:?}");
    // The buffer grows by an eighth at a time.
    assert!(largest_buffer <= (largest_item + CHUNK) * 9 / 8, "{largest_buffer}");
}

#[test]
fn the_size_of_items_is_limited_but_not_of_lists() {
    let options = DecodeOptions::default().max_item_bytes(100).max_bytes(1);
    let fits = 100 - band(1, 0).len();
    let list = |last: usize| format!("<Bands>{}{}</Bands>", band(1, fits).repeat(50), band(1, last));
    for size in [1, 64, 100_000] {
        let fine = stream::<Band>(list(fits).as_bytes().chunks(size), BANDS, &options);
        assert_eq!((fine.items.len(), fine.error), (51, None));
        let over = stream::<Band>(list(fits + 1).as_bytes().chunks(size), BANDS, &options);
        assert_eq!(over.items.len(), 50);
        let error = over.error.unwrap();
        let expected = "the body exceeds a limit: an item has more than 100 bytes (in Bands/Band[51], at byte 5007)";
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn endless_markup_exceeds_the_limit() {
    let options = DecodeOptions::default().max_item_bytes(1000);
    let endless = [
        "",
        "<!--",
        "<Bands x='",
        "<Bands>",
        "<Bands><Band><Name>",
        "<Bands><!DOCTYPE ",
        "<Bands/>",
    ];
    for start in endless {
        let mut list = ListDecoder::<Band>::new(BANDS, &options);
        list.push(start.as_bytes());
        let error = (0..1000).find_map(|_| {
            list.push(&[b' '; 100]);
            list.next()
        });
        let error = error.expect("an error").unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::Limit(_)), "{start}: {error}");
        assert!(list.buffer_capacity() < 3000, "{start}");
    }
}

#[test]
fn depth_is_limited_as_in_a_whole_body() {
    let body = format!("<Bands>{}</Bands>", band(1, 1));
    for (depth, items) in [(0, 0), (1, 0), (2, 1)] {
        let options = DecodeOptions::default().max_depth(depth);
        let read = stream::<Band>([body.as_bytes()], BANDS, &options);
        agrees_with_whole(&read, body.as_bytes(), BANDS, &options);
        assert_eq!(read.items.len(), items);
    }
}
