//! What must hold for any bytes of a list: the fuzzer tries it, and the tests replay what it starts from.

use spektrix_v2::operations::{GetEvents, GetInstanceStatus, GetInstances, GetPriceLists};
use spektrix_v2::{Event, Instance, InstancePlanStatus, Operation, PriceList};

use crate::agreement::check;
use crate::chance::Chance;

/// The first byte picks the list, the second how it is cut, the rest is the body.
pub(crate) fn pieces(input: &[u8]) {
    let [list, cut, body @ ..] = input else {
        return;
    };
    let mut chance = Chance::new(u64::from(*cut));
    match list % 4 {
        0 => check::<Event>(body, GetEvents::INFO.response, &mut chance),
        1 => check::<Instance>(body, GetInstances::INFO.response, &mut chance),
        2 => check::<InstancePlanStatus>(body, GetInstanceStatus::INFO.response, &mut chance),
        _ => check::<PriceList>(body, GetPriceLists::INFO.response, &mut chance),
    }
}
