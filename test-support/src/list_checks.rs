//! Checks that streaming a list agrees with decoding the whole body.

use std::collections::BTreeSet;
use std::fmt::Debug;

use spektrix_v2::operations::{GetEvents, GetInstanceStatus, GetInstances, GetPriceLists};
use spektrix_v2::runtime::{Body, Element, ListDecoder};
use spektrix_v2::{
    BodyNames, DecodeError, DecodeErrorKind, DecodeOptions, Event, Instance, InstancePlanStatus, Operation, PriceList,
};

use crate::rng::Rng;

/// Any bytes give the same result in chunks, cut anywhere, as in one chunk.
///
/// The first byte selects the list, the second one how it is cut. The rest is the body.
pub fn chunks(input: &[u8]) {
    let [list, cut, body @ ..] = input else {
        return;
    };
    let mut rng = Rng::new(u64::from(*cut));
    match list % 4 {
        0 => check::<Event>(body, GetEvents::INFO.response, &mut rng),
        1 => check::<Instance>(body, GetInstances::INFO.response, &mut rng),
        2 => check::<InstancePlanStatus>(body, GetInstanceStatus::INFO.response, &mut rng),
        _ => check::<PriceList>(body, GetPriceLists::INFO.response, &mut rng),
    }
}

/// The result of streaming a list.
#[derive(Debug, PartialEq)]
pub struct Streamed<T> {
    /// The items before the end or the error.
    pub items: Vec<T>,
    /// The error that ended the list, if there was one.
    pub error: Option<DecodeError>,
    /// The paths that the schema does not know.
    pub unknown: BTreeSet<String>,
}

/// Streams a list, and checks that nothing follows its end.
pub fn stream<'a, T: Element>(
    chunks: impl IntoIterator<Item = &'a [u8]>,
    names: BodyNames,
    options: &DecodeOptions,
) -> Streamed<T> {
    let mut list = ListDecoder::<T>::new(names, options);
    let mut items = Vec::new();
    let mut error = None;
    for chunk in chunks {
        list.push(chunk);
        drain(&mut list, &mut items, &mut error);
    }
    list.finish();
    drain(&mut list, &mut items, &mut error);
    assert!(list.next().is_none());
    let unknown = list.unknown().clone();
    Streamed { items, error, unknown }
}

fn drain<T: Element>(list: &mut ListDecoder<T>, items: &mut Vec<T>, error: &mut Option<DecodeError>) {
    for next in list {
        assert!(error.is_none(), "something followed an error");
        match next {
            Ok(item) => items.push(item),
            Err(found) => *error = Some(found),
        }
    }
}

/// Streams a body in chunks of several sizes, and checks that each result agrees with decoding it whole.
pub fn check<T>(body: &[u8], names: BodyNames, rng: &mut Rng)
where
    T: Element + Debug + PartialEq,
{
    let options = DecodeOptions::default().report_unknown(true);
    let in_one_chunk = stream::<T>([body], names, &options);
    agrees_with_whole(&in_one_chunk, body, names, &options);
    let by_bytes = stream::<T>(body.chunks(1), names, &options);
    assert_eq!(by_bytes, in_one_chunk, "byte by byte: {}", show(body));
    for max in [3, 40, 2000] {
        let in_chunks = stream::<T>(rng.chunks(body, max), names, &options);
        assert_eq!(in_chunks, in_one_chunk, "in chunks of at most {max}: {}", show(body));
    }
}

/// Checks that the result of streaming a body agrees with decoding it whole.
pub fn agrees_with_whole<T>(streamed: &Streamed<T>, body: &[u8], names: BodyNames, options: &DecodeOptions)
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
            let streamed = streamed
                .error
                .as_ref()
                .unwrap_or_else(|| panic!("no error, but the whole has one: {error}: {}", show(body)));
            if *streamed != error {
                precedes_bad_byte(streamed, &error, body, names, options, Vec::<T>::decode);
            }
        }
    }
}

/// Checks that a stream fails before the bad byte that makes the whole body fail.
///
/// Bytes that are not UTF-8, and zero bytes, fail the whole body before it is decoded. A stream fails only when it reaches
/// them. An error before them must be that of the body up to them.
fn precedes_bad_byte<D: Debug>(
    streamed: &DecodeError,
    whole: &DecodeError,
    body: &[u8],
    names: BodyNames,
    options: &DecodeOptions,
    decode: impl Fn(&[u8], BodyNames, &DecodeOptions) -> Result<D, DecodeError>,
) {
    let mut whole = whole.clone();
    while *streamed != whole {
        let may_be_of_bytes = matches!(
            whole.kind(),
            DecodeErrorKind::Encoding(_) | DecodeErrorKind::Malformed(_)
        );
        let is_of_bytes = whole.path().is_empty() && may_be_of_bytes;
        assert!(is_of_bytes, "{streamed} is not {whole}: {}", show(body));
        let before = decode(&body[..whole.offset()], names, options).unwrap_err();
        assert!(before != whole, "{streamed} is not {whole}: {}", show(body));
        whole = before;
    }
}

/// Returns the beginning of a body, for a message.
fn show(body: &[u8]) -> String {
    body[..body.len().min(2000)].escape_ascii().to_string()
}
