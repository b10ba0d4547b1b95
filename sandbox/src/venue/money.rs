//! Sums of money as the service writes them: pounds with two decimals.

use rust_decimal::Decimal;

/// So many pence, in pounds.
pub(super) fn pence(pence: i64) -> Decimal {
    Decimal::new(pence, 2)
}

/// A part of a price in per cent, to the penny, and with two decimals however round it is.
pub(super) fn per_cent_of(price: Decimal, per_cent: i64) -> Decimal {
    let mut part = (price * pence(per_cent)).round_dp(2);
    part.rescale(2);
    part
}

#[cfg(test)]
mod tests {
    use super::{pence, per_cent_of};

    #[test]
    fn two_decimals_are_kept() {
        assert_eq!(pence(1250).to_string(), "12.50");
        assert_eq!(pence(0).to_string(), "0.00");
        assert_eq!(per_cent_of(pence(1250), 20).to_string(), "2.50");
        assert_eq!(per_cent_of(pence(999), 33).to_string(), "3.30");
    }
}
