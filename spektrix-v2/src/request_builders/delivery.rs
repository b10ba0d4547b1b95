//! Ways to deliver tickets and merchandise.

use crate::generated::types::{Address, CustomerAddress, Delivery, DeliveryType};

impl Delivery {
    /// Creates a delivery by post to this address. A reference to a [`CustomerAddress`] converts to an [`Address`].
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
        Self::of_type(DeliveryType::Postal).with_address(address.into())
    }

    /// Creates a delivery for collection at the box office.
    #[must_use]
    pub fn care_of_box_office() -> Self {
        Self::of_type(DeliveryType::Cobo)
    }

    /// Creates a delivery that the customer prints at home.
    #[must_use]
    pub fn print_at_home() -> Self {
        Self::of_type(DeliveryType::PrintAtHome)
    }

    fn of_type(delivery_type: DeliveryType) -> Self {
        Self::new().with_type(delivery_type)
    }
}

/// Copies the postal fields, without the identifier and the name.
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
