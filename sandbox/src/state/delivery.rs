//! How a visitor wants things delivered, out of the ways that there are for them.

use spektrix_v2::{Address, Delivery, DeliveryOption, DeliveryType};

use super::merge::take_over;
use super::people::is_blank;

/// Chooses a way, or changes what is sent of it. Says what is wrong, as a sentence.
pub(super) fn choose(
    sent: Option<&Delivery>,
    kept: &mut Option<Delivery>,
    options: &[DeliveryOption],
) -> Result<(), String> {
    let Some(sent) = sent else { return Ok(()) };
    let mut delivery = kept.take().unwrap_or_default();
    take_over!(sent => &mut delivery; address, r#type);
    let by = delivery.r#type.clone().ok_or("Type must be set")?;
    let Some(option) = options.iter().find(|option| option.r#type == by) else {
        let options: Vec<_> = options.iter().map(|option| option.r#type.as_str()).collect();
        return Err(match options.as_slice() {
            [] => "there is nothing to deliver".to_owned(),
            options => format!(
                "Type can be {} with these items, not '{}'",
                options.join(", "),
                by.as_str()
            ),
        });
    };
    if by == DeliveryType::Postal {
        is_complete(delivery.address.as_ref())?;
    } else {
        delivery.address = None;
    }
    delivery.fee = Some(option.fee);
    *kept = Some(delivery);
    Ok(())
}

/// What is posted needs somewhere to go: the same lines that a customer's address needs.
fn is_complete(address: Option<&Address>) -> Result<(), String> {
    let address = address.ok_or("Address must be set when Type is Postal")?;
    let lines = [
        ("Line1", &address.line1),
        ("Town", &address.town),
        ("Postcode", &address.postcode),
        ("Country", &address.country),
    ];
    match lines.into_iter().find(|(_, line)| is_blank(line.as_deref())) {
        Some((name, _)) => Err(format!("{name} of the Address must be set when Type is Postal")),
        None => Ok(()),
    }
}
