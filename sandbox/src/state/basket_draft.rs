//! A basket while it is being changed: a copy that replaces the basket only if the whole change is accepted.

use jiff::Timestamp;
use spektrix_v2::{
    Address, Basket, BasketItems, CustomerId, Delivery, DeliveryOption, DeliveryType, MerchandiseItem, Ticket,
};

use super::basket_items::{complete_merchandise, complete_ticket};
use super::customers::Customers;
use super::recalculate::recalculate;
use super::update::{copy_sent, refuse, require_lines, set_attributes};
use super::venue_index::VenueIndex;
use crate::api::Refusal;
use crate::venue::line_item::LineItem;

/// The copy of a basket, and what changes are checked against.
pub(crate) struct BasketDraft<'a> {
    pub(super) basket: Basket,
    pub(super) index: &'a VenueIndex,
    pub(super) customers: &'a Customers,
    pub(super) now: Timestamp,
}

impl BasketDraft<'_> {
    /// Adds tickets and merchandise. Ids, discounts and offers that were sent are ignored.
    pub(crate) fn add(&mut self, items: BasketItems) -> Result<(), Refusal> {
        for (number, mut ticket) in (1..).zip(items.tickets) {
            ticket.id = None;
            let ticket =
                complete_ticket(self.index, self.now, ticket).map_err(refuse(format_args!("Ticket {number}")))?;
            self.basket.tickets.push(ticket);
        }
        for (number, mut item) in (1..).zip(items.merchandise_items) {
            item.id = None;
            let item =
                complete_merchandise(self.index, item).map_err(refuse(format_args!("MerchandiseItem {number}")))?;
            self.basket.merchandise_items.push(item);
        }
        Ok(())
    }

    /// Updates items of the basket. Fields that were not sent do not change.
    pub(crate) fn update_items(&mut self, items: &BasketItems) -> Result<(), Refusal> {
        for (number, sent) in (1..).zip(&items.tickets) {
            self.update_ticket(sent)
                .map_err(refuse(format_args!("Ticket {number}")))?;
        }
        for (number, sent) in (1..).zip(&items.merchandise_items) {
            self.update_merchandise(sent)
                .map_err(refuse(format_args!("MerchandiseItem {number}")))?;
        }
        Ok(())
    }

    fn update_ticket(&mut self, sent: &Ticket) -> Result<(), String> {
        let kept = find_item(&mut self.basket.tickets, sent)?;
        require_new_price(sent.override_price, sent.price.is_some())?;
        let mut ticket = kept.clone();
        copy_sent!(sent => &mut ticket; band, instance, override_price, plan, price, ticket_type);
        set_attributes(&sent.attributes, &mut ticket.attributes);
        *kept = complete_ticket(self.index, self.now, ticket)?;
        Ok(())
    }

    fn update_merchandise(&mut self, sent: &MerchandiseItem) -> Result<(), String> {
        let kept = find_item(&mut self.basket.merchandise_items, sent)?;
        require_new_price(sent.override_price, sent.price.is_some())?;
        let mut item = kept.clone();
        copy_sent!(sent => &mut item; override_price, price, stock_item);
        set_attributes(&sent.attributes, &mut item.attributes);
        *kept = complete_merchandise(self.index, item)?;
        Ok(())
    }

    /// Removes a ticket or a merchandise item.
    pub(crate) fn remove(&mut self, item: i32) -> Result<(), Refusal> {
        let Basket {
            tickets,
            merchandise_items,
            ..
        } = &mut self.basket;
        let before = tickets.len() + merchandise_items.len();
        tickets.retain(|ticket| ticket.number() != Some(item));
        merchandise_items.retain(|other| other.number() != Some(item));
        if tickets.len() + merchandise_items.len() == before {
            return Err(Refusal::invalid(format!("There is no item {item} in the basket.")));
        }
        Ok(())
    }

    /// Updates the basket itself: its customer, promotional codes and deliveries. Calculated fields that were sent are
    /// ignored.
    pub(crate) fn update(&mut self, sent: &Basket) -> Result<(), Refusal> {
        if !sent.tickets.is_empty() || !sent.merchandise_items.is_empty() {
            return Err(Refusal::invalid(
                "Items cannot be changed here: add, update and remove them one by one.",
            ));
        }
        if let Some(customer) = sent.customer {
            self.set_customer(customer)?;
        }
        self.set_promo_codes(&sent.promo_codes)?;
        // The delivery options depend on offers, and so on the customer and the codes.
        self.recalculate();
        let basket = &mut self.basket;
        let (sent_delivery, kept) = (sent.ticket_delivery.as_ref(), &mut basket.ticket_delivery);
        update_delivery(sent_delivery, kept, &basket.ticket_delivery_options).map_err(refuse("TicketDelivery"))?;
        let (sent_delivery, kept) = (sent.merchandise_delivery.as_ref(), &mut basket.merchandise_delivery);
        update_delivery(sent_delivery, kept, &basket.merchandise_delivery_options)
            .map_err(refuse("MerchandiseDelivery"))
    }

    pub(crate) fn set_customer(&mut self, customer: CustomerId) -> Result<(), Refusal> {
        self.customers.get(customer)?;
        self.basket.customer = Some(customer);
        Ok(())
    }

    /// Replaces the promotional codes, unless none were sent. An empty code removes all of them.
    fn set_promo_codes(&mut self, codes: &[String]) -> Result<(), Refusal> {
        if codes.is_empty() {
            return Ok(());
        }
        let offers = &self.index.venue.offers;
        let is_known = |code: &str| {
            let mut known = offers.iter().flat_map(|terms| &terms.offer.promo_codes);
            known.any(|known| known.eq_ignore_ascii_case(code))
        };
        let codes: Vec<_> = codes.iter().filter(|code| !code.is_empty()).cloned().collect();
        if let Some(code) = codes.iter().find(|code| !is_known(code)) {
            return Err(Refusal::invalid(format!("No offer has the promotional code '{code}'.")));
        }
        self.basket.promo_codes = codes;
        Ok(())
    }

    pub(super) fn recalculate(&mut self) {
        let customer = self.basket.customer.and_then(|id| self.customers.get(id).ok());
        let tags = customer.map(|customer| customer.tags.as_slice()).unwrap_or_default();
        recalculate(self.index, &mut self.basket, tags);
    }
}

fn find_item<'a, T: LineItem>(items: &'a mut [T], sent: &T) -> Result<&'a mut T, String> {
    let id = sent.number().ok_or("id must be set")?;
    let found = items.iter_mut().find(|item| item.number() == Some(id));
    found.ok_or_else(|| format!("there is no such item {id} in the basket"))
}

/// An update that overrides a price must send the new price, even if the item has an overridden price already.
fn require_new_price(overrides: Option<bool>, is_sent: bool) -> Result<(), String> {
    match overrides {
        Some(true) if !is_sent => Err("Price must be set when OverridePrice is true".to_owned()),
        _ => Ok(()),
    }
}

/// Updates a delivery. Its type must be one of the options.
fn update_delivery(
    sent: Option<&Delivery>,
    kept: &mut Option<Delivery>,
    options: &[DeliveryOption],
) -> Result<(), String> {
    let Some(sent) = sent else { return Ok(()) };
    let mut delivery = kept.take().unwrap_or_default();
    copy_sent!(sent => &mut delivery; address, r#type);
    let kind = delivery.r#type.clone().ok_or("Type must be set")?;
    let option = options.iter().find(|option| option.r#type == kind);
    delivery.fee = Some(option.ok_or_else(|| not_an_option(&kind, options))?.fee);
    if kind == DeliveryType::Postal {
        check_address(delivery.address.as_ref())?;
    } else {
        delivery.address = None;
    }
    *kept = Some(delivery);
    Ok(())
}

fn not_an_option(kind: &DeliveryType, options: &[DeliveryOption]) -> String {
    if options.is_empty() {
        return "there is nothing to deliver".to_owned();
    }
    let options: Vec<_> = options.iter().map(|option| option.r#type.as_str()).collect();
    format!(
        "Type can be {} with these items, not '{}'",
        options.join(", "),
        kind.as_str()
    )
}

/// Checks that a postal address is complete. It needs the same lines as a customer's address.
fn check_address(address: Option<&Address>) -> Result<(), String> {
    let address = address.ok_or("Address must be set when Type is Postal")?;
    let lines = [
        ("Line1", &address.line1),
        ("Town", &address.town),
        ("Postcode", &address.postcode),
        ("Country", &address.country),
    ];
    require_lines(&lines, " of the Address").map_err(|problem| format!("{problem} when Type is Postal"))
}
