//! Numbers that look like chance and are the same each time: a hash of what they are for, and of a seed.

/// A source of such numbers. The same seed gives the same ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chance {
    seed: u64,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
        }
    }

    /// A number from 0 to below `below`, decided by a purpose and an object's id.
    pub(super) fn number(self, purpose: &str, id: i32, below: i32) -> i32 {
        let purpose = purpose
            .bytes()
            .fold(self.seed, |hash, byte| mix(hash ^ u64::from(byte)));
        let number = mix(purpose ^ u64::from(id.cast_unsigned())) % u64::from(below.max(1).cast_unsigned());
        // It is below an `i32`.
        i32::try_from(number).unwrap_or_default()
    }
}

/// The finisher of splitmix64.
fn mix(state: u64) -> u64 {
    let state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn numbers_are_spread_and_repeatable() {
        for chance in [0, 1, u64::MAX].map(Chance::new) {
            let mut seen = [0; 10];
            for id in 0..1000 {
                let drawn = chance.number("a test", id, 10);
                assert_eq!(drawn, chance.number("a test", id, 10));
                seen[usize::try_from(drawn).expect("not negative")] += 1;
            }
            assert!(seen.iter().all(|count| (60..140).contains(count)), "{seen:?}");
            assert_eq!(chance.number("a test", 1, 0), 0);
        }
    }

    #[test]
    fn another_seed_gives_others() {
        let numbers = |seed| (0..50).map(move |id| Chance::new(seed).number("a test", id, 1000));
        assert_ne!(numbers(0).collect::<Vec<_>>(), numbers(1).collect::<Vec<_>>());
    }
}
