//! What is often done with a basket, by its own name.

use super::Session;
use crate::client::{Call, Client};
use crate::error::Error;
use crate::generated::operations::{AuthenticateCustomer, UpdateBasket};
use crate::generated::types::{Basket, CustomerCredentials, Delivery};
use crate::iframe::{Payer, Payment, Site};
use crate::secret::Secret;

impl Session {
    /// Says how the tickets are delivered. The basket's `ticket_delivery_options` say which ways there are, and what
    /// each costs.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// use spektrix_v2::Delivery;
    ///
    /// session.set_ticket_delivery(Delivery::print_at_home()).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_ticket_delivery(&self, delivery: Delivery) -> Call<UpdateBasket> {
        self.update_basket(Basket::new().with_ticket_delivery(delivery))
    }

    /// Says how the merchandise is delivered. The basket's `merchandise_delivery_options` say which ways there are, and
    /// what each costs.
    pub fn set_merchandise_delivery(&self, delivery: Delivery) -> Call<UpdateBasket> {
        self.update_basket(Basket::new().with_merchandise_delivery(delivery))
    }

    /// Hands in promotional codes, which unlock the offers that carry them. The service applies an offer by itself.
    ///
    /// That they are sent like this is *inferred*; whether they are added to codes that were handed in before is not
    /// known.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// session.set_promo_codes(["SPRING"]).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn set_promo_codes(&self, codes: impl IntoIterator<Item = impl Into<String>>) -> Call<UpdateBasket> {
        let codes = codes.into_iter().map(Into::into);
        self.update_basket(Basket::new().with_promo_codes(codes))
    }

    /// Signs a customer in, adds the customer to the basket, and answers the customer. It begins the session if there
    /// is none yet. See [`AuthenticateCustomer`].
    ///
    /// [`Client::authenticate`] signs in without a basket. As the service need not begin a session here, an answer without
    /// its cookie is no error: [`id`](Self::id) says whether there is a session afterwards.
    ///
    /// ```no_run
    /// # async fn example(session: spektrix_v2::Session) -> Result<(), spektrix_v2::Error> {
    /// let customer = session.authenticate("ada@example.org", "correct horse").await?;
    /// assert_eq!(session.basket().await?.customer, customer.id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate(&self, email: impl Into<String>, password: impl Into<Secret>) -> Call<AuthenticateCustomer> {
        let credentials = CustomerCredentials::new(email, password).with_add_to_basket(true);
        self.call(AuthenticateCustomer::new(credentials))
    }

    /// The page on which the visitor pays for this basket, and which confirms the order. See [`Site::payment`].
    ///
    /// # Errors
    ///
    /// [`is_session_expired`](Error::is_session_expired) if the session has not begun;
    /// [`is_invalid_request`](Error::is_invalid_request) if a part of the payer is blank, or `confirmation_url` is not
    /// an absolute https address.
    pub fn payment_iframe(&self, site: &Site, payer: Payer<'_>, confirmation_url: &str) -> Result<Payment, Error> {
        let id = self.id().ok_or_else(Error::no_session)?;
        site.payment(&id, payer, confirmation_url)
    }
}

impl Client {
    /// Checks a customer's email address and password and answers the customer, without a basket. See
    /// [`AuthenticateCustomer`].
    ///
    /// [`Session::authenticate`] adds the customer to a basket as well.
    pub fn authenticate(&self, email: impl Into<String>, password: impl Into<Secret>) -> Call<AuthenticateCustomer> {
        self.call(AuthenticateCustomer::new(CustomerCredentials::new(email, password)))
    }
}
