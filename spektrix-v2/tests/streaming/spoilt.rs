//! Bodies that are spoilt by chance: whatever is wrong, a stream says what decoding the whole says.

use std::fmt::Debug;

use spektrix_v2::operations::{GetEvents, GetInstances, GetPriceLists, GetTagGroups};
use spektrix_v2::runtime::Element;
use spektrix_v2::{Band, Operation};

use crate::agreement::check;
use crate::chance::Chance;
use crate::edges::BANDS;
use crate::lists::example;
use crate::scraps::{SCRAPS, damage};

#[test]
fn a_vendored_body_with_a_few_faults() {
    spoil::<GetEvents, _>(2);
    spoil::<GetInstances, _>(3);
    spoil::<GetPriceLists, _>(4);
    spoil::<GetTagGroups, _>(5);
}

fn spoil<O, T>(seed: u64)
where
    O: Operation<Response = Vec<T>>,
    T: Element + Debug + PartialEq,
{
    let body = example(O::INFO.name);
    let mut chance = Chance::new(seed);
    for _ in 0..150 {
        let mut spoilt = body.clone();
        for _ in 0..=chance.below(3) {
            damage(&mut spoilt, &mut chance);
        }
        check::<T>(&spoilt, O::INFO.response, &mut chance);
    }
}

#[test]
fn bodies_made_of_scraps_alone() {
    let mut chance = Chance::new(6);
    for round in 0..8000 {
        let mut body = Vec::new();
        if round % 2 == 0 {
            body.extend_from_slice(b"<Bands>");
        }
        for _ in 0..chance.below(12) {
            body.extend_from_slice(chance.pick(SCRAPS));
        }
        check::<Band>(&body, BANDS, &mut chance);
    }
}
