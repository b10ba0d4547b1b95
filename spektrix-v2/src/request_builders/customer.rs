//! Customers and their addresses, to create or to change.

use crate::generated::ids::{CustomerAddressId, CustomerId};
use crate::generated::types::{Address, Customer, CustomerAddress};

impl Customer {
    /// Creates the request to create a customer. The venue may also require attributes.
    #[must_use]
    pub fn to_create(email: impl Into<String>, last_name: impl Into<String>) -> Self {
        Self::new().with_email(email).with_last_name(last_name)
    }

    /// Creates the request to change a customer. Fields that are not set keep their values.
    ///
    /// ```
    /// use spektrix_v2::{Customer, CustomerId};
    ///
    /// let moved = Customer::to_change(CustomerId::new(7)).with_phone("01353 555 0100");
    /// assert_eq!(moved.last_name, None);
    /// ```
    #[must_use]
    pub fn to_change(id: impl Into<CustomerId>) -> Self {
        Self::new().with_id(id)
    }
}

impl CustomerAddress {
    /// Creates the request to create an address of a customer, with this name. The address must have its first line, town,
    /// postcode and country.
    ///
    /// ```
    /// use spektrix_v2::{Address, CustomerAddress, CustomerId};
    ///
    /// let address = Address::new().with_line1("1 High Street").with_town("Ely").with_postcode("CB7 4AA").with_country("UK");
    /// let home = CustomerAddress::to_create(CustomerId::new(7), "Home", address.clone());
    /// assert_eq!(Address::from(&home), address);
    /// ```
    #[must_use]
    pub fn to_create(customer: impl Into<CustomerId>, name: impl Into<String>, address: Address) -> Self {
        let mut created = Self::new().with_customer(customer).with_name(name);
        created.line1 = address.line1;
        created.line2 = address.line2;
        created.line3 = address.line3;
        created.line4 = address.line4;
        created.line5 = address.line5;
        created.town = address.town;
        created.county = address.county;
        created.postcode = address.postcode;
        created.country = address.country;
        created
    }

    /// Creates the request to change an address of a customer. Fields that are not set keep their values.
    #[must_use]
    pub fn to_change(customer: impl Into<CustomerId>, id: impl Into<CustomerAddressId>) -> Self {
        Self::new().with_customer(customer).with_id(id)
    }
}
