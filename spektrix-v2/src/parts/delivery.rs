//! Deliveries, by their ways.

use crate::generated::types::{Address, CustomerAddress, Delivery, DeliveryType};

impl Delivery {
    /// By post, to this address. The address of a customer becomes one with `into`.
    ///
    /// ```
    /// use spektrix_v2::{Address, CustomerAddress, Delivery};
    ///
    /// let home = CustomerAddress::new().with_line1("1 High Street").with_town("Ely");
    /// let delivery = Delivery::postal(&home);
    /// assert_eq!(delivery, Delivery::postal(Address::new().with_line1("1 High Street").with_town("Ely")));
    /// ```
    #[must_use]
    pub fn postal(address: impl Into<Address>) -> Self {
        Self::by(DeliveryType::Postal).with_address(address.into())
    }

    /// Kept at the box office for the customer.
    #[must_use]
    pub fn care_of_box_office() -> Self {
        Self::by(DeliveryType::Cobo)
    }

    /// Printed by the customer.
    #[must_use]
    pub fn print_at_home() -> Self {
        Self::by(DeliveryType::PrintAtHome)
    }

    fn by(way: DeliveryType) -> Self {
        Self::new().with_type(way)
    }
}

/// The postal part: neither the identifier nor the name.
impl From<&CustomerAddress> for Address {
    fn from(of_customer: &CustomerAddress) -> Self {
        let mut address = Self::new();
        address.line1.clone_from(&of_customer.line1);
        address.line2.clone_from(&of_customer.line2);
        address.line3.clone_from(&of_customer.line3);
        address.line4.clone_from(&of_customer.line4);
        address.line5.clone_from(&of_customer.line5);
        address.town.clone_from(&of_customer.town);
        address.county.clone_from(&of_customer.county);
        address.postcode.clone_from(&of_customer.postcode);
        address.country.clone_from(&of_customer.country);
        address
    }
}
