//! Property test: the lists of a catalogue are sorted, in whichever order they arrive.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use spektrix_v2::catalogue::{Catalogue, Lists};
use spektrix_v2::{Band, BandId};

proptest! {
    #[test]
    fn lists_are_sorted_and_the_last_duplicate_is_kept(
        ids_and_names in vec((-9..9, "[a-z]{3}"), 0..40),
    ) {
        let bands: Vec<_> = ids_and_names.iter().map(|(id, name)| Band::new(*id, name.as_str())).collect();
        let expected: BTreeMap<_, _> = bands.iter().map(|band| (band.id, band.clone())).collect();

        let catalogue = Catalogue::from(Lists { bands, ..Lists::default() });
        for id in (-9..9).map(BandId::new) {
            prop_assert_eq!(catalogue.band(id), expected.get(&id));
        }
        let sorted = Lists::from(catalogue).bands;
        prop_assert_eq!(sorted, expected.into_values().collect::<Vec<_>>());
    }
}
