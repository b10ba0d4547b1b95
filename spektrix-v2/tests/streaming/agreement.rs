//! What it means that a streamed list agrees with the whole one.

use std::collections::BTreeSet;
use std::fmt::Debug;

use spektrix_v2::runtime::{Body, Element, ListDecoder};
use spektrix_v2::{BodyNames, DecodeError, DecodeErrorKind, DecodeOptions};

use crate::chance::Chance;

/// What came of a list.
#[derive(Debug, PartialEq)]
pub(crate) struct Read<T> {
    pub(crate) items: Vec<T>,
    pub(crate) error: Option<DecodeError>,
    pub(crate) unknown: BTreeSet<String>,
}

/// Reads a list from pieces, and checks that it stays over when it is over.
pub(crate) fn stream<'a, T: Element>(
    pieces: impl IntoIterator<Item = &'a [u8]>,
    names: BodyNames,
    options: &DecodeOptions,
) -> Read<T> {
    let mut list = ListDecoder::<T>::new(names, options);
    let mut items = Vec::new();
    let mut error = None;
    for piece in pieces {
        list.push(piece);
        drain(&mut list, &mut items, &mut error);
    }
    list.finish();
    drain(&mut list, &mut items, &mut error);
    assert!(list.next().is_none());
    let unknown = list.unknown().clone();
    Read { items, error, unknown }
}

fn drain<T: Element>(list: &mut ListDecoder<T>, items: &mut Vec<T>, error: &mut Option<DecodeError>) {
    for next in list {
        assert!(error.is_none(), "nothing comes behind an error");
        match next {
            Ok(item) => items.push(item),
            Err(found) => *error = Some(found),
        }
    }
}

/// Streams a body in many ways, and checks that each agrees with decoding it whole.
pub(crate) fn check<T>(body: &[u8], names: BodyNames, chance: &mut Chance)
where
    T: Element + Debug + PartialEq,
{
    let options = DecodeOptions::default().report_unknown(true);
    let at_once = stream::<T>([body], names, &options);
    agrees_with_whole(&at_once, body, names, &options);
    let by_bytes = stream::<T>(body.chunks(1), names, &options);
    assert_eq!(by_bytes, at_once, "byte by byte: {}", show(body));
    for most in [3, 40, 2000] {
        let by_chance = stream::<T>(chance.pieces(body, most), names, &options);
        assert_eq!(by_chance, at_once, "in pieces: {}", show(body));
    }
}

/// Checks one way of streaming.
pub(crate) fn agrees_with_whole<T>(streamed: &Read<T>, body: &[u8], names: BodyNames, options: &DecodeOptions)
where
    T: Element + Debug + PartialEq,
{
    match Vec::<T>::decode(body, names, options) {
        Ok(whole) => {
            assert_eq!(streamed.error, None, "{}", show(body));
            assert_eq!(streamed.items, whole.value, "{}", show(body));
            assert_eq!(streamed.unknown, whole.unknown, "{}", show(body));
        }
        Err(error) => {
            let streamed = streamed.error.as_ref().expect("an error, for the whole has one");
            if *streamed != error {
                comes_before_a_bad_byte(streamed, &error, body, names, options, Vec::<T>::decode);
            }
        }
    }
}

/// Bytes that are no UTF-8, and zero bytes, spoil the whole at once, but a stream only when they are reached: an error before them is
/// that of the body before them.
fn comes_before_a_bad_byte<D: Debug>(
    streamed: &DecodeError,
    whole: &DecodeError,
    body: &[u8],
    names: BodyNames,
    options: &DecodeOptions,
    decode: impl Fn(&[u8], BodyNames, &DecodeOptions) -> Result<D, DecodeError>,
) {
    let mut whole = whole.clone();
    while *streamed != whole {
        let is_of_bytes = matches!(
            whole.kind(),
            DecodeErrorKind::Encoding(_) | DecodeErrorKind::Malformed(_)
        );
        let spoils_all = whole.path().is_empty() && is_of_bytes;
        assert!(spoils_all, "{streamed} is not {whole}: {}", show(body));
        let before = decode(&body[..whole.offset()], names, options).unwrap_err();
        assert!(before != whole, "{streamed} is not {whole}: {}", show(body));
        whole = before;
    }
}

/// The beginning of a body, for a message.
pub(crate) fn show(body: &[u8]) -> String {
    body.iter()
        .take(2000)
        .flat_map(|byte| std::ascii::escape_default(*byte))
        .map(char::from)
        .collect()
}
