//! Amounts of money as the service writes them: pounds with two decimals.

use rust_decimal::Decimal;

/// Converts pence to pounds.
pub(crate) fn pence(pence: i64) -> Decimal {
    Decimal::new(pence, 2)
}

/// Returns a percentage of a price, rounded to the penny.
pub(crate) fn percent_of(price: Decimal, percent: i64) -> Decimal {
    to_the_penny(price * pence(percent))
}

/// Adds up amounts.
pub(crate) fn sum(amounts: impl Iterator<Item = Decimal>) -> Decimal {
    to_the_penny(amounts.sum())
}

/// Rounds to two decimals, and adds zeros up to two decimals.
fn to_the_penny(amount: Decimal) -> Decimal {
    let mut amount = amount.round_dp(2);
    amount.rescale(2);
    amount
}

#[cfg(test)]
mod tests {
    use super::{pence, percent_of, sum};

    #[test]
    fn amounts_have_two_decimals() {
        assert_eq!(pence(1250).to_string(), "12.50");
        assert_eq!(pence(0).to_string(), "0.00");
        assert_eq!(percent_of(pence(1250), 20).to_string(), "2.50");
        assert_eq!(sum([pence(0), pence(0)].into_iter()).to_string(), "0.00");
        assert_eq!(percent_of(pence(999), 33).to_string(), "3.30");
    }
}
