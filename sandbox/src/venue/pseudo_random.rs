//! Pseudo-random numbers that depend only on a seed, a purpose and an id, so that every start gives the same venue.

/// A source of pseudo-random numbers. The same seed gives the same numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PseudoRandom {
    seed: u64,
}

impl PseudoRandom {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
        }
    }

    /// Returns a number from 0 to below `below` for a purpose and the id of an object.
    pub(super) fn number(self, purpose: &str, id: i32, below: i32) -> i32 {
        // A hash instead of a sequence: the number does not depend on how many were drawn before it.
        let purpose = purpose
            .bytes()
            .fold(self.seed, |hash, byte| splitmix64(hash ^ u64::from(byte)));
        let number = splitmix64(purpose ^ u64::from(id.cast_unsigned())) % u64::from(below.max(1).cast_unsigned());
        // It fits, as it is below an `i32`.
        i32::try_from(number).unwrap_or_default()
    }
}

/// One step of the generator splitmix64.
fn splitmix64(state: u64) -> u64 {
    let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::PseudoRandom;

    #[test]
    fn numbers_are_spread_evenly_and_repeatable() {
        for random in [0, 1, u64::MAX].map(PseudoRandom::new) {
            let mut seen = [0; 10];
            for id in 0..1000 {
                let drawn = random.number("a test", id, 10);
                assert_eq!(drawn, random.number("a test", id, 10));
                seen[usize::try_from(drawn).expect("not negative")] += 1;
            }
            assert!(seen.iter().all(|count| (60..140).contains(count)), "{seen:?}");
            assert_eq!(random.number("a test", 1, 0), 0);
        }
    }

    #[test]
    fn another_seed_gives_other_numbers() {
        let numbers = |seed| (0..50).map(move |id| PseudoRandom::new(seed).number("a test", id, 1000));
        assert_ne!(numbers(0).collect::<Vec<_>>(), numbers(1).collect::<Vec<_>>());
    }
}
