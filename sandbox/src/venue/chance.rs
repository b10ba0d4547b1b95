//! Numbers that look like chance and are the same each time: a hash of what they are for.

/// A number from 0 to below `below`, decided by a purpose and an object's id.
pub(super) fn number(purpose: &str, id: i32, below: i32) -> i32 {
    let purpose = purpose.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)));
    let number = mix(purpose ^ u64::from(id.cast_unsigned())) % u64::from(below.max(1).cast_unsigned());
    // It is below an `i32`.
    i32::try_from(number).unwrap_or_default()
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
    use super::number;

    #[test]
    fn numbers_are_spread_and_repeatable() {
        let mut seen = [0; 10];
        for id in 0..1000 {
            let drawn = number("a test", id, 10);
            assert_eq!(drawn, number("a test", id, 10));
            seen[usize::try_from(drawn).expect("not negative")] += 1;
        }
        assert!(seen.iter().all(|count| (60..140).contains(count)), "{seen:?}");
        assert_eq!(number("a test", 1, 0), 0);
    }
}
