//! Sums of money as the service writes them: pounds with two decimals.

use rust_decimal::Decimal;

/// So many pence, in pounds.
pub(crate) fn pence(pence: i64) -> Decimal {
    Decimal::new(pence, 2)
}

/// A part of a price in per cent, to the penny.
pub(crate) fn per_cent_of(price: Decimal, per_cent: i64) -> Decimal {
    to_the_penny(price * pence(per_cent))
}

/// All of it together.
pub(crate) fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    to_the_penny(amounts.sum())
}

/// Two decimals, however round the sum is.
fn to_the_penny(amount: Decimal) -> Decimal {
    let mut amount = amount.round_dp(2);
    amount.rescale(2);
    amount
}

#[cfg(test)]
mod tests {
    use super::{pence, per_cent_of, sum};

    #[test]
    fn two_decimals_are_kept() {
        assert_eq!(pence(1250).to_string(), "12.50");
        assert_eq!(pence(0).to_string(), "0.00");
        assert_eq!(per_cent_of(pence(1250), 20).to_string(), "2.50");
        assert_eq!(sum([pence(0), pence(0)].into_iter()).to_string(), "0.00");
        assert_eq!(per_cent_of(pence(999), 33).to_string(), "3.30");
    }
}
