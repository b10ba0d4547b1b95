//! Tests the vendored example of every list, and recorded bodies if there are any: cut anywhere, and cut short anywhere.

use std::fmt::Debug;

use spektrix_v2::operations::{GetEvents, GetInstances};
use spektrix_v2::runtime::{Body, Element};
use spektrix_v2::{DecodeOptions, Operation};

use spektrix_v2_test_support::list_checks::{agrees_with_whole, check, chunks, stream};
use spektrix_v2_test_support::repository::seeds;
use spektrix_v2_test_support::rng::Rng;

use crate::list_operations::{ListVisitor, example, recorded, visit_all};

struct Check;

impl ListVisitor for Check {
    fn visit<O, T>(&mut self)
    where
        O: Operation<Response = Vec<T>>,
        T: Element + Debug + PartialEq,
    {
        let bodies = [Some(example(O::INFO.name)), recorded(O::INFO.name)];
        for body in bodies.into_iter().flatten() {
            check::<T>(&body, O::INFO.response, &mut Rng::new(1));
        }
    }
}

#[test]
fn every_list_is_the_same_in_chunks() {
    visit_all(&mut Check);
}

#[test]
fn two_chunks_may_be_cut_at_any_byte() {
    cut_in_two::<GetEvents, _>();
    cut_in_two::<GetInstances, _>();
}

fn cut_in_two<O, T>()
where
    O: Operation<Response = Vec<T>>,
    T: Element + Debug + PartialEq,
{
    let (body, names) = (example(O::INFO.name), O::INFO.response);
    let options = DecodeOptions::default();
    for at in 0..body.len() {
        let (first, second) = body.split_at(at);
        let streamed = stream::<T>([first, second], names, &options);
        agrees_with_whole(&streamed, &body, names, &options);
    }
}

#[test]
fn a_list_cut_short_yields_its_items_and_then_the_error() {
    cut_short::<GetEvents, _>();
    cut_short::<GetInstances, _>();
}

fn cut_short<O, T>()
where
    O: Operation<Response = Vec<T>>,
    T: Element + Debug + PartialEq,
{
    let (body, names) = (example(O::INFO.name), O::INFO.response);
    let options = DecodeOptions::default();
    let all = Vec::<T>::decode(&body, names, &options).unwrap().value;
    let end_of_item = format!("</{}>", names.item);
    for len in 0..body.len() {
        let cut = &body[..len];
        let streamed = stream::<T>(cut.chunks(50), names, &options);
        agrees_with_whole(&streamed, cut, names, &options);
        let whole_items = std::str::from_utf8(cut).unwrap().matches(&end_of_item).count();
        assert_eq!(streamed.items, all[..whole_items]);
    }
}

#[test]
fn checks_hold_for_the_seeds_of_the_fuzz_target() {
    for seed in seeds("stream") {
        chunks(&seed);
    }
}
