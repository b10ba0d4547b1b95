//! Tests that streaming agrees with decoding the whole body on bodies that are corrupted at random.

use std::fmt::Debug;

use spektrix_v2::operations::{GetEvents, GetInstances, GetPriceLists, GetTagGroups};
use spektrix_v2::runtime::Element;
use spektrix_v2::{Band, Operation};
use spektrix_v2_test_support::corruption::{FRAGMENTS, corrupt};
use spektrix_v2_test_support::list_checks::check;
use spektrix_v2_test_support::rng::Rng;

use crate::accepted_bodies::BANDS;
use crate::list_operations::example;

#[test]
fn streaming_agrees_on_corrupted_examples() {
    check_corrupted::<GetEvents, _>(2);
    check_corrupted::<GetInstances, _>(3);
    check_corrupted::<GetPriceLists, _>(4);
    check_corrupted::<GetTagGroups, _>(5);
}

fn check_corrupted<O, T>(seed: u64)
where
    O: Operation<Response = Vec<T>>,
    T: Element + Debug + PartialEq,
{
    let body = example(O::INFO.name);
    let mut rng = Rng::new(seed);
    for _ in 0..150 {
        let mut corrupted = body.clone();
        for _ in 0..=rng.below(3) {
            corrupt(&mut corrupted, &mut rng);
        }
        check::<T>(&corrupted, O::INFO.response, &mut rng);
    }
}

#[test]
fn streaming_agrees_on_random_fragments() {
    let mut rng = Rng::new(6);
    for round in 0..8000 {
        let mut body = Vec::new();
        if round % 2 == 0 {
            body.extend_from_slice(b"<Bands>");
        }
        for _ in 0..rng.below(12) {
            body.extend_from_slice(rng.pick(FRAGMENTS));
        }
        check::<Band>(&body, BANDS, &mut rng);
    }
}
