//! What an item costs before offers: what the list says, or what somebody set by hand.

use rust_decimal::Decimal;

/// A price that is sent counts only if it overrides the usual one, and then it must be there. Says what is wrong, as a
/// sentence.
pub(super) fn of(overrides: Option<bool>, sent: Option<Decimal>, usual: Decimal) -> Result<Decimal, String> {
    if overrides != Some(true) {
        return Ok(usual);
    }
    let mut price = sent.ok_or("Price must be set when OverridePrice is true")?;
    if price.is_sign_negative() && !price.is_zero() {
        return Err(format!("Price must not be negative: {price}"));
    }
    if price.normalize().scale() > 2 || price > LARGEST {
        return Err(format!(
            "Price must be an amount in pounds and pence, of up to {LARGEST}: {price}"
        ));
    }
    price.set_sign_positive(true);
    price.rescale(2);
    Ok(price)
}

/// So that totals stay numbers that can be counted with.
const LARGEST: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::of;

    #[test]
    fn a_price_by_hand_counts_if_it_overrides() {
        let usual = Decimal::new(1250, 2);
        let cases = [
            (None, None, Ok("12.50")),
            (None, Some("3"), Ok("12.50")),
            (Some(false), Some("3"), Ok("12.50")),
            (Some(true), Some("3"), Ok("3.00")),
            (Some(true), Some("-0"), Ok("0.00")),
            (Some(true), Some("2.5000"), Ok("2.50")),
            (Some(true), None, Err("must be set")),
            (Some(true), Some("-0.01"), Err("negative")),
            (Some(true), Some("2.505"), Err("pounds and pence")),
            (Some(true), Some("1000000.01"), Err("pounds and pence")),
        ];
        for (overrides, sent, expected) in cases {
            let price = of(overrides, sent.map(|sent| sent.parse().expect("a number")), usual);
            match (price, expected) {
                (Ok(price), Ok(expected)) => assert_eq!(price.to_string(), expected),
                (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
                (price, _) => panic!("{overrides:?} {sent:?}: {price:?}"),
            }
        }
    }
}
